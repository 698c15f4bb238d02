// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Environment;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.TestIdentity;

/** A node of a simulated mesh: the real core over fake links, with time moved by hand. */
final class FakeNode {

    static final Topic TOPIC = Topic.of("test");
    static final long HEAP = 1L << 30;
    /** Short, so that every test crosses the ends of segments. */
    static final int SEGMENT = 4096;
    /** Length of the messages of {@link #fill}. */
    static final int LONG = 64 << 10;
    static final long EPOCH = 1_700_000_000_000L;
    static final byte[] TAG = new byte[16];
    /** For tests in which no application code goes wrong. */
    static final CallbackFaults FAULTS = new CallbackFaults(() -> 0, (line, trace) -> { });
    /** Sets the chance of one life apart from that of the next. */
    private static final long LIVES = 1_000_003;

    final ManualScheduler time;
    final PeerId id;
    final FakeDedup dedup = new FakeDedup();
    final FakeReputation reputation = new FakeReputation();
    final FakeCodecs codecs = new FakeCodecs();
    final List<FakeLink> links = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    final List<EventType> events = new ArrayList<>();
    final Map<String, Object> settings = new HashMap<>();
    /** Lines of the log about application code that went wrong. */
    final List<String> warned = new ArrayList<>();
    final CallbackFaults faults;
    /** Runs when something is about to be told of application code, or asked. */
    Runnable onFault = () -> { };
    /** Runs its validators. */
    Executor validators;
    /** By how much its clock is wrong, in milliseconds. */
    long clockError;
    int segmentBytes = SEGMENT;
    long heapBytes = HEAP;
    /** Whether others know that it belongs to the network. */
    boolean member = true;
    GossipCore core;

    private final long seed;
    private int restarts;
    private final Executor listeners;

    FakeNode(ManualScheduler time, long number) {
        this(time, number, Map.of());
    }

    FakeNode(ManualScheduler time, long number, Map<String, ?> settings) {
        this(time, number, settings, time);
    }

    private FakeNode(ManualScheduler time, long number, Map<String, ?> settings, Executor listeners) {
        this.time = time;
        this.faults = new CallbackFaults(() -> {
            onFault.run();
            return time.nanos();
        }, (line, trace) -> warned.add(line));
        this.seed = number;
        this.validators = time;
        this.listeners = listeners;
        this.id = Peers.peer(number);
        this.settings.putAll(settings);
        restart();
        listen(message -> received.add(text(message)));
    }

    /** A node whose listeners take this long for each batch of a queue. */
    static FakeNode slow(ManualScheduler time, long number, long millisEachBatch, Map<String, ?> settings) {
        return new FakeNode(time, number, settings, slowly(time, millisEachBatch));
    }

    /** An executor whose tasks take a time each: what a slow application looks like. */
    private static Executor slowly(ManualScheduler time, long millisEach) {
        return new Executor() {
            private long freeAt = time.nanos();

            @Override
            public void execute(Runnable task) {
                freeAt = Math.max(freeAt, time.nanos()) + TimeUnit.MILLISECONDS.toNanos(millisEach);
                time.schedule(task, freeAt - time.nanos(), TimeUnit.NANOSECONDS);
            }
        };
    }

