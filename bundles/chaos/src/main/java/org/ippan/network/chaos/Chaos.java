// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.chaos;

import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.chaos.ChaosSnapshot;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;

/** Makes faults for a time and no longer. Safe for any thread. */
final class Chaos implements SnapshotSource {

    private final ScheduledExecutorService timer;
    private final Ticker ticker;
    private final RandomGenerator random;
    private final LongFunction<RandomGenerator> chances;
    private final Consumer<FrameFault> links;
    private final Consumer<NetworkEvent> events;
    private final Mischief.Counts counts = new Mischief.Counts();
    /** Guarded by this, as all below: what the configuration says, also when its time is over. */
    private ChaosSettings wanted;
    /** Those in force; null if there are none. */
    private ChaosSettings settings;
    private long seed;
    private long endsAt;
    private long runs;
    private ScheduledFuture<?> ending;

    /**
     * One that makes none.
     *
     * @param timer ends them
     * @param random gives seeds
     * @param chances makes chance of a seed
     * @param links are given the faults from now on; null for none
     * @param events is told when they begin and end
     */
    Chaos(ScheduledExecutorService timer, Ticker ticker, RandomGenerator random,
            LongFunction<RandomGenerator> chances, Consumer<FrameFault> links, Consumer<NetworkEvent> events) {
        this.timer = timer;
        this.ticker = ticker;
        this.random = random;
        this.chances = chances;
        this.links = links;
        this.events = events;
    }

    /** Takes over a configuration. While its peers are wrong no fault begins: their default would be all links. */
    void update(LiveSettings<ChaosSettings> live, Map<String, ?> raw) {
        AtomicReference<ChaosSettings> taken = new AtomicReference<>();
        live.update(raw, taken::set);
        ChaosSettings next = taken.get();
        boolean guessed = live.reading().errors().stream().anyMatch(error -> error.concerns("peers"));
        if (next != null && !(guessed && next.isHarmful())) {
            apply(next);
        }
    }

    /**
     * Makes these faults from now on, for their time; or none, if there is none among them. What is delivered again
     * without a change, as configurations are for many reasons, makes no run longer and begins none.
     */
    synchronized void apply(ChaosSettings next) {
        if (next.equals(wanted)) {
            return;
        }
        wanted = next;
        if (!next.isHarmful()) {
            end("the settings name none any more");
            return;
        }
        rest();
        settings = next;
        seed = next.seed() != 0 ? next.seed() : random.nextLong();
        long nanos = TimeUnit.MINUTES.toNanos(next.minutes());
        endsAt = ticker.nanos() + nanos;
        long run = ++runs;
        ending = timer.schedule(() -> endInTime(run), nanos, TimeUnit.NANOSECONDS);
        links.accept(new Mischief(next, seed, chances, counts));
        events.accept(NetworkEvent.of(EventType.CHAOS_STARTED, "Faults on purpose for " + next.minutes()
                + " min: " + next.words() + "; seed " + seed));
    }

    /** A timer that was too late to be cancelled leaves the next run alone. */
    private synchronized void endInTime(long run) {
        if (run == runs) {
            end("the configured minutes are over");
        }
    }

    /** Makes none any more. */
    synchronized void end(String why) {
        if (settings != null) {
            rest();
            events.accept(NetworkEvent.of(EventType.CHAOS_ENDED, "Faults on purpose ended: " + why));
        }
    }

    private void rest() {
        if (settings != null) {
            ending.cancel(false);
            settings = null;
            links.accept(null);
        }
    }

    @Override
    public synchronized ChaosSnapshot snapshot() {
        boolean active = settings != null;
        return new ChaosSnapshot(active, active ? Math.max(0, (endsAt - ticker.nanos()) / 1e9) : 0,
                active ? settings.words() : "", seed, counts.droppedOutbound.sum(), counts.droppedInbound.sum(),
                counts.delayedInbound.sum(), runs);
    }
}
