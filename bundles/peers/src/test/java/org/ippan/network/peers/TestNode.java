// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Services;
import org.ippan.network.peers.core.PeerCore;
import org.ippan.network.peers.core.PeerOperations;
import org.ippan.network.peers.settings.PeersSettings;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.SimNetwork;
import org.ippan.network.testkit.SimTransport;

/** One node of the real core in a simulated network, with services that write down what they are told. */
final class TestNode {

    /** Wall time at the scheduler's first moment. */
    static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    final SimTransport transport;
    final FakeReputation reputation = new FakeReputation();
    final FakeHealth health = new FakeHealth();
    FakeCodecs codecs = new FakeCodecs(0);
    final List<String> log = new ArrayList<>();
    final List<NetworkEvent> events = new ArrayList<>();
    final LiveSettings<PeersSettings> settings;
    final PeerCore core;
    /** Told at once, on the deciding thread. */
    final EventListeners listeners = new EventListeners(text -> { },
            new CallbackFaults(() -> 0, (line, trace) -> log.add(line)), Runnable::run);
    /** Code of applications runs at once, unless a test holds it up. */
    Executor callbacks = Runnable::run;
    final PeerOperations operations;
    final CallbackFaults faults;
    private final Map<String, Object> raw = new HashMap<>();
    private boolean judged = true;

    /** A node that is not started yet. */
    TestNode(SimNetwork network, PeerId id, String ip, Path state, long seed) {
        ManualScheduler scheduler = network.scheduler();
        faults = new CallbackFaults(scheduler, (line, trace) -> log.add(line + (trace == null ? "" : trace)));
        transport = network.node(id, ip);
        settings = new LiveSettings<>(PeersSettings.SCHEMA, PeersSettings::of, log::add, log::add);
        Services services = new Services(() -> judged ? reputation : null, () -> health, () -> null, () -> codecs,
                this::tell);
        core = new PeerCore(new PeerContext.Outside(scheduler, scheduler, scheduler.clock(EPOCH), new Random(seed),
                services, log::add, log::add, faults, task -> callbacks.execute(task),
                new StateDirectory(state), Runnable::run), settings.current());
        operations = new PeerOperations(core, PeerOperations.Kept.NOWHERE);
    }

    /** Begins with what was configured so far. */
    TestNode start() {
        settings.update(raw, core::apply);
        core.start();
        core.addTransport(Set.of(PeerAddress.TCP), transport);
        serve();
        return this;
    }

    /** Changes keys, as Config Admin does. */
    TestNode set(String key, Object value) {
        raw.put(key, value);
        if (settings.generation() > 0) {
            settings.update(raw, core::apply);
            serve();
        }
        return this;
    }

    private void tell(NetworkEvent event) {
        events.add(event);
        listeners.accept(event);
    }

    private void serve() {
        core.serve(settings.failedClosed() ? settings.lastConfigError().orElse("") : "");
    }

    TestNode seeds(Object... seeds) {
        return set("seeds", List.of(seeds));
    }

    /** Takes the reputation service away. */
    void unjudged() {
        judged = false;
    }

    PeerId id() {
        return transport.identity().id();
    }

    PeerAddress address() {
        return transport.address();
    }

    int connected() {
        return operations.connected().size();
    }

    int sockets() {
        return transport.connections().size();
    }
}