    /** Nodes of which each is connected to every other. */
    static List<FakeNode> mesh(ManualScheduler time, int size) {
        List<FakeNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeNode node = new FakeNode(time, i + 1);
            nodes.forEach(node::connect);
            nodes.add(node);
        }
        return nodes;
    }

    /** Nodes in two halves of which each is connected to all of the other half: no two neighbours are linked. */
    static List<FakeNode> halves(ManualScheduler time, int size) {
        List<FakeNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeNode node = new FakeNode(time, i + 1);
            for (int other = (i + 1) % 2; other < i; other += 2) {
                nodes.get(other).connect(node);
            }
            nodes.add(node);
        }
        return nodes;
    }

    /** Nodes of which each is connected to the next. */
    static List<FakeNode> chain(ManualScheduler time, int size, Map<String, ?> settings) {
        List<FakeNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeNode node = new FakeNode(time, i + 1, settings);
            if (i > 0) {
                nodes.get(i - 1).connect(node);
            }
            nodes.add(node);
        }
        return nodes;
    }

    static String text(ReceivedMessage message) {
        return new String(message.payloadBytes(), StandardCharsets.UTF_8);
    }

    /** A new core in place of the old one, as after an update of the bundle; links stay, listeners go. */
    void restart() {
        if (core != null) {
            core.stop();
        }
        core = new GossipCore(environment(listeners), settings(), TAG::clone, (type, text) -> events.add(type));
        core.context.services.codecs = codecs;
        core.context.services.identity = () -> Optional.of(TestIdentity.of((int) seed));
        core.reputation(reputation);
        core.deduplicator(dedup);
    }

    Environment environment(Executor callbacks) {
        return environment(task -> validators.execute(task), callbacks);
    }

    Environment environment(Executor validators, Executor callbacks) {
        return new Environment(time, () -> EPOCH + TimeUnit.NANOSECONDS.toMillis(time.nanos()) + clockError,
                new SplittableRandom(seed + LIVES * restarts++), time, free(validators),
                free(callbacks), free(callbacks), faults, heapBytes, segmentBytes);
    }

    /** Threads of which there are always enough. */
    private static Callbacks free(Executor threads) {
        return new Callbacks(threads, () -> false);
    }

    GossipSettings settings() {
        SettingValues values = GossipSettings.SCHEMA.parse(settings);
        if (!values.errors().isEmpty()) {
            throw new IllegalArgumentException(values.errors().toString());
        }
        return GossipSettings.of(values);
    }

    void set(String key, Object value) {
        settings.put(key, value);
        core.apply(settings());
    }

    void listen(GossipListener listener) {
        listen(listener, Map.of());
    }

    void listen(GossipListener listener, Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(Map.of(GossipListener.TOPIC, "*"));
        all.putAll(properties);
        core.subscriptions.listener(listener, all);
    }

    void validate(String topic, MessageValidator validator) {
        core.subscriptions.validator(validator, Map.of(MessageValidator.TOPIC, topic));
    }

    PublishResult publish(String text) {
        return core.publish(message(text));
    }

    /** Publishes long messages until one is refused; how many were accepted. */
    int fill(Priority priority, String name) {
        int accepted = 0;
        while (core.publish(message(name + accepted + "x".repeat(LONG)).withPriority(priority)).accepted()) {
            accepted++;
        }
        return accepted;
    }

    static Message message(String text) {
        return Message.of(TOPIC, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Connects two nodes; the link's end at this node. */
    FakeLink connect(FakeNode other) {
        FakeLink mine = new FakeLink(time, other.id, true);
        FakeLink theirs = new FakeLink(time, id, false);
        mine.other = theirs;
        theirs.other = mine;
        mine.member = other.member;
        theirs.member = member;
        mine.codecs = codecs.codecs & other.codecs.codecs;
        theirs.codecs = mine.codecs;
        links.add(mine);
        other.links.add(theirs);
        mine.receiver = core.linkUp(mine, true);
        theirs.receiver = other.core.linkUp(theirs, true);
        return mine;
    }

    GossipSnapshot snapshot() {
        return core.snapshot();
    }

    /** This node's end of one of its links, in order of their coming. */
    GossipLink link(int index) {
        return outbound(index).link();
    }

    Outbound outbound(int index) {
        return ((LinkEnd) links.get(index).receiver).outbound();
    }

    /** The body of a message as a link would send it now; it must be in a log. */
    ByteBuffer body(MessageId id) {
        EntryIndex.Found found = new EntryIndex.Found();
        if (!core.sources.index().find(id.word0(), id.word1(), id.word2(), id.word3(), found)) {
            throw new NoSuchElementException(id.toString());
        }
        Segment segment = found.segment();
        int from = segment.offset(found.entry()) + FrameType.HEADER_LENGTH;
        byte[] body = Arrays.copyOfRange(segment.data(), from, segment.offset(found.entry() + 1));
        found.unpin();
        return ByteBuffer.wrap(body);
    }
}
