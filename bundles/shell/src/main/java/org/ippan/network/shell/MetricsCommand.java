// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.complete.SnapshotCompleter;
import org.ippan.network.shell.output.Measured;
import org.ippan.network.shell.output.Output;

/** {@code ippan:metrics}. */
@Service
@Command(scope = "ippan", name = "metrics", description = "Everything that is counted, of all bundles or of one",
        detailedDescription = """
                What each says is in docs/metrics.md, and in the descriptions over JMX.

                Examples:
                  ippan:metrics
                  ippan:metrics Gossip
                  ippan:metrics --json Metrics
                """)
public final class MetricsCommand extends ShowCommand {

    @Argument(name = "snapshot", description = "Which; all if it is left out")
    @Completion(SnapshotCompleter.class)
    String name;

    @Override
    public void run(Output out) {
        Map<String, Record> snapshots = services.snapshots();
        List<String> known = List.copyOf(snapshots.keySet());
        snapshots.keySet().removeIf(other -> name != null && !other.equalsIgnoreCase(name));
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException("there is no snapshot " + name + ", only " + String.join(", ", known));
        }
        if (!out.json(snapshots)) {
            List<Measured> rows = new ArrayList<>();
            snapshots.forEach((source, snapshot) -> rows.addAll(Measured.of(source, snapshot)));
            out.table(Measured.class, rows);
        }
    }
}
