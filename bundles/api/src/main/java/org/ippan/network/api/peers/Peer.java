// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.reputation.ReputationScore;

/**
 * A peer that is connected, configured or known from before.
 *
 * @param id who; empty for an address nobody answered at yet
 * @param alias the name an operator gave it, or empty
 * @param address where it was reached last or is dialled
 * @param configured whether it is a seed or configured by name: always dialled, never counted against limits
 * @param direction who opened the connection
 * @param connected whether it is connected now
 * @param firstConnected when it was connected first in this life of the node
 * @param lastSeen when the last byte came from it
 * @param uptime how long the connection is up; zero if it is not
 * @param roundTrip smoothed round trip; zero while unknown
 * @param agent what software it says it is, made printable
 * @param circuit whether its address is dialled
 * @param lastError why it is not connected, or the last error before it was; empty if there was none
 * @param nextTry when it is dialled next; empty if it is not waiting
 * @param failedDials dials that failed in a row
 * @param queuedBytes bytes queued for it
 * @param score its score now
 * @param health its health now
 */
public record Peer(Optional<PeerId> id, String alias, PeerAddress address, boolean configured, Direction direction,
        boolean connected, Optional<Instant> firstConnected, Optional<Instant> lastSeen, Duration uptime,
        Duration roundTrip, String agent, CircuitState circuit, String lastError, Optional<Instant> nextTry,
        int failedDials, long queuedBytes, ReputationScore score, PeerHealth health) {
}
