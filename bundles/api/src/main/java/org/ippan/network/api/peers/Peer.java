// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.snapshot.Measure;

/**
 * A peer that is connected, configured or known from before.
 *
 * @param id who; empty for an address where no peer answered yet
 * @param alias the name an operator gave it, or empty
 * @param address where it was reached last or is dialled
 * @param configured whether it is a seed or configured by name: always dialled, never counted against limits
 * @param direction who opened the connection
 * @param connected whether it is connected now
 * @param firstConnected when it was connected first in this life of the node
 * @param lastSeen when the last byte came from it
 * @param uptime how long the connection is up; zero if it is not
 * @param roundTrip smoothed round trip; zero while unknown
 * @param timeout how long its next sign of life is waited for (RFC 6298); zero if it is not connected
 * @param missedPings heartbeats missed in a row
 * @param reason why it was chosen to be dialled, or why it is not dialled
 * @param agent what software it says it is, made printable
 * @param circuit whether its address is dialled
 * @param endCause the kind of what {@code lastError} says in words
 * @param lastError why it is not connected, or the last error before it was; empty if there was none
 * @param nextTry when it is dialled next; empty if it is not waiting
 * @param failedDials dials that failed in a row
 * @param queuedBytes bytes on their way to its socket: control frames, and what the socket has not taken
 * @param score its score now
 * @param health its health now
 * @param state whether it is connected or why not, in one word
 */
public record Peer(
        @Measure("Id of the peer.") Optional<PeerId> id,
        @Measure("Name an operator gave the peer, or empty.") String alias,
        @Measure("Where the peer was reached last or is dialled.") PeerAddress address,
        @Measure("Whether the peer is configured: always dialled, never counted against limits.") boolean configured,
        @Measure("Who opened the connection.") Direction direction,
        @Measure("Whether the peer is connected now.") boolean connected,
        @Measure("When the peer was connected first in this life of the node.") Optional<Instant> firstConnected,
        @Measure("When the last byte came from the peer.") Optional<Instant> lastSeen,
        @Measure(value = "How long the connection is up.", unit = "seconds") Duration uptime,
        @Measure(value = "Smoothed round trip to the peer; 0 while unknown.", unit = "seconds") Duration roundTrip,
        @Measure(value = "How long the next sign of life is waited for.", unit = "seconds") Duration timeout,
        @Measure(value = "Heartbeats missed in a row.", unit = "heartbeats") int missedPings,
        @Measure("Why the peer was chosen to be dialled, or why it is not dialled.") String reason,
        @Measure("What software the peer says it is.") String agent,
        @Measure("Whether the address of the peer is dialled.") CircuitState circuit,
        @Measure("Kind of reason why the peer is not connected, or was not before.") EndCause endCause,
        @Measure("Why the peer is not connected, or the last error before it was.") String lastError,
        @Measure("When the peer is dialled next.") Optional<Instant> nextTry,
        @Measure(value = "Dials that failed in a row.", unit = "dials") int failedDials,
        @Measure(value = "Bytes on their way to the socket of the peer.", unit = "bytes") long queuedBytes,
        @Measure("Reputation of the peer.") ReputationScore score,
        @Measure("Health of the connection.") PeerHealth health,
        @Measure("Whether the peer is connected or why not, in one word.") PeerState state) {

    /**
     * How sentences call it.
     *
     * @return alias and short id, for example {@code paris (2f1c9a3e)}; whichever is known; or its address
     */
    public String name() {
        String shortId = id.map(PeerId::shortForm).orElse("");
        if (alias.isEmpty()) {
            return shortId.isEmpty() ? address.toString() : shortId;
        }
        return shortId.isEmpty() ? alias : alias + " (" + shortId + ")";
    }

    /** {@return why it is not connected, in words: the last error, or else why it is not dialled} */
    public String absence() {
        return lastError.isEmpty() ? reason : lastError;
    }
}
