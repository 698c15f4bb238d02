// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.io.IOException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.shell.command.AskingCommand;
import org.ippan.network.shell.complete.PeerCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-disconnect}. */
@Service
@Command(scope = "ippan", name = "peer-disconnect", description = "Closes the connection to a peer",
        detailedDescription = """
                One that is configured or added is dialled again; to keep a peer out, ban it.

                Examples:
                  ippan:peer-disconnect paris
                  ippan:peer-disconnect --yes --reason maintenance 3f2a91cc
                """)
public final class PeerDisconnectCommand extends AskingCommand {

    @Argument(name = "peer", description = "Its alias, address, or at least 8 digits of its id", required = true)
    @Completion(PeerCompleter.class)
    String peer;

    @Option(name = "--reason", description = "Why, told to the peer")
    String reason = Orders.NO_REASON;

    @Override
    public void run(Output out) throws IOException {
        PeerId who = services.finder().id(peer);
        if (agreed("Close the connection to " + who.shortForm() + "?", out)) {
            out.line(services.orders().disconnect(who.toString(), reason).orThrow());
        }
    }
}
