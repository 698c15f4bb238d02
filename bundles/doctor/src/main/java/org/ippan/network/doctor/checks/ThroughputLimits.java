// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.gossip.ListenerSnapshot;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.peers.RoomLimit;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Snapshots;
import org.ippan.network.doctor.look.Times;

/** What holds back throughput just now, each with what would change it. */
public final class ThroughputLimits {

    /** Addresses that one finding names. */
    private static final int MOST_NAMED = 16;

    private static final String TRANSPORT = "transport";
    private static final String PEERS = "peers";

    private final Look look;
    private final Findings findings = new Findings();

    private ThroughputLimits(Look look) {
        this.look = look;
    }

    /** At least one finding. */
    public static List<Finding> find(Look look) {
        ThroughputLimits limits = new ThroughputLimits(look);
        if (look.now().gossip() != null) {
            look.now().gossip().listeners().forEach(limits::listener);
            new FlowLimits(look, look.now().gossip()).find(limits.findings);
        }
        if (look.now().transport() != null) {
            limits.links();
            limits.rates(look.now().transport());
            limits.accepting();
        }
        if (look.now().peers() != null) {
            limits.room(look.now().peers());
        }
        limits.dedup();
        if (limits.findings.isEmpty()) {
            limits.findings.ok("limits", "Nothing holds traffic back.");
        }
        return limits.findings.worstFirst();
    }

    /** One whose queue is full counts too: nothing new comes to it once the links are not read for its sake. */
    private void listener(ListenerSnapshot listener) {
        if (listener.slow() || listener.queued() >= listener.capacity()) {
            String rest = switch (listener.overflow()) {
                case BLOCK -> ", and while that is full the senders are slowed down.";
                case DROP_OLDEST -> ", and " + listener.dropped() + " were dropped, the oldest first.";
                case DROP_NEWEST -> ", and " + listener.dropped() + " were dropped, the newest first.";
            };
            findings.warn("listener", "The listener " + listener.name() + " of " + listener.topics() + " is slow: "
                    + ScoreWords.count(listener.queued(), "message") + " in its queue of " + listener.capacity() + rest,
                    "Make it faster, or give it a longer queue or another overflow rule (ippan.queue,"
                            + " ippan.overflow).");
        }
    }

    private void links() {
        long dropped = look.grown(Snapshots::transport, TransportSnapshot::framesDropped);
        if (dropped > 0) {
            findings.warn("links", ScoreWords.count(dropped, "control frame") + " dropped " + look.period()
                    + ": the queue of a connection was full, as its peer or the line takes too little.",
                    "See which by their queues; what was announced to these peers is announced again.");
        }
    }

    private void rates(TransportSnapshot transport) {
        String advice = "Raise them in org.ippan.network.transport; 0 is no limit.";
        if (transport.ratePausedConnections() > 0) {
            findings.warn("rates", ScoreWords.count(transport.ratePausedConnections(), "connection") + " not read just"
                    + " now: peers send more than inboundMessagesPerSecond or inboundBytesPerSecond allow.", advice,
                    setting(TRANSPORT, "inboundMessagesPerSecond"), setting(TRANSPORT, "inboundBytesPerSecond"));
        }
        if (transport.shapedConnections() > 0) {
            findings.warn("shaping", ScoreWords.count(transport.shapedConnections(), "connection") + " held back just"
                    + " now by outboundBytesPerSecond or peerOutboundBytesPerSecond.", advice,
                    setting(TRANSPORT, "outboundBytesPerSecond"), setting(TRANSPORT, "peerOutboundBytesPerSecond"));
        }
        long ignored = look.grown(Snapshots::transport, TransportSnapshot::framesIgnored);
        if (ignored > 0) {
            findings.warn("control-frames", ScoreWords.count(ignored, "control frame") + " ignored " + look.period()
                    + ", because peers sent more than controlFramesPerSecond.",
                    "If that is wanted traffic, raise it in org.ippan.network.transport.",
                    setting(TRANSPORT, "controlFramesPerSecond"));
        }
    }

    private void accepting() {
        accepting(TransportSnapshot::refusedByRate, "connection", "refused", "acceptPerSecond");
        accepting(TransportSnapshot::refusedPending, "connection", "refused", "maxPendingPerAddress");
        accepting(TransportSnapshot::handshakesGivenUp, "handshake", "given up for newer ones",
                "maxPendingHandshakes");
    }

    private void accepting(ToLongFunction<TransportSnapshot> counter, String what, String done, String key) {
        long refused = look.grown(Snapshots::transport, counter);
        if (refused > 0) {
            findings.warn("accepting", ScoreWords.count(refused, what) + ' ' + done + ' ' + look.period() + ": " + key
                    + " was reached.", "If they are wanted, raise " + key + " of org.ippan.network.transport.",
                    setting(TRANSPORT, key));
        }
    }

    private void room(PeersSnapshot peers) {
        if (!peers.blocked().isEmpty()) {
            long refused = refused(RoomLimit.FAILED_HANDSHAKES);
            long most = peers.blocked().stream().mapToLong(BlockedPrefix::remainingSeconds).max().orElse(0);
            findings.warn("failed-handshakes", "Peers at " + peers.blocked().stream().map(BlockedPrefix::prefix)
                    .limit(MOST_NAMED).collect(Collectors.joining(", ")) + " are heard once a minute only, for "
                    + Times.span(Duration.ofSeconds(most)) + ": too many of their handshakes failed. "
                    + ScoreWords.count(refused, "connection") + " refused " + look.period() + ".", "Compare networkKey"
                    + " of org.ippan.network.peers at the nodes there; peer-unblock hears them again. If many nodes"
                    + " share that address, raise failuresPerMinute or add it to exemptNets.",
                    setting(PEERS, "networkKey"), setting(PEERS, "failuresPerMinute"));
        }
        for (RoomLimit limit : RoomLimit.values()) {
            long refused = refused(limit);
            if (refused > 0 && limit != RoomLimit.FAILED_HANDSHAKES) {
                findings.warn("room", ScoreWords.count(refused, "peer") + " refused " + look.period() + ": "
                        + limit.key() + " is reached.", "If they are wanted, raise " + limit.key()
                                + " of org.ippan.network.peers, or configure them as peers.",
                        setting(PEERS, limit.key()));
            }
        }
    }

    private long refused(RoomLimit limit) {
        return look.grown(Snapshots::peers, told -> told.roomRefused().getOrDefault(limit, 0L));
    }

    private void dedup() {
        long early = look.grown(Snapshots::dedup, DedupSnapshot::evictedEarly);
        if (early > 0) {
            String advice = look.now().dedup().advice();
            findings.warn("dedup", ScoreWords.count(early, "id") + " forgotten early " + look.period()
                    + ": messages may be delivered and relayed twice.", advice.isEmpty() ? "None is forgotten early any"
                    + " more; if that begins again, raise capacity of org.ippan.network.dedup." : advice,
                    setting("dedup", "capacity"));
        }
    }
}
