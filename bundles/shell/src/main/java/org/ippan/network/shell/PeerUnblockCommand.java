// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.shell.command.NetworkCommand;
import org.ippan.network.shell.complete.BlockedCompleter;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-unblock}. */
@Service
@Command(scope = "ippan", name = "peer-unblock", description = "Hears peers at a blocked address again",
        detailedDescription = """
                An address is blocked when more than failuresPerMinute handshakes from there failed, for
                failureBlockSeconds. Correct networkKey at the nodes there first, or it is blocked again.

                Examples:
                  ippan:peer-unblock 203.0.113.7
                """)
public final class PeerUnblockCommand extends NetworkCommand {

    @Argument(name = "address", description = "An IP address, or a prefix that ippan:peer-blocked shows",
            required = true)
    @Completion(BlockedCompleter.class)
    String address;

    @Override
    public void run(Output out) {
        out.line(services.orders().unblock(address).orThrow());
    }
}
