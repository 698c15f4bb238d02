// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.size;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:size}. */
@Service
@Command(scope = "ippan", name = "size", description = "Says what each node needs to carry a load",
        detailedDescription = """
                Bandwidth, processors, memory and file descriptors, and what has to be set, as this node is
                configured. They are estimates; docs/sizing.md has the formulas.

                Examples:
                  ippan:size 20 1000 512
                """)
public final class SizeCommand extends ShowCommand {

    @Argument(name = "nodes", description = "Nodes of the network", required = true)
    int nodes;

    @Argument(index = 1, name = "messages", description = "Messages that all nodes publish together in a second",
            required = true)
    int messages;

    @Argument(index = 2, name = "bytes", description = "Bytes of the payload of a message", required = true)
    int bytes;

    @Override
    public void run(Output out) {
        List<Finding> findings = services.requireDoctor().size(new Load(nodes, messages, bytes));
        if (!out.json(findings)) {
            out.findings(findings);
        }
    }
}
