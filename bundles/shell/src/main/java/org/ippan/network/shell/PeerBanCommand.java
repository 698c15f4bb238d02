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

/** {@code ippan:peer-ban}. */
@Service
@Command(scope = "ippan", name = "peer-ban", description = "Bans a peer: it is disconnected and let in no more",
        detailedDescription = """
                A peer never met is banned by its whole id. ippan:peer-pardon ends a ban.

                Examples:
                  ippan:peer-ban paris
                  ippan:peer-ban --yes --seconds 3600 --reason 'sends rubbish' 3f2a91cc
                """)
public final class PeerBanCommand extends AskingCommand {

    @Argument(name = "peer", description = "Its alias, address, or at least 8 digits of its id", required = true)
    @Completion(PeerCompleter.class)
    String peer;

    @Option(name = "--seconds", description = "For how long; 0 for ever")
    long seconds;

    @Option(name = "--reason", description = "Why, shown to operators")
    String reason = Orders.NO_REASON;

    @Override
    public void run(Output out) throws IOException {
        PeerId who = services.finder().id(peer);
        if (agreed("Ban " + who.shortForm() + ' ' + Orders.span(seconds) + '?', out)) {
            out.line(services.orders().ban(who.toString(), seconds, reason));
        }
    }
}
