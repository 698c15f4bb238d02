// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-blocked}. */
@Service
@Command(scope = "ippan", name = "peer-blocked", description = "Addresses from which too many handshakes failed",
        detailedDescription = """
                Peers there whose handshake failed are heard once a minute only. ippan:peer-unblock ends that.

                Examples:
                  ippan:peer-blocked
                  ippan:peer-blocked --json
                """)
public final class PeerBlockedCommand extends ShowCommand {

    @Override
    public void run(Output out) {
        List<BlockedPrefix> blocked = services.require(PeerDirectory.class).snapshot().blocked();
        if (!out.json(blocked)) {
            out.table(BlockedPrefix.class, blocked);
        }
    }
}
