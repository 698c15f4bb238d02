// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.gossip.model.Callbacks;
import org.ippan.network.gossip.model.Environment;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.simulation.NodeTime;

/** The real gossip core in a simulated node. */
public final class SimulatedGossip {

    /** Much heap, so that limits derived from it are at their largest. */
    private static final long HEAP = 1L << 30;
    /** The limits of {@code docs/protocol.md} §6. */
    private static final int MAX_WANTED = 65_536;
    /** Small: thousands of nodes have a log for each of their links. */
    private static final int SEGMENT_BYTES = 4096;
    private static final long MAX_REQUESTED_BYTES = 8L << 20;
    private static final Map<String, String> EVERY_TOPIC = Map.of(GossipListener.TOPIC, "*");

    private final GossipCore core;

    /** A core at work that has no links yet. */
    public SimulatedGossip(NodeTime time, RandomGenerator random, Map<String, ?> configured,
            Supplier<byte[]> networkTag) {
        SettingValues values = GossipSettings.SCHEMA.parse(configured);
        if (!values.errors().isEmpty()) {
            throw new IllegalArgumentException(values.errors().toString());
        }
        Callbacks threads = new Callbacks(time, () -> false);
        core = new GossipCore(new Environment(time, () -> TimeUnit.NANOSECONDS.toMillis(time.nanos()), random, time,
                threads, threads, threads, new CallbackFaults(time, (line, trace) -> { }), HEAP, SEGMENT_BYTES),
                GossipSettings.of(values), networkTag, (type, text) -> { });
    }

    /** Gives it the services it needs. */
    public void serve(MessageDeduplicator dedup, ReputationManager reputation) {
        core.reputation(reputation);
        core.deduplicator(dedup);
    }

    public void listen(GossipListener listener) {
        core.subscriptions.listener(listener, EVERY_TOPIC);
    }

    public void validate(MessageValidator validator) {
        core.subscriptions.validator(validator, EVERY_TOPIC);
    }

    /** What the peers core hands frames to. */
    public ProtocolHandler handler() {
        return core;
    }

    public PublishResult publish(Message message) {
        return core.publish(message);
    }

    /** Tells when a message is settled at every node it could reach. */
    public CompletionStage<SettledResult> publishSettled(Message message, Duration timeout) {
        return core.publisher.publishSettled(message, timeout);
    }

    public GossipSnapshot snapshot() {
        return core.snapshot();
    }

    /** Messages given to listeners so far. */
    public long delivered() {
        return core.context.counters.delivered.sum();
    }

    /** Bodies given to links so far. */
    public long relayed() {
        return core.context.counters.relayed.sum();
    }

    /** How often what a peer had of a publisher was seen to be something else. */
    public long mismatches() {
        return core.context.counters.fingerprintMismatches.sum();
    }

    /** Messages that were announced to peers which were to have them from their publishers. */
    public long announcedUnproven() {
        return core.context.counters.announcedUnproven.sum();
    }

    /** Peers that bodies are sent to at once. */
    public List<PeerId> eager() {
        List<PeerId> peers = new ArrayList<>();
        for (GossipLink link : core.context.links.all()) {
            if (link.isEager()) {
                peers.add(link.peer());
            }
        }
        return peers;
    }

    /** Messages and bytes that wait for validators and listeners, and requests that wait for an answer. */
    public long held() {
        return core.room.messages() + core.room.bytes() + core.validation.messages() + core.validation.bytes()
                + core.wanted.requested();
    }

    /** What must never be, in words; empty if all is well. */
    public List<String> violations() {
        List<String> wrong = new ArrayList<>();
        check(wrong, core.wanted.size() <= MAX_WANTED, "wants " + core.wanted.size() + " ids");
        long limit = core.context.cacheLimit();
        check(wrong, core.sources.space().bytes() <= limit + limit / 4,
                "logs of " + core.sources.space().bytes() + " bytes");
        check(wrong, core.room.messages() >= 0 && core.room.bytes() >= 0, "gave back room it never had");
        check(wrong, core.room.messages() <= core.context.settings().validationQueueMessages() + links(),
                core.room.messages() + " messages wait");
        check(wrong, core.wanted.mostOfOnePeer() <= MAX_WANTED / 2,
                core.wanted.mostOfOnePeer() + " ids wanted of one peer");
        check(wrong, core.wanted.requested() >= 0, "less than nothing is asked");
        check(wrong, core.wanted.mostBytesOfOnePeer() <= MAX_REQUESTED_BYTES
                + core.context.settings().maxMessageBytes(), core.wanted.mostBytesOfOnePeer() + " bytes are asked");
        for (Outbound outbound : core.sources.readers()) {
            check(wrong, outbound.unsettled().bytes() >= 0, "more is settled over a link than was sent");
        }
        return wrong;
    }

    private static void check(List<String> wrong, boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }

    /** Links that are up. */
    public int links() {
        return core.context.links.all().length;
    }
}
