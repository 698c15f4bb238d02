// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.trace;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.survey.NetworkTrace;
import org.ippan.network.api.survey.NetworkTracer;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:trace}. */
@Service
@Command(scope = "ippan", name = "trace", description = "Asks all nodes which way a message took",
        detailedDescription = """
                Nodes answer while the message is in their caches, 60 s by default, and tell nothing of its content.
                Each node stands below the one that brought it the message; > marks the slowest way.
                A node may ask once in 32 seconds; the command waits for its turn.

                Examples:
                  ippan:trace 5f0c2a91d7e83b4460f1a2b3c4d5e6f70819a2b3c4d5e6f708192a3b4c5d6e7f
                  ippan:trace --seconds 5 --json ID
                """)
public final class TraceCommand extends ShowCommand {

    @Argument(name = "id", description = "The id of a message, 64 digits", required = true)
    String id;

    @Option(name = "--seconds", description = "Wait at most so long for answers")
    int seconds = 25;

    @Override
    public void run(Output out) {
        try {
            NetworkTrace trace = services.require(NetworkTracer.class).await(MessageId.parse(id), seconds,
                    Thread::sleep);
            if (!out.json(trace)) {
                trace.lines().forEach(out::line);
            }
        } catch (InterruptedException e) {
            // Ctrl-C, or the session is closed: the end an operator wants.
            Thread.currentThread().interrupt();
        }
    }
}
