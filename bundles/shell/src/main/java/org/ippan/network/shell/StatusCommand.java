// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.NodeStatus;
import org.ippan.network.shell.output.Output;

/** {@code ippan:status}. */
@Service
@Command(scope = "ippan", name = "status", description = "The node at a glance, and what limits its throughput now",
        detailedDescription = """
                A dash stands for what a bundle that is absent would know. What limits throughput is said last.

                Examples:
                  ippan:status
                  ippan:status --json
                """)
public final class StatusCommand extends ShowCommand {

    /** All that is shown. */
    private record Answer(NodeStatus status, List<Finding> limits) {
    }

    @Override
    public void run(Output out) {
        Answer answer = new Answer(NodeStatus.of(services), services.limits());
        if (!out.json(answer)) {
            out.facts(answer.status());
            out.line("");
            out.findings(answer.limits());
        }
    }
}
