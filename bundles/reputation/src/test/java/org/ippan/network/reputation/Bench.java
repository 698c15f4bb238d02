// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.testkit.ManualScheduler;

/** A reputation service on a bench: time moved by hand, everything it says written down. */
final class Bench {

    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    final ManualScheduler time = new ManualScheduler();
    final List<NetworkEvent> events = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> errors = new ArrayList<>();
    final Map<String, Object> raw = new HashMap<>();
    final LiveSettings<ReputationSettings> settings = new LiveSettings<>(ReputationSettings.SCHEMA,
            ReputationSettings::of, errors::add, warnings::add);
    final Reputation reputation;
    private final Clock clock;

    private Bench(Path folder, Instant start, Map<String, ?> config) {
        clock = time.clock(start);
        World world = new World(time, clock, time, new Random(7), new StateDirectory(folder),
                new World.Outlets(events::add, warnings::add));
        raw.putAll(config);
        raw.putIfAbsent("persist", folder.getNameCount() > 0);
        reputation = new Reputation(world, settings.current());
        settings.update(raw, reputation::apply);
        reputation.start();
    }

    /** Keeps nothing on the disk. */
    static Bench inMemory() {
        return new Bench(Path.of("/"), START, Map.of());
    }

    static Bench inMemory(Map<String, ?> config) {
        return new Bench(Path.of("/"), START, config);
    }

    static Bench in(Path folder) {
        return in(folder, START, Map.of());
    }

    static Bench in(Path folder, Instant start, Map<String, ?> config) {
        return new Bench(folder, start, config);
    }

    /** Changes one key as Config Admin would. */
    boolean set(String key, Object value) {
        raw.put(key, value);
        return settings.update(raw, reputation::apply);
    }

    void invalid(PeerId peer, int times) {
        for (int i = 0; i < times; i++) {
            reputation.recordInvalid(peer, Cause.MESSAGE_REJECTED);
        }
    }

    void fail(PeerId peer, int times) {
        for (int i = 0; i < times; i++) {
            reputation.recordFailure(peer, Cause.PING_MISSED);
        }
    }

    void succeed(PeerId peer, int times) {
        for (int i = 0; i < times; i++) {
            reputation.recordSuccess(peer, Cause.MESSAGE_ACCEPTED);
        }
    }

    int score(PeerId peer) {
        return reputation.score(peer).value();
    }

    /** Lets time pass with the timer running each second. */
    void pass(Duration duration) {
        time.advance(duration);
    }

    /** Lets much time pass with the timer running only once, at its end. */
    void skip(Duration duration) {
        time.stall(duration);
        reputation.tick();
    }

    Instant now() {
        return clock.instant();
    }

    /** What was told so far, in order. */
    List<EventType> told() {
        time.runDue();
        return events.stream().map(NetworkEvent::type).toList();
    }
}
