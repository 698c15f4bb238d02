// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.links;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.session.Heartbeat;
import org.ippan.network.peers.session.Link;
import org.ippan.network.peers.session.Session;

/**
 * Probes every link, {@code docs/protocol.md} §5, and tells our own faults from those of the peers: when this node's
 * timer was late, or half of its peers seem to fail at once, no peer loses a point. Points are taken only after the
 * time in which that may still turn out. Confined to the deciding thread.
 */
public final class Liveness {

    /** How often links are looked at. */
    public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** Waiting again is done once in so long. */
    private static final long REARM_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MIN_PEERS = 3;
    /** How long a link has to show that it lives, besides its round trip. */
    private static final long PROOF_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SIGN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final double JITTER = 0.1;

    private final PeerContext context;
    private final Links links;
    private final List<Miss> misses = new ArrayList<>();
    private long lastTick;
    private long rearmedAt;
    private boolean rearmed;
    private long innocentSince;
    private long innocentUntil;

    /** A missed heartbeat that has not cost anything yet. */
    private record Miss(Session session, long at) {
    }

    public Liveness(PeerContext context, Links links) {
        this.context = context;
        this.links = links;
        this.lastTick = context.now();
        this.innocentSince = lastTick;
        this.innocentUntil = lastTick;
    }

    /** A link is new: its first round trip is measured at once. */
    public void begin(Session session) {
        session.link().heartbeat().begin(context.now(), maxTimeout());
        probe(session);
    }

    /** Probes now, and tells the asker. */
    public void ask(Session session, CompletableFuture<Duration> asker) {
        session.link().heartbeat().ask(asker);
        if (!session.link().heartbeat().waiting()) {
            probe(session);
        }
    }

    /**
     * Probes now, and tells once whether the peer still has the link: as soon as it answers, or after a second and a
     * round trip. Any byte counts, and a link that is not read just now is taken to live.
     */
    public void prove(Session session, Consumer<Boolean> verdict) {
        Link link = session.link();
        long asked = context.now();
        CompletableFuture<Boolean> lives = new CompletableFuture<>();
        CompletableFuture<Duration> answer = new CompletableFuture<>();
        lives.thenAccept(verdict);
        answer.whenComplete((roundTrip, failure) -> {
            if (failure == null || session.stage() != Session.Stage.ESTABLISHED) {
                lives.complete(failure == null);
            }
        });
        if (link.heartbeat().waiting()) {
            // The probe under way may have been lost: this one brings bytes all the same.
            send(session, context.random().nextLong());
        }
        ask(session, answer);
        context.outside().timer().schedule(
                () -> {
                    lives.complete(link.lastReadNanos() - asked > 0 || link.wasPausedAfter(asked));
                },
                PROOF_NANOS + link.roundTripNanos(), TimeUnit.NANOSECONDS);
    }

    /** The answer came. */
    public void answered(Session session, long nanos) {
        session.link().heartbeat().answered(nanos, policy());
        context.services().metrics().recordRoundTrip(nanos);
        context.services().answered(session.link().peer(), session.link().roundTripNanos());
    }

    /** Looks at every link. */
    public void tick() {
        long now = context.now();
        long elapsed = now - lastTick;
        lastTick = now;
        List<Session> established = links.established();
        if (elapsed > TICK_NANOS + LATE_NANOS) {
            rearm(established, now, "The threads of this node did not run for "
                    + TimeUnit.NANOSECONDS.toMillis(elapsed) + " ms: no peer is blamed for a heartbeat that is late");
        }
        for (Session session : established) {
            look(session, now, elapsed, established.size());
        }
        charge(now);
    }

    private void look(Session session, long now, long elapsed, int peers) {
        Link link = session.link();
        Heartbeat heartbeat = link.heartbeat();
        if (link.wasPausedAfter(now - elapsed)) {
            heartbeat.standStill(elapsed);
            if (heartbeat.signDue(now, SIGN_NANOS)) {
                send(session, context.random().nextLong());
            }
        }
        if (heartbeat.overdue(now)) {
            if (link.lastReadNanos() - heartbeat.sentNanos() > 0) {
                heartbeat.alive(policy());
                context.services().alive(link.peer());
            } else {
                missed(session, now, peers);
            }
        } else if (heartbeat.due(now)) {
            probe(session);
        }
    }

    private void missed(Session session, long now, int peers) {
        misses.add(new Miss(session, now));
        long failing = misses.stream().filter(miss -> now - miss.at < TOGETHER_NANOS).map(Miss::session).distinct()
                .count();
        if (peers >= MIN_PEERS && 2 * failing >= peers) {
            acquit(now);
            if (!rearmed || now - rearmedAt >= REARM_NANOS) {
                rearm(links.established(), now, "Heartbeats of " + failing + " of " + peers + " peers are late at"
                        + " once: taken for a fault of this node");
                return;
            }
        }
        context.counters().pingsMissed.increment();
        context.services().silent(session.link().peer());
        int inRow = session.link().heartbeat().missed();
        if (inRow >= context.services().policy().failureThreshold()) {
            charge(miss -> miss.session == session);
            links.close(session, GoodbyeReason.TIMEOUT, 0, inRow + " heartbeats were not answered");
        } else {
            probe(session);
        }
        if (peers < MIN_PEERS) {
            charge(miss -> miss.session == session);
        }
    }

    /** The fault is ours: what was missed around now costs no peer a point. */
    private void acquit(long now) {
        if (now - innocentUntil > 0) {
            innocentSince = now - TOGETHER_NANOS;
        }
        innocentUntil = now + TOGETHER_NANOS;
    }

    /** The fault is ours: every wait begins again, once. */
    private void rearm(List<Session> established, long now, String why) {
        context.counters().localFaults.increment();
        rearmed = true;
        rearmedAt = now;
        acquit(now);
        established.forEach(session -> session.link().heartbeat().rearm(now, maxTimeout()));
        context.log().tell(this, why);
    }

    /** Takes points for what was missed so long ago that it cannot turn out to be our fault any more. */
    private void charge(long now) {
        charge(miss -> now - miss.at >= TOGETHER_NANOS);
    }

    private void charge(Predicate<Miss> which) {
        misses.removeIf(miss -> {
            boolean due = which.test(miss);
            if (due && (miss.at - innocentSince < 0 || miss.at - innocentUntil > 0)) {
                context.services().failure(miss.session.link().peer(), Cause.PING_MISSED);
            }
            return due;
        });
    }

    private void probe(Session session) {
        Heartbeat heartbeat = session.link().heartbeat();
        HealthPolicy policy = context.services().policy();
        long now = context.now();
        long interval = policy.checkInterval().toNanos();
        heartbeat.nextAt(now + Math.round(interval * (1 + JITTER * (2 * context.random().nextDouble() - 1))));
        long nonce = context.random().nextLong() | 1;
        heartbeat.sent(now, nonce, heartbeat.nextWait(policy()));
        context.counters().pingsSent.increment();
        send(session, nonce);
    }

    private static void send(Session session, long nonce) {
        session.connection().offer(OutboundFrame.control(FrameType.PING,
                ByteBuffer.allocate(Long.BYTES).putLong(nonce).array()));
    }

    private HealthPolicy policy() {
        return context.services().policy();
    }

    private long maxTimeout() {
        return policy().checkTimeout().toNanos();
    }
}
