// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.ScoreEvent;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.snapshot.Measure;

/** One peer: what can be charted, and what explains it. */
public record PeerView(
        @Measure("Id of the peer; empty while no peer answered at its address.") String id,
        @Measure("Name an operator gave the peer, or empty.") String alias,
        @Measure("Address the peer was reached at last, or is dialled at.") String address,
        @Measure("Whether the peer is connected now.") boolean connected,
        @Measure("Whether the peer is connected or why not: connected, dialling, waiting, left, lost or banned.")
        String state,
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
        @Measure("When the last byte came from the peer; empty if none did.") String lastSeen,
        @Measure("When the peer was connected first in this life of the node; empty if it was not.")
        String firstConnected,
        @Measure("When the peer was first judged; empty if it never was.") String firstSeen,
        @Measure(value = "Times the peer did well.", unit = "records", counter = true) long successes,
        @Measure(value = "Times the peer failed.", unit = "records", counter = true) long failures,
        @Measure(value = "Times the peer sent something invalid.", unit = "records", counter = true) long invalids,
        @Measure("Good records by all records of the peer, 0 to 1; 1 without records.") double successRate,
        @Measure("When the ban of the peer ends; never for one by hand without end, empty if it is not banned.")
        String bannedUntil,
        @Measure("Why the peer is banned; empty if it is not.") String banReason,
        @Measure("The last changes of the peer's score, newest last; kept while it is negative.")
        List<ScoreChange> scoreEvents,
        @Measure(value = "Probes the peer missed since the last one it answered.", unit = "probes")
        int consecutiveFailures,
        @Measure(value = "Probes of the peer that were counted.", unit = "probes", counter = true) long totalChecks,
        @Measure("Probes the peer answered by all probes, 0 to 1; 1 without probes.") double healthSuccessRate,
        @Measure("When the peer last answered a probe; empty if it never did.") String lastSuccess) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** One change of the score. */
    public record ScoreChange(String time, String cause, int points, int score) {

        static ScoreChange of(ScoreEvent event) {
            return new ScoreChange(event.time().toString(), word(event.cause()), event.points(), event.score());
        }
    }

    static PeerView of(Peer peer, Optional<PeerReputation> record, Optional<PeerHealthStats> health, Instant now) {
        return new PeerView(peer.id().map(PeerId::toString).orElse(""), peer.alias(), peer.address().toString(),
                peer.connected(), word(peer.state()), word(peer.direction()), peer.configured(), peer.agent(),
                peer.score().value(), word(peer.score().standing()), word(peer.health()),
                peer.roundTrip().toNanos() / NANOS_PER_MILLI,
                peer.timeout().toNanos() / NANOS_PER_MILLI, peer.missedPings(), seconds(peer.uptime()),
                peer.queuedBytes(), word(peer.circuit()), peer.failedDials(), peer.reason(), peer.lastError(),
                peer.nextTry().map(Instant::toString).orElse(""), peer.lastSeen().map(Instant::toString).orElse(""),
                peer.firstConnected().map(Instant::toString).orElse(""),
                record.map(known -> known.firstSeen().toString()).orElse(""),
                record.map(PeerReputation::successes).orElse(0L), record.map(PeerReputation::failures).orElse(0L),
                record.map(PeerReputation::invalids).orElse(0L), record.map(PeerReputation::successRate).orElse(1.0),
                record.filter(known -> known.standing() == Standing.BANNED)
                        .map(known -> known.bannedUntil().map(Instant::toString).orElse("never")).orElse(""),
                record.map(PeerReputation::banReason).orElse(""),
                record.map(known -> known.events().stream().map(ScoreChange::of).toList()).orElseGet(List::of),
                health.map(PeerHealthStats::consecutiveFailures).orElse(0),
                health.map(PeerHealthStats::totalChecks).orElse(0L),
                health.map(PeerHealthStats::successRate).orElse(1.0),
                health.flatMap(PeerHealthStats::sinceLastSuccess).map(ago -> now.minus(ago).toString()).orElse(""));
    }

    /** What its bean is called by: alias, else 16 hex digits, else address. */
    static String beanName(Peer peer) {
        String id = peer.id().map(known -> known.toString().substring(0, 16)).orElse(peer.address().toString());
        return peer.alias().isEmpty() ? id : peer.alias();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
