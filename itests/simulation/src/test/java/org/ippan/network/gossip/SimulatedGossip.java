// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.simulation.NodeTime;

/** The real gossip core in a simulated node. */
public final class SimulatedGossip {

    /** Much heap, so that limits derived from it are at their largest. */
    private static final long HEAP = 1L << 30;
    private static final List<String> EVERY_TOPIC = List.of("*");

    private final GossipCore core;

    /** A core at work that has no links yet. */
    public SimulatedGossip(NodeTime time, RandomGenerator random, Map<String, ?> configured,
            Supplier<byte[]> networkTag) {
        SettingValues values = GossipSettings.SCHEMA.parse(configured);
        if (!values.errors().isEmpty()) {
            throw new IllegalArgumentException(values.errors().toString());
        }
        core = new GossipCore(new Environment(time, random, time, time, threads -> { }, time, HEAP),
                GossipSettings.of(values), networkTag, (type, text) -> { });
    }

    /** Gives it the services it needs. */
    public void serve(MessageDeduplicator dedup, ReputationManager reputation) {
        core.reputation(reputation);
        core.deduplicator(dedup);
    }

    public void listen(GossipListener listener) {
        core.subscriptions.addListener(listener, new Subscription("listener", EVERY_TOPIC, 0, null));
    }

    public void validate(MessageValidator validator) {
        core.subscriptions.addValidator(validator, EVERY_TOPIC, 0);
    }

    /** What the peers core hands frames to. */
    public ProtocolHandler handler() {
        return core;
    }

    public PublishResult publish(Message message) {
        return core.publish(message);
    }

    public GossipSnapshot snapshot() {
        return core.snapshot();
    }

    /** Bodies given to links so far. */
    public long relayed() {
        return core.context.counters.relayed.sum();
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

    /** Links that are up. */
    public int links() {
        return core.context.links.all().length;
    }
}
