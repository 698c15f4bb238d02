// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.shell.command.ShowCommand;
import org.ippan.network.shell.output.Output;

/** {@code ippan:peer-list}. */
@Service
@Command(scope = "ippan", name = "peer-list", description = "Peers connected, configured or known from before",
        detailedDescription = """
                Connected ones come first. Why one is away, or banned, is said by ippan:peer-explain.

                Examples:
                  ippan:peer-list
                  ippan:peer-list --no-format
                """)
public final class PeerListCommand extends ShowCommand {

    private record Row(Optional<PeerId> peer, String alias, PeerAddress address, PeerState state,
            Direction direction, int score, Standing standing, PeerHealth health, Duration roundTrip,
            Optional<Instant> nextTry) {

        static Row of(Peer peer) {
            return new Row(peer.id(), peer.alias(), peer.address(), peer.state(), peer.direction(),
                    peer.score().value(), peer.score().standing(), peer.health(), peer.roundTrip(), peer.nextTry());
        }
    }

    @Override
    public void run(Output out) {
        List<Peer> peers = services.require(PeerDirectory.class).peers();
        if (!out.json(peers)) {
            out.table(Row.class, peers.stream().map(Row::of).toList());
        }
    }
}
