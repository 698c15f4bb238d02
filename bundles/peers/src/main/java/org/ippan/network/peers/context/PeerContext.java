// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.fault.Faults;
import org.ippan.network.peers.settings.PeersSettings;

/** What every part of the core is given: time, the one thread that decides, chance, services, settings. */
public final class PeerContext {

    /** Time, thread, chance and the outside world. */
    public record Outside(ScheduledExecutorService timer, Ticker ticker, Clock clock, RandomGenerator random,
            Services services, Consumer<String> log, Consumer<String> warn, CallbackFaults faults, Executor callbacks,
            StateDirectory state, Consumer<Runnable> background) {
    }

    private final Outside outside;
    private final Counters counters = new Counters();
    private final LogLines log;
    private final AddressGuard guard;
    private final Observations observations;
    private final Faults faults;
    private final HandlerCalls calls;
    private final long instanceId;
    private volatile PeersSettings settings;
    private volatile Routing routing = Routing.NONE;
    /** What the routing becomes as soon as that is decided. */
    private volatile Routing wanted = Routing.NONE;

    public PeerContext(Outside outside, PeersSettings settings) {
        this.outside = outside;
        this.settings = settings;
        this.log = new LogLines(outside.ticker(), outside.log());
        this.guard = new AddressGuard(outside.ticker(), () -> settings().failures());
        this.observations = new Observations(outside.ticker());
        this.faults = new Faults(outside.timer(), outside.ticker(), this::threw);
        this.calls = new HandlerCalls(outside.callbacks(), outside.ticker(), outside.faults());
        this.instanceId = outside.random().nextLong();
    }

    /** Runs something on the thread that decides. */
    public void decide(Runnable task) {
        outside.timer().execute(task);
    }

    public long now() {
        return outside.ticker().nanos();
    }

    public Outside outside() {
        return outside;
    }

    public Services services() {
        return outside.services();
    }

    public RandomGenerator random() {
        return outside.random();
    }

    public Counters counters() {
        return counters;
    }

    /** Deciding thread only. */
    public LogLines log() {
        return log;
    }

    public AddressGuard guard() {
        return guard;
    }

    /** Where peers see this node. */
    public Observations observations() {
        return observations;
    }

    /** What befalls links on purpose. */
    public Faults faults() {
        return faults;
    }

    /** Any thread: tells handlers of links. */
    public HandlerCalls calls() {
        return calls;
    }

    /** Random, the same for one life of the node. */
    public long instanceId() {
        return instanceId;
    }

    public PeersSettings settings() {
        return settings;
    }

    public void settings(PeersSettings next) {
        settings = next;
    }

    public Routing routing() {
        return routing;
    }

    public void routing(Routing next) {
        routing = next;
    }

    /** Any thread: the protocols that there are from now on. */
    public void wanted(Routing next) {
        wanted = next;
    }

    public boolean isWanted(Routing next) {
        return wanted == next;
    }

    /** Any thread: code that is not ours threw. Classes that a bundle which has gone cannot load are no mistake. */
    public void threw(Object culprit, Throwable failure) {
        boolean gone = culprit instanceof ProtocolHandler && !wanted.handlers().contains(culprit);
        if (!gone || !(failure instanceof LinkageError)) {
            outside.faults().failed(Subject.of(culprit instanceof Transport ? CallbackKind.TRANSPORT
                    : CallbackKind.HANDLER, culprit), failure);
        }
    }
}
