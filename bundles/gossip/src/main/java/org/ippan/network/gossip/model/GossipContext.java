// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.gossip.settings.GossipSettings;

/** What the parts of the core share: time, chance, threads, settings, services, counters and the links. */
public final class GossipContext {

    private static final int MOST_ENTRIES = 65_536;
    private static final int LEAST_ENTRIES = 4096;
    /** In all tables together, with what peers ask for. */
    private static final int BYTES_OF_AN_ENTRY = 1280;
    private static final int MOST_NEIGHBOURS = 1024;
    private static final int LEAST_NEIGHBOURS = 64;
    /** Of each of as many strangers as there may be by default. */
    private static final int BYTES_OF_A_NEIGHBOUR = 64 * 256;

    /** Runs listeners. */
    public final Callbacks callbacks;
    /** Tells publishers. */
    public final Callbacks publishers;
    public final RandomGenerator random;
    /** The one thread that repairs and throttles. */
    public final Mailbox relay;
    /** For control frames that wait for that thread: peers can stop neither each other nor publishers by them. */
    public final Room backlog = new Room(() -> { });
    /** For ids of what peers published, which are kept to be proved: peers choose how many come between two looks. */
    public final Room proofs = new Room(() -> { });
    public final Services services = new Services();
    public final GossipCounters counters = new GossipCounters();
    public final TopicCounts topics = new TopicCounts();
    public final Mismatches mismatches = new Mismatches();
    public final GossipLinks links = new GossipLinks();
    private final Environment environment;
    private volatile GossipSettings settings;
    private volatile boolean stopping;
    private volatile boolean refusing;
    /** Makes the relay look at its timers soon; to be called on its thread. */
    private volatile Runnable wake = () -> { };

    /** A context without links. */
    public GossipContext(Environment environment, GossipSettings settings) {
        this.environment = environment;
        this.random = environment.random();
        this.relay = new Mailbox(environment.relay());
        this.callbacks = environment.listeners();
        this.publishers = environment.publishers();
        this.settings = settings;
        backlog.resize(Mailbox.FULL, HeapShare.BACKLOG.of(environment.heapBytes()));
        proofs.resize(Integer.MAX_VALUE, HeapShare.FINGERPRINTS.of(environment.heapBytes()));
    }

    /** The settings of now. */
    public GossipSettings settings() {
        return settings;
    }

    /** Takes new settings over. */
    public void settings(GossipSettings changed) {
        settings = changed;
    }

    /** What goes wrong in the code of applications. */
    public CallbackFaults faults() {
        return environment.faults();
    }

    /** Ticker reading. */
    public long nanos() {
        return environment.ticker().nanos();
    }

    /** Ticker reading in milliseconds, as logs note when a message was zero milliseconds old. */
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(environment.ticker().nanos());
    }

    /** The clock of the machine, milliseconds since 1970. */
    public long wallMillis() {
        return environment.wallMillis().getAsLong();
    }

    /** Whether messages are taken in and sent out. */
    public boolean serving() {
        return services.ready && !stopping && !refusing;
    }

    /** Whether peers are sent what they ask for: also by a node that stops. */
    public boolean answers() {
        return services.ready;
    }

    /** Whether the node stops. */
    public boolean isStopping() {
        return stopping;
    }

    /** From now on nothing is taken in. */
    public void stop() {
        stopping = true;
    }

    /** Whether a setting forbids to serve. */
    public boolean isRefusing() {
        return refusing;
    }

    /** Takes nothing in while a setting forbids it; publishers that wait are told. */
    public void serve(boolean on) {
        refusing = !on;
        relay.post(this::wake);
    }

    /** A message is not for this node to judge: it is dropped, and is no peer's fault. */
    public void ignored() {
        counters.ignored.increment();
        services.metrics.recordMessageDropped(DropReason.IGNORED);
    }

    /** Whether more comes than the relay can file: intake and publishers wait. */
    public boolean isOverloaded() {
        return relay.isFull();
    }

    /** Most bytes of all logs. */
    public long cacheLimit() {
        return settings.cacheLimit(environment.heapBytes());
    }

    /** Most entries of a table that peers fill, of a few hundred bytes each: with little memory fewer. */
    public int mostEntries() {
        return (int) Math.max(LEAST_ENTRIES, Math.min(MOST_ENTRIES,
                HeapShare.ENTRIES.of(environment.heapBytes()) / BYTES_OF_AN_ENTRY));
    }

    /** Most neighbours of a peer that are kept of what it says: with little memory fewer. */
    public int mostNeighbours() {
        return (int) Math.max(LEAST_NEIGHBOURS, Math.min(MOST_NEIGHBOURS,
                HeapShare.NEIGHBOURS.of(environment.heapBytes()) / BYTES_OF_A_NEIGHBOUR));
    }

    /** Most bytes that wait for validators and listeners. */
    public long validationLimit() {
        return settings.validationLimit(environment.heapBytes());
    }

    /** Says what {@link #wake()} does. */
    public void onWake(Runnable looksSoon) {
        wake = looksSoon;
    }

    /** Makes the relay look at its timers soon; to be called on its thread. */
    public void wake() {
        wake.run();
    }
}
