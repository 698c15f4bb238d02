// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.FrameType;

/**
 * A network of {@link SimTransport}s in one thread and virtual time: streams of frames that keep their order, take
 * their time, fill windows and queues, and break when a test says so. Everything random comes from the seed, so that a
 * run can be repeated exactly. Not thread-safe: all of it runs in the {@link ManualScheduler}.
 */
public final class SimNetwork {

    private static final int FIRST_EPHEMERAL_PORT = 32_768;
    private static final int EPHEMERAL_PORTS = 28_000;

    private final ManualScheduler scheduler;
    private final RandomGenerator random;
    private final Map<PeerAddress, SimTransport> nodes = new LinkedHashMap<>();
    private final Map<String, SimTransport> names = new HashMap<>();
    private final Map<Pipe, Runnable> held = new LinkedHashMap<>();
    private final long[] framesByType = new long[FrameType.values().length];
    private Latency latency = Latency.uniform(Duration.ofMillis(1), 0);
    private BiPredicate<SimTransport, SimTransport> cut = (from, to) -> false;
    private FrameFilter filter = (from, to, type) -> true;
    private SimLimits limits = SimLimits.DEFAULT;
    private long queuedBytes;
    private long framesDelivered;
    private long bytesDelivered;
    private int ports;

    /** How long what is sent takes from one node to another. */
    @FunctionalInterface
    public interface Latency {

        /** Nanoseconds this time; {@code to} is null when a dial goes where nobody ever was. */
        long nanos(SimTransport from, SimTransport to, RandomGenerator random);

        /** Uniform in {@code mean · (1 ± jitter)}. */
        static Latency uniform(Duration mean, double jitterShare) {
            long nanos = mean.toNanos();
            return (from, to, random) -> Math.round(nanos * (1 + jitterShare * (2 * random.nextDouble() - 1)));
        }
    }

    /** Decides which frames get through: a hook for loss that TCP would not have. */
    @FunctionalInterface
    public interface FrameFilter {

        /** Whether this frame arrives. */
        boolean passes(SimTransport from, SimTransport to, FrameType type);
    }

    /** One direction of one connection, as the network holds it back during a cut. */
    interface Pipe {
        SimTransport from();

        SimTransport to();
    }

    /** A network without nodes. */
    public SimNetwork(ManualScheduler scheduler, long seed) {
        this.scheduler = scheduler;
        this.random = new Random(seed);
    }

    /**
     * Adds a node, or starts a new one where an old one was.
     *
     * @param id who it proves to be
     * @param ip where it is; it listens at {@code ip:9700}
     */
    public SimTransport node(PeerId id, String ip) {
        SimTransport node = new SimTransport(this, id, PeerAddress.tcp(ip, 9700));
        nodes.put(node.address(), node);
        return node;
    }

    /** Lets a name stand for a node, whatever it stood for before. */
    public void name(String host, SimTransport node) {
        names.put(host, node);
    }

    /** One-way delay, uniform in {@code mean · (1 ± jitter)}; streams keep their order all the same. */
    public void delay(Duration mean, double jitterShare) {
        delay(Latency.uniform(mean, jitterShare));
    }

    /** One-way delay of each segment; streams keep their order all the same. */
    public void delay(Latency each) {
        this.latency = each;
    }

    /**
     * Cuts the network between nodes for which this holds: streams stand still, dials time out. What was sent meanwhile
     * arrives when the cut ends, as TCP would repeat it.
     */
    public void cut(BiPredicate<SimTransport, SimTransport> between) {
        this.cut = between;
        Map<Pipe, Runnable> waiting = new LinkedHashMap<>(held);
        held.clear();
        waiting.values().forEach(scheduler::execute);
    }

    /** Ends all cuts. */
    public void heal() {
        cut((from, to) -> false);
    }

    /** Lets only some frames through, of those that arrive. */
    public void filter(FrameFilter frames) {
        this.filter = frames;
    }

    /** Sizes of queues and windows for connections opened from now on. */
    public void limits(SimLimits sizes) {
        this.limits = sizes;
    }

    /** Bytes that wait to be sent, everywhere: control frames queued, and fills no window had room for. */
    public long queuedBytes() {
        return queuedBytes;
    }

    /** Frames that arrived, everywhere. */
    public long framesDelivered() {
        return framesDelivered;
    }

    /** Frames of a type that arrived, everywhere. */
    public long framesDelivered(FrameType type) {
        return framesByType[type.ordinal()];
    }

    /** Bytes that arrived, everywhere, headers included. */
    public long bytesDelivered() {
        return bytesDelivered;
    }

    /** Time and the executor of every node. */
    public ManualScheduler scheduler() {
        return scheduler;
    }

    SimLimits limits() {
        return limits;
    }

    SimTransport at(PeerAddress address) {
        SimTransport named = names.get(address.host());
        return named == null ? nodes.get(address) : named;
    }

    boolean isCut(SimTransport from, SimTransport to) {
        return cut.test(from, to) || cut.test(to, from);
    }

    boolean passes(SimTransport from, SimTransport to, FrameType type) {
        return filter.passes(from, to, type);
    }

    /** Repeats an arrival when the cut ends; one entry for each direction, since streams keep their order. */
    void hold(Pipe pipe, Runnable arrival) {
        held.put(pipe, arrival);
    }

    long oneWayNanos(SimTransport from, SimTransport to) {
        return latency.nanos(from, to, random);
    }

    void queued(long bytes) {
        queuedBytes += bytes;
    }

    void delivered(FrameType type, int bytes) {
        framesDelivered++;
        framesByType[type.ordinal()]++;
        bytesDelivered += bytes;
    }

    int ephemeralPort() {
        return FIRST_EPHEMERAL_PORT + ports++ % EPHEMERAL_PORTS;
    }

    static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no IP address", e);
        }
    }
}
