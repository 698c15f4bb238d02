// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.ippan.network.api.health.HealthPolicy;

/**
 * The probes of one link. Changed by the deciding thread; an answer is recognised on the link's I/O thread, once.
 */
public final class Heartbeat {

    /** No probe is waited for. */
    static final long NONE = 0;

    private final RoundTrip roundTrip = new RoundTrip();
    private final AtomicLong nonce = new AtomicLong(NONE);
    private final List<CompletableFuture<Duration>> askers = new ArrayList<>();
    private volatile long sentNanos;
    private volatile long smoothedNanos;
    private volatile long timeoutNanos;
    private boolean waiting;
    private long deadline;
    private long nextAt;
    private long signAt;
    private volatile int misses;

    /** I/O thread: whether this is the answer that is waited for; true once. */
    boolean answers(long answer) {
        return answer != NONE && nonce.compareAndSet(answer, NONE);
    }

    /** A probe goes out. */
    public void sent(long now, long newNonce, long wait) {
        sentNanos = now;
        waiting = true;
        deadline = now + wait;
        nonce.set(newNonce);
    }

    /** Its answer came. */
    public void answered(long nanos, HealthPolicy policy) {
        roundTrip.sample(nanos);
        smoothedNanos = roundTrip.smoothedNanos();
        Duration measured = Duration.ofNanos(nanos);
        askers.forEach(asker -> asker.complete(measured));
        askers.clear();
        alive(policy);
    }

    /** The peer lives, whether or not it answered. */
    public void alive(HealthPolicy policy) {
        failAskers("not answered in time");
        waiting = false;
        misses = 0;
        timeoutNanos = timeout(policy);
    }

    /** Nothing came in time; gives how often in a row. */
    public int missed() {
        waiting = false;
        nonce.set(NONE);
        failAskers("not answered in time");
        misses = misses + 1;
        return misses;
    }

    /** What was missed was our own fault: waits once more. */
    public void rearm(long now, long wait) {
        misses = 0;
        deadline = now + wait;
    }

    /** Time that does not count because this node did not read. */
    public void standStill(long nanos) {
        deadline += nanos;
    }

    private long timeout(HealthPolicy policy) {
        return roundTrip.timeoutNanos(policy.leastTimeout().toNanos(), policy.checkTimeout().toNanos());
    }

    /** How long to wait for the next answer: doubled after a miss. */
    public long nextWait(HealthPolicy policy) {
        long wait = timeout(policy);
        return misses > 0 ? Math.min(policy.checkTimeout().toNanos(), 2 * wait) : wait;
    }

    public void ask(CompletableFuture<Duration> asker) {
        askers.add(asker);
    }

    public void failAskers(String why) {
        askers.forEach(asker -> asker.completeExceptionally(new IllegalStateException(why)));
        askers.clear();
    }

    public boolean waiting() {
        return waiting;
    }

    public boolean overdue(long now) {
        return waiting && now - deadline >= 0;
    }

    public boolean due(long now) {
        return !waiting && now - nextAt >= 0;
    }

    public void nextAt(long time) {
        nextAt = time;
    }

    /** Whether a sign of life is due on a link this node does not read. */
    public boolean signDue(long now, long interval) {
        if (now - signAt < interval) {
            return false;
        }
        signAt = now;
        return true;
    }

    /** Any thread: heartbeats missed in a row. */
    public int misses() {
        return misses;
    }

    public long sentNanos() {
        return sentNanos;
    }

    long smoothedNanos() {
        return smoothedNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    /** The link is new: sets what protocols see before the first answer. */
    public void begin(long now, long timeout) {
        signAt = now;
        timeoutNanos = timeout;
    }
}
