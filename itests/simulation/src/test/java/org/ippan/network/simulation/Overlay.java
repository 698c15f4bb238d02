// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.SimLimits;
import org.ippan.network.testkit.SimNetwork;
import org.ippan.network.testkit.SimTransport;

/**
 * Many nodes that meet: each knows as many others, chosen at random, as it dials, and later some more to turn to when
 * those are gone. Publishes messages and keeps the ledger of them.
 */
final class Overlay {

    static final Topic TOPIC = Topic.of("simulation");
    private static final Duration MEETING = Duration.ofSeconds(4);
    private static final Duration SETTLING = Duration.ofSeconds(1);

    final ManualScheduler scheduler = new ManualScheduler();
    final SimNetwork network;
    final RandomGenerator random;
    final List<SimNode> nodes = new ArrayList<>();
    final Ledger ledger;
    final Shape shape;
    private final Ground ground;
    private final List<String> complaints = new ArrayList<>();
    private final Function<SimNode, ProtocolHandler> protocols;

    /**
     * What it looks like.
     *
     * @param nodes how many
     * @param dials connections each opens; it has about twice as many links
     * @param spares further peers each knows
     * @param payloadBytes of each message
     * @param gossip settings that are not at their default
     */
    record Shape(int nodes, int dials, int spares, int payloadBytes, Map<String, ?> gossip) {
    }

    /**
     * What it stands on.
     *
     * @param latency how long segments take
     * @param limits of the connections
     * @param links whom each node dials, by numbers; null for others chosen at random
     */
    record Ground(SimNetwork.Latency latency, SimLimits limits, List<Set<Integer>> links) {

        static final Ground WAN = new Ground(new Wan(), Wan.LIMITS, null);
    }

    /** Honest nodes that have met and are idle. */
    Overlay(Shape shape, long seed) {
        this(shape, seed, Ground.WAN);
    }

    /** The same in another network. */
    Overlay(Shape shape, long seed, Ground ground) {
        this(shape, seed, ground, node -> node.gossip.handler());
    }

    /** The same, whose protocols over the links are chosen as each node starts. */
    Overlay(Shape shape, long seed, Function<SimNode, ProtocolHandler> protocols) {
        this(shape, seed, Ground.WAN, protocols);
    }

    private Overlay(Shape shape, long seed, Ground ground, Function<SimNode, ProtocolHandler> protocols) {
        this.shape = shape;
        this.ground = ground;
        this.protocols = protocols;
        this.network = new SimNetwork(scheduler, seed);
        this.random = new SplittableRandom(seed);
        this.ledger = new Ledger(scheduler, shape.nodes());
        network.delay(ground.latency());
        network.limits(ground.limits());
        for (int number = 0; number < shape.nodes(); number++) {
            nodes.add(born(number));
        }
        meet();
        nodes.forEach(this::start);
        scheduler.advance(MEETING);
        nodes.forEach(node -> introduce(node, shape.spares()));
        scheduler.advance(SETTLING);
    }

    private SimNode born(int number) {
        int dials = ground.links() == null ? shape.dials() : Math.max(1, ground.links().get(number).size());
        SimNode node = new SimNode(network, number, Peers.peer(number + 1), new SimNode.Plan(random.nextLong(),
                Map.of("outboundTarget", dials), shape.gossip()));
        node.gossip.listen(message -> {
            String complaint = ledger.deliver(number, message);
            if (complaint != null) {
                complaints.add(complaint);
            }
        });
        return node;
    }

    /** Gives each node those peers to dial that it should, or as many of any. */
    private void meet() {
        if (ground.links() != null) {
            nodes.forEach(node -> ground.links().get(node.number).forEach(other -> {
                SimNode peer = nodes.get(other);
                node.peers.know(peer.transport.address(), peer.id());
            }));
            return;
        }
        for (SimNode node : nodes) {
            Set<SimNode> others = new LinkedHashSet<>();
            while (others.size() < Math.min(shape.dials(), nodes.size() - 1)) {
                SimNode other = any();
                if (other != node && others.add(other)) {
                    node.peers.know(other.transport.address(), other.id());
                }
            }
        }
    }

    private void introduce(SimNode node, int others) {
        for (int i = 0; i < others; i++) {
            SimNode other = any();
            if (other != node) {
                node.peers.know(other.transport.address(), other.id());
            }
        }
    }

    /** Starts a node again that was killed; it knows whom it would know from its address book. */
    SimNode restart(int number) {
        ledger.forget(number);
        SimNode node = born(number);
        nodes.set(number, node);
        introduce(node, shape.dials() + shape.spares());
        start(node);
        return node;
    }

    private void start(SimNode node) {
        node.start(protocols.apply(node));
    }

    private SimNode any() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    /** A random node that lives. */
    SimNode anyAlive() {
        SimNode node = any();
        while (!node.isAlive()) {
            node = any();
        }
        return node;
    }

    /** Has a node publish a new message, which must be accepted. */
    Ledger.Entry publish(SimNode node) {
        Ledger.Entry entry = offer(node);
        if (!entry.accepted()) {
            complaints.add("node " + node.number + " may not publish: " + entry.status());
        }
        return entry;
    }

    /** Has a node publish a new message if it may. */
    Ledger.Entry offer(SimNode node) {
        Ledger.Entry entry = ledger.publish(node.number);
        entry.status(node.gossip.publish(message(entry)).status());
        return entry;
    }

    private Message message(Ledger.Entry entry) {
        byte[] payload = new byte[shape.payloadBytes()];
        ByteBuffer.wrap(payload).putInt(entry.number);
        return Message.of(TOPIC, payload);
    }

    /** Has a node publish a new message if it may, and be told when it is settled. */
    CompletableFuture<SettledResult> publishSettled(SimNode node, Duration timeout) {
        Ledger.Entry entry = ledger.publish(node.number);
        CompletableFuture<SettledResult> future =
                node.gossip.publishSettled(message(entry), timeout).toCompletableFuture();
        // What is refused is told at once, and leaves no trace.
        if (future.isDone()) {
            ledger.withdraw();
        } else {
            entry.status(Status.ACCEPTED);
        }
        return future;
    }

    /** Has a node publish as much as it may, and at most so many messages; refused ones leave no trace. */
    int fill(SimNode node, int most) {
        for (int accepted = 0; accepted < most; accepted++) {
            if (!offer(node).accepted()) {
                ledger.withdraw();
                return accepted;
            }
        }
        return most;
    }

    /** Has random nodes publish, so many messages a second, evenly. */
    void traffic(int perSecond, Duration duration) {
        long gap = Duration.ofSeconds(1).toNanos() / perSecond;
        for (long left = duration.toNanos() / gap; left > 0; left--) {
            publish(anyAlive());
            scheduler.advance(Duration.ofNanos(gap));
        }
    }

    /** Has nothing pass between two nodes; what is sent meanwhile arrives when the network heals. */
    void cut(int one, int another) {
        SimTransport first = nodes.get(one).transport;
        SimTransport second = nodes.get(another).transport;
        network.cut((from, to) -> from == first && to == second || from == second && to == first);
    }

    void pass(Duration duration) {
        scheduler.advance(duration);
    }

    /** What must not have happened. */
    List<String> complaints() {
        return complaints;
    }

    /** Where a node is. */
    PeerAddress address(int number) {
        return nodes.get(number).transport.address();
    }
}
