// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;

/**
 * What is known of one peer, in 48 bytes. All that the verdict depends on lies in one word changed by compare-and-set,
 * together with the verdict that was told last: however many threads race, the one that changes it tells. The verdict
 * is always computed from that word and the time, never stored, so that all answers agree.
 *
 * <p>The word, from the low end: 16 bits failures in a row · 2 bits the verdict told · 1 bit whether there was a
 * success · 5 bits free · 40 bits the millisecond of the last success or, before the first, of the first record.
 */
final class HealthEntry {

    private static final long FAILURES = 0xFFFF;
    private static final int TOLD_SHIFT = 16;
    /** An ordinal; 0 is HEALTHY, what a new peer is taken for, so that needs no telling. */
    private static final long TOLD = 3L << TOLD_SHIFT;
    private static final long SUCCEEDED = 1L << 18;
    private static final int SINCE_SHIFT = 24;
    private static final long NANOS_PER_MICRO = 1_000;

    private static final VarHandle STATE = field("state");
    private static final VarHandle SUCCESSES = field("successes");
    private static final VarHandle FAILED = field("failed");
    private static final VarHandle LAST_CHECK = field("lastCheck");

    private volatile long state;
    private volatile long successes;
    private volatile long failed;
    private volatile long lastCheck;
    /** Microseconds: up to 35 minutes in four bytes. */
    private volatile int roundTripMicros;

    /**
     * A peer without a record yet.
     *
     * @param now milliseconds since the core was made, as everywhere here
     */
    HealthEntry(long now) {
        state = now << SINCE_SHIFT;
        lastCheck = now;
    }

    private static VarHandle field(String name) {
        try {
            return MethodHandles.lookup().findVarHandle(HealthEntry.class, name, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Counts a success; true if the peer was told to be anything but healthy. */
    boolean recordSuccess(long now) {
        SUCCESSES.getAndAdd(this, 1L);
        LAST_CHECK.setRelease(this, now);
        long old;
        long next;
        do {
            old = state;
            next = Math.max(old >>> SINCE_SHIFT, now) << SINCE_SHIFT | SUCCEEDED;
        } while (old != next && !STATE.compareAndSet(this, old, next));
        return (old & TOLD) != 0;
    }

    /** Counts a failure; true if it changed the verdict that was told. */
    boolean recordFailure(long now, HealthSettings settings) {
        FAILED.getAndAdd(this, 1L);
        LAST_CHECK.setRelease(this, now);
        long old;
        long next;
        do {
            old = state;
            next = told((old & FAILURES) == FAILURES ? old : old + 1, now, settings);
        } while (!STATE.compareAndSet(this, old, next));
        return ((old ^ next) & TOLD) != 0;
    }

    /** Judges the peer by the time alone; true if that changed the verdict that was told. */
    boolean judge(long now, HealthSettings settings) {
        long old = state;
        long next = told(old, now, settings);
        return old != next && STATE.compareAndSet(this, old, next);
    }

    private static long told(long state, long now, HealthSettings settings) {
        return state & ~TOLD | (long) verdict(state, now, settings).ordinal() << TOLD_SHIFT;
    }

    private static PeerHealth verdict(long state, long now, HealthSettings settings) {
        long failures = state & FAILURES;
        if (failures >= settings.failureThreshold() || now - (state >>> SINCE_SHIFT) >= settings.staleMillis()) {
            return PeerHealth.UNHEALTHY;
        }
        return failures >= settings.degradedThreshold() ? PeerHealth.DEGRADED : PeerHealth.HEALTHY;
    }

    void roundTrip(long nanos) {
        roundTripMicros = (int) Math.min(Math.max(0, nanos) / NANOS_PER_MICRO, Integer.MAX_VALUE);
    }

    PeerHealth health(long now, HealthSettings settings) {
        return verdict(state, now, settings);
    }

    long lastCheck() {
        return lastCheck;
    }

    PeerHealthStats stats(PeerId peer, long now, HealthSettings settings) {
        long word = state;
        long good = successes;
        long total = good + failed;
        return new PeerHealthStats(peer, verdict(word, now, settings), (int) (word & FAILURES),
                total == 0 ? 1 : good / (double) total, total,
                (word & SUCCEEDED) == 0 ? Optional.empty() : Optional.of(since(word >>> SINCE_SHIFT, now)),
                since(lastCheck, now), Duration.ofNanos(roundTripMicros * NANOS_PER_MICRO));
    }

    /** Another thread may have recorded after the time was read. */
    private static Duration since(long then, long now) {
        return Duration.ofMillis(Math.max(0, now - then));
    }
}
