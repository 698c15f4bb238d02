// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.time.Duration;
import java.time.Instant;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.management.bean.BeanNames;

/** One peer: what can be charted, and what explains it. */
public record PeerView(
        @Measure("Id of the peer; empty while nobody answered at its address.") String id,
        @Measure("Name an operator gave the peer, or empty.") String alias,
        @Measure("Address the peer was reached at last, or is dialled at.") String address,
        @Measure("Whether the peer is connected now.") boolean connected,
        @Measure("Who opened the connection: inbound, outbound or none.") String direction,
        @Measure("Whether the peer is configured: always dialled, never counted against limits.") boolean configured,
        @Measure("Software the peer says it is.") String agent,
        @Measure(value = "Score of the peer, -1000 to 1000.", unit = "points") int score,
        @Measure("What the score means: good, warned or banned.") String standing,
        @Measure("Health of the connection: healthy, degraded, unhealthy, left or unknown.") String health,
        @Measure(value = "Smoothed round trip; 0 while unknown.", unit = "milliseconds") double roundTripMillis,
        @Measure(value = "How long the next sign of life is waited for.", unit = "milliseconds") double timeoutMillis,
        @Measure(value = "Heartbeats missed in a row.", unit = "heartbeats") int missedPings,
        @Measure(value = "How long the connection is up.", unit = "seconds") double uptimeSeconds,
        @Measure(value = "Bytes on their way to the socket of the peer.", unit = "bytes") long queuedBytes,
        @Measure("Circuit of its address: closed, open while it waits, half-open during the trial dial.")
        String circuit,
        @Measure(value = "Dials that failed in a row.", unit = "dials") int failedDials,
        @Measure("Why the peer was chosen to be dialled, or why it is not dialled.") String reason,
        @Measure("Why the peer is not connected, or the last error before it was.") String lastError,
        @Measure("When the peer is dialled next; empty if it is not waiting.") String nextTry,
        @Measure("When the last byte came from the peer; empty if none did.") String lastSeen) {

    private static final double NANOS_PER_MILLI = 1e6;

    static PeerView of(Peer peer) {
        return new PeerView(peer.id().map(PeerId::toString).orElse(""), peer.alias(), peer.address().toString(),
                peer.connected(), word(peer.direction()), peer.configured(), peer.agent(),
                peer.score().value(), word(peer.score().standing()), word(peer.health()),
                peer.roundTrip().toNanos() / NANOS_PER_MILLI,
                peer.timeout().toNanos() / NANOS_PER_MILLI, peer.missedPings(), seconds(peer.uptime()),
                peer.queuedBytes(), word(peer.circuit()), peer.failedDials(), peer.reason(), peer.lastError(),
                peer.nextTry().map(Instant::toString).orElse(""), peer.lastSeen().map(Instant::toString).orElse(""));
    }

    /** The name of its bean: alias, else 16 hex digits, else address. */
    static String beanName(Peer peer) {
        String id = peer.id().map(known -> known.toString().substring(0, 16)).orElse(peer.address().toString());
        return BeanNames.clean(peer.alias().isEmpty() ? id : peer.alias());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
