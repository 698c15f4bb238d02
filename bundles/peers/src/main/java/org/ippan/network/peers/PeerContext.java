// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.state.StateDirectory;

/** What every part of the core is given: time, the one thread that decides, chance, services, settings. */
final class PeerContext {

    /** Time, thread, chance and the outside world. */
    record Outside(ScheduledExecutorService timer, Ticker ticker, Clock clock, RandomGenerator random,
            Services services, Consumer<String> log, StateDirectory state, Consumer<Runnable> background) {
    }

    private final Outside outside;
    private final Counters counters = new Counters();
    private final LogLines log;
    private final AddressGuard guard;
    private final long instanceId;
    private volatile PeersSettings settings;
    private volatile Routing routing = Routing.NONE;

    PeerContext(Outside outside, PeersSettings settings) {
        this.outside = outside;
        this.settings = settings;
        this.log = new LogLines(outside.ticker(), outside.log());
        this.guard = new AddressGuard(outside.ticker());
        this.instanceId = outside.random().nextLong();
    }

    /** Runs something on the thread that decides. */
    void decide(Runnable task) {
        outside.timer().execute(task);
    }

    long now() {
        return outside.ticker().nanos();
    }

    Outside outside() {
        return outside;
    }

    Services services() {
        return outside.services();
    }

    RandomGenerator random() {
        return outside.random();
    }

    Counters counters() {
        return counters;
    }

    /** Deciding thread only. */
    LogLines log() {
        return log;
    }

    AddressGuard guard() {
        return guard;
    }

    /** Random, the same for one life of the node. */
    long instanceId() {
        return instanceId;
    }

    PeersSettings settings() {
        return settings;
    }

    void settings(PeersSettings next) {
        settings = next;
    }

    Routing routing() {
        return routing;
    }

    void routing(Routing next) {
        routing = next;
    }
}
