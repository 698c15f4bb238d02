// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.health.HealthSnapshot;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;
import org.ippan.network.api.settings.SettingDescription;

/**
 * The core: one {@link HealthEntry} for each peer in a concurrent map, at most 96 bytes in all. Records are O(1),
 * lock-free and allocate nothing for a known peer. A timer looks at all peers each second, for what time alone
 * changes: peers that became stale are told, peers no longer probed are forgotten. Safe for any thread.
 */
final class Health implements HealthMonitor {

    /** When full, this part leaves at once: one pass over all pays for thousands of new peers. */
    private static final int PART = 16;

    private static final long TIMER_SECONDS = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ConcurrentMap<PeerId, HealthEntry> entries = new ConcurrentHashMap<>();
    private final LongAdder checks = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder transitions = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final AtomicBoolean evicting = new AtomicBoolean();
    private final Ticker ticker;
    private final long startNanos;
    private final Consumer<NetworkEvent> events;
    private volatile HealthSettings settings;

    /**
     * Starts with no peers.
     *
     * @param settings what is in force until {@link #apply}
     * @param ticker the clock
     * @param timer looks for stale peers; its maker stops it
     * @param events is told each change of a verdict, once, by the thread that caused it; must not throw
     */
    Health(HealthSettings settings, Ticker ticker, ScheduledExecutorService timer, Consumer<NetworkEvent> events) {
        this.settings = settings;
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
        this.events = events;
        timer.scheduleWithFixedDelay(this::check, TIMER_SECONDS, TIMER_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes over settings; what is known of the peers stays, and is judged by them from now on. */
    void apply(HealthSettings newSettings) {
        settings = newSettings;
    }

    /** Milliseconds since the start: 40 bits last 34 years. */
    private long now() {
        return (ticker.nanos() - startNanos) / NANOS_PER_MILLI;
    }

    @Override
    public void recordSuccess(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        long now = now();
        success(peer, entry(peer, now), now);
    }

    @Override
    public void recordSuccess(PeerId peer, long roundTripNanos) {
        Objects.requireNonNull(peer, "peer");
        long now = now();
        HealthEntry entry = entry(peer, now);
        entry.roundTrip(roundTripNanos);
        success(peer, entry, now);
    }

    private void success(PeerId peer, HealthEntry entry, long now) {
        checks.increment();
        if (entry.recordSuccess(now)) {
            tell(peer, "healthy: it answered again");
        }
    }

    @Override
    public void recordFailure(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        long now = now();
        HealthEntry entry = entry(peer, now);
        checks.increment();
        failures.increment();
        if (entry.recordFailure(now, settings)) {
            tell(peer, entry, now);
        }
    }

    private void tell(PeerId peer, HealthEntry entry, long now) {
        PeerHealthStats stats = entry.stats(peer, now, settings);
        tell(peer, SettingDescription.word(stats.health()) + ": failures in a row " + stats.consecutiveFailures() + ", "
                + stats.sinceLastSuccess().map(ago -> "last success " + ago.toSeconds() + " s ago")
                        .orElse("no success yet"));
    }

    private void tell(PeerId peer, String verdict) {
        transitions.increment();
        events.accept(NetworkEvent.of(EventType.HEALTH_CHANGED, peer, "peer " + peer.shortForm() + " is " + verdict));
    }

    @Override
    public PeerHealth health(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        HealthEntry entry = entries.get(peer);
        return entry == null ? PeerHealth.UNKNOWN : entry.health(now(), settings);
    }

    @Override
    public Optional<PeerHealthStats> stats(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        return Optional.ofNullable(entries.get(peer)).map(entry -> entry.stats(peer, now(), settings));
    }

    @Override
    public List<PeerId> unhealthyPeers() {
        long now = now();
        HealthSettings current = settings;
        List<PeerId> unhealthy = new ArrayList<>();
        entries.forEach((peer, entry) -> {
            if (entry.health(now, current) == PeerHealth.UNHEALTHY) {
                unhealthy.add(peer);
            }
        });
        return unhealthy;
    }

    @Override
    public void remove(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        entries.remove(peer);
    }

    @Override
    public int cleanup() {
        long idle = now() - 2 * settings.staleMillis();
        return removeWhere(lastCheck -> lastCheck <= idle, Integer.MAX_VALUE);
    }

    @Override
    public HealthPolicy policy() {
        return settings.policy();
    }

    @Override
    public HealthSnapshot snapshot() {
        long now = now();
        HealthSettings current = settings;
        int[] verdicts = new int[PeerHealth.values().length];
        entries.values().forEach(entry -> verdicts[entry.health(now, current).ordinal()]++);
        int healthy = verdicts[PeerHealth.HEALTHY.ordinal()];
        int degraded = verdicts[PeerHealth.DEGRADED.ordinal()];
        int unhealthy = verdicts[PeerHealth.UNHEALTHY.ordinal()];
        return new HealthSnapshot(healthy + degraded + unhealthy, healthy, degraded, unhealthy, checks.sum(),
                failures.sum(), transitions.sum(), evicted.sum(), current.maxPeers());
    }

    /** What the timer does. */
    private void check() {
        cleanup();
        long now = now();
        HealthSettings current = settings;
        entries.forEach((peer, entry) -> {
            if (entry.judge(now, current)) {
                tell(peer, entry, now);
            }
        });
    }

    private HealthEntry entry(PeerId peer, long now) {
        HealthEntry known = entries.get(peer);
        if (known != null) {
            return known;
        }
        makeRoom();
        return entries.computeIfAbsent(peer, id -> new HealthEntry(now));
    }

    private void makeRoom() {
        int most = settings.maxPeers();
        int peers = entries.size();
        if (peers >= most && evicting.compareAndSet(false, true)) {
            try {
                evicted.add(evict(peers - most + most / PART));
            } finally {
                evicting.set(false);
            }
        }
    }

    /** The peers not checked for longest leave; of those checked in the same millisecond, any. */
    private int evict(int count) {
        long newest = entries.values().stream().mapToLong(HealthEntry::lastCheck).sorted().limit(count).max()
                .orElse(0);
        int older = removeWhere(lastCheck -> lastCheck < newest, count);
        return older + removeWhere(lastCheck -> lastCheck <= newest, count - older);
    }

    private int removeWhere(LongPredicate lastCheck, int most) {
        int removed = 0;
        for (Iterator<Map.Entry<PeerId, HealthEntry>> all = entries.entrySet().iterator();
                removed < most && all.hasNext();) {
            if (lastCheck.test(all.next().getValue().lastCheck())) {
                all.remove();
                removed++;
            }
        }
        return removed;
    }
}
