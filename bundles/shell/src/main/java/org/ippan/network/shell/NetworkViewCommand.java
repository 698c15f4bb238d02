// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.survey.NetworkNode;
import org.ippan.network.api.survey.NetworkView;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:network}. */
@Service
@Command(scope = "ippan", name = "network", description = "All nodes of the network, as this node knows them",
        detailedDescription = """
                Nodes that need a look come first: those that fail, are gone, warn, or are stale.
                What a node says of itself is its own word. Links are counted if both ends tell them.

                Examples:
                  ippan:network
                  ippan:network --sick
                  ippan:network --json
                """)
public final class NetworkViewCommand extends ShowCommand {

    @Option(name = "--sick", description = "Only nodes that need a look")
    public boolean sick;

    private record Row(String node, String id, NodeState state, long links, String version, String why) {

        static Row of(NetworkNode node) {
            return new Row(node.name(), node.id(), node.state(),
                    node.links().stream().filter(link -> link.full()).count(), node.version(), node.why());
        }
    }

    @Override
    public void run(Output out) {
        List<NetworkNode> nodes = services.require(NetworkView.class).nodes().stream()
                .filter(node -> !sick || node.state().isSick()).toList();
        if (!out.json(nodes)) {
            out.table(Row.class, nodes.stream().map(Row::of).toList());
        }
    }
}
