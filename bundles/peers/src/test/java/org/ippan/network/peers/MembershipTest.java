// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener hears of the peers of a node. */
class MembershipTest extends Simulation {

    private final List<String> heard = new ArrayList<>();
    private final PeerListener listener = new PeerListener() {
        @Override
        public void onUp(Peer peer) {
            heard.add("up " + peer.name());
        }

        @Override
        public void onDown(Peer peer, String why) {
            heard.add("down " + peer.name() + (why.isEmpty() ? " for no reason" : ""));
        }

        @Override
        public void onLeft(Peer peer, String why) {
            heard.add("left " + peer.name() + (why.isEmpty() ? " for no reason" : ""));
        }
    };
    private TestNode other;
    private TestNode node;
    private Membership membership;
    private String name;

    @BeforeEach
    void link() {
        other = node(2).start();
        node = node(1).seeds(other.address().toString()).start();
        pass(2);
        name = node.operations.peer(other.id()).orElseThrow().name();
        membership = new Membership(listener, node.operations);
        membership.begin(node.listeners);
    }

    @Test
    void shouldTellALateListenerWhoIsConnected() {
        assertEquals(List.of("up " + name), heard);
    }

    @Test
    void shouldTellWhenAPeerIsLostAndWhenItIsBack() {
        other.transport.crash();
        pass(120);
        assertEquals(List.of("up " + name, "down " + name), heard);

        node(2).start();
        pass(600);

        assertEquals(List.of("up " + name, "down " + name, "up " + name), heard);
    }

    @Test
    void shouldTellAGoodbyeFromALoss() {
        other.core.stop();
        pass(1);

        assertEquals(List.of("up " + name, "left " + name), heard);
    }

    @Test
    void shouldTellEachChangeOnceWhateverOverlaps() {
        NetworkEvent up = NetworkEvent.of(EventType.PEER_UP, other.id(), "again");
        membership.onEvent(up);
        other.core.stop();
        pass(1);
        membership.onEvent(up);
        membership.onEvent(NetworkEvent.of(EventType.PEER_DOWN, other.id(), "again"));

        assertEquals(List.of("up " + name, "left " + name), heard);
    }

    @Test
    void shouldTellNothingAfterItWasTakenBack() {
        node.listeners.remove(membership);
        other.core.stop();
        pass(1);

        assertEquals(List.of("up " + name), heard);
        assertTrue(node.log.stream().noneMatch(line -> line.contains("Listener")), node.log.toString());
    }
}
