// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.shell.command.AskingCommand;
import org.ippan.network.shell.complete.AddressCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-remove}. */
@Service
@Command(scope = "ippan", name = "peer-remove", description = "Forgets an added or learnt peer, and disconnects it",
        detailedDescription = """
                One that a file or the key seeds names stays: take it away there.

                Examples:
                  ippan:peer-remove paris
                  ippan:peer-remove --yes 10.0.0.12:9700
                """)
public final class PeerRemoveCommand extends AskingCommand {

    @Argument(name = "peer", description = "Its alias or address", required = true)
    @Completion(AddressCompleter.class)
    String peer;

    @Override
    public void run(Output out) throws IOException {
        PeerAddress where = services.finder().address(peer);
        if (agreed("Forget " + where + "?", out)) {
            out.line(services.orders().remove(where.toString()).orThrow());
        }
    }
}
