// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.doctor.PeerExplanation;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.complete.PeerCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-explain}. */
@Service
@Command(scope = "ippan", name = "peer-explain",
        description = "Why a peer is banned and until when, why it is away and when it is tried next",
        detailedDescription = """
                The most important comes first; the last changes of its score are told too.

                Examples:
                  ippan:peer-explain paris
                  ippan:peer-explain 3f2a91cc
                """)
public final class PeerExplainCommand extends ShowCommand {

    @Argument(name = "peer", description = "Its alias, address, or at least 8 digits of its id", required = true)
    @Completion(PeerCompleter.class)
    String peer;

    @Override
    public void run(Output out) {
        PeerExplanation explanation = services.requireDoctor().explain(peer);
        if (!out.json(explanation)) {
            explanation.sentences().forEach(out::line);
        }
    }
}
