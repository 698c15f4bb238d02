// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.chaos.SimulatedChaos;
import org.ippan.network.dedup.SimulatedDedup;
import org.ippan.network.gossip.SimulatedGossip;
import org.ippan.network.health.SimulatedHealth;
import org.ippan.network.peers.SimulatedPeers;
import org.ippan.network.reputation.SimulatedReputation;
import org.ippan.network.testkit.SimNetwork;
import org.ippan.network.testkit.SimTransport;

/** One life of one node: the product's own cores, wired as its components wire them. */
public final class SimNode {

    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    final int number;
    final NodeTime time;
    final SimTransport transport;
    final SimulatedReputation reputation;
    final SimulatedPeers peers;
    final SimulatedGossip gossip;
    final MessageDeduplicator dedup;
    final SimulatedChaos chaos;
    private boolean alive = true;

    /**
     * What a node is made with.
     *
     * @param seed of all its chance
     * @param peers what its operator wrote about peers
     * @param gossip what about gossip
     */
    record Plan(long seed, Map<String, ?> peers, Map<String, ?> gossip) {
    }

    /** A node that is not started. */
    SimNode(SimNetwork network, int number, PeerId id, Plan plan) {
        this.number = number;
        this.time = new NodeTime(network.scheduler(), EPOCH);
        this.transport = network.node(id, ip(number));
        SplittableRandom random = new SplittableRandom(plan.seed());
        this.reputation = SimulatedReputation.create(time, random.split(), this::decided);
        HealthMonitor health = SimulatedHealth.create(time);
        this.peers = new SimulatedPeers(time, random.split(), new SimulatedPeers.Judges(reputation, health),
                plan.peers());
        this.dedup = SimulatedDedup.create(time, random.split(), Map.of());
        this.gossip = new SimulatedGossip(time, random.split(), plan.gossip(), peers::networkTag);
        gossip.serve(dedup, reputation);
        this.chaos = new SimulatedChaos(time, new SplittableRandom(plan.seed()), peers::faults);
    }

    /** Where the node of a number is. */
    static String ip(int number) {
        return "10." + (number >> 16) + "." + (number >> 8 & 0xFF) + "." + (number & 0xFF);
    }

    private void decided(NetworkEvent event) {
        if (event.type() == EventType.PEER_BANNED) {
            event.peer().ifPresent(peers::banned);
        }
    }

    /** Begins to listen and to dial; what comes goes to this protocol, as a rule the node's own gossip. */
    void start(ProtocolHandler protocol) {
        peers.start(transport, protocol);
    }

    /** The process is killed: its peers see their connections reset. */
    void crash() {
        alive = false;
        time.kill();
        transport.crash();
    }

    /** The machine is gone: nobody is told. */
    void vanish() {
        alive = false;
        time.kill();
        transport.vanish();
    }

    boolean isAlive() {
        return alive;
    }

    PeerId id() {
        return transport.identity().id();
    }
}
