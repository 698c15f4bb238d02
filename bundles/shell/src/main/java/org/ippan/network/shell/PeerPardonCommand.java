// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.shell.command.NetworkCommand;
import org.ippan.network.shell.complete.BannedCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-pardon}. */
@Service
@Command(scope = "ippan", name = "peer-pardon", description = "Ends the ban of a peer",
        detailedDescription = """
                A score that is worse is set to the one at which a banned peer is let in again.

                Examples:
                  ippan:peer-pardon 3f2a91cc
                """)
public final class PeerPardonCommand extends NetworkCommand {

    @Argument(name = "peer", description = "Its alias, address, or at least 8 digits of its id", required = true)
    @Completion(BannedCompleter.class)
    String peer;

    @Override
    public void run(Output out) {
        out.line(services.orders().pardon(peer).orThrow());
    }
}
