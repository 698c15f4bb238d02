// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.session.Session;
import org.ippan.network.testkit.SimLimits;
import org.junit.jupiter.api.Test;

/** Links: within limits, with peers of good repute, until something ends them. */
class LinksTest extends Simulation {

    private int numbers;
    private FakeReputation judged;

    /* Limits */

    @Test
    void shouldLimitConnectionsPerAddressAndSubnet() {
        TestNode node = node(1).set("exemptNets", List.of()).start();
        pass(0.1);
        List<RawPeer> sameHost = new ArrayList<>();
        for (int i = 10; i < 16; i++) {
            sameHost.add(raw(i, "192.0.2.7").dial(node.address()));
            pass(0.1);
        }
        List<RawPeer> sameNet = new ArrayList<>();
        for (int i = 20; i < 40; i++) {
            sameNet.add(raw(i, "192.0.2." + i).dial(node.address()));
            pass(0.1);
        }
        pass(1);

        assertEquals(4, sameHost.stream().filter(peer -> peer.goodbye == null).count());
        assertEquals(12, sameNet.stream().filter(peer -> peer.goodbye == null).count());
        assertEquals(16, node.connected());
    }

    @Test
    void shouldLimitConnectionsInAllButNeverConfiguredOnes() {
        RawPeer wanted = raw(9, "10.0.9.1");
        TestNode node = node(1).set("maxConnections", "2").seeds("10.0.9.1:9700#" + wanted.id).start();
        pass(0.1);
        List<RawPeer> strangers = new ArrayList<>();
        for (int i = 10; i < 14; i++) {
            strangers.add(raw(i, "10.1." + i + ".1").dial(node.address()));
            pass(0.1);
        }

        wanted.dial(node.address());
        pass(1);

        assertEquals(null, wanted.goodbye);
        assertEquals(2, strangers.stream().filter(peer -> peer.goodbye == GoodbyeReason.TOO_MANY).count());
        assertEquals(3, node.connected());
    }

    /* Reputation */

    @Test
    void shouldCloseTheLinkOfAPeerThatIsBanned() {
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        node.core.banned(peer.id);
        pass(0.1);

        assertEquals(GoodbyeReason.BANNED, peer.goodbye);
        assertEquals(List.of(EventType.PEER_UP, EventType.PEER_DOWN),
                node.events.stream().map(NetworkEvent::type).toList());
    }

    @Test
    void shouldKeepLinksWhileTheReputationServiceIsAway() {
        TestNode node = node(1).start();
        pass(0.1);
        raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        node.unjudged();
        RawPeer late = raw(3, "10.0.3.1").dial(node.address());
        pass(100);

        assertEquals(1, node.connected());
        assertEquals(GoodbyeReason.TOO_MANY, late.goodbye);
    }

    @Test
    void shouldTakePointsForAResetOnlyWhileDataWasQueued() {
        network.limits(SimLimits.DEFAULT.withWindow(100));
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);
        peer.connection.readable(false);
        OutboundFrame frame = OutboundFrame.control(FrameType.PRUNE, new byte[2]);
        for (int i = 0; i < 100; i++) {
            node.transport.connections().get(0).offer(frame);
        }
        pass(0.1);

        peer.transport.crash();
        pass(0.02);

        assertEquals(List.of("failure " + peer.id.shortForm() + " CONNECTION_RESET"), node.reputation.records);
    }

    /* Faults the transport finds */

    @Test
    void shouldTurnEachFaultIntoItsReasonAndItsPrice() {
        fault(ConnectionFault.BAD_FRAME, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.UNKNOWN_TYPE, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.BAD_STATE, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.BAD_LENGTH, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.FRAME_STALLED, GoodbyeReason.TIMEOUT, "failure", " FRAME_STALLED");
        fault(ConnectionFault.KEY_UPDATES, GoodbyeReason.RATE_LIMIT, "failure", " RATE_LIMIT");
        fault(ConnectionFault.CONTROL_RATE, GoodbyeReason.RATE_LIMIT, "failure", " RATE_LIMIT");
        assertEquals(7, numbers);
    }

    private void fault(ConnectionFault fault, GoodbyeReason reason, String kind, String cause) {
        TestNode node = node(100 + ++numbers).start();
        pass(0.1);
        RawPeer peer = raw(numbers, "10.1." + numbers + ".1").dial(node.address());
        pass(0.5);
        Session session = node.core.links().established().get(0);

        session.handler().fault(session.connection(), fault, "found");
        session.handler().fault(session.connection(), fault, "found again");
        pass(0.1);

        assertEquals(reason, peer.goodbye);
        assertEquals(List.of(kind + " " + peer.id.shortForm() + cause), node.reputation.records);
        node.core.stop();
    }

    private Session linkTo(RawPeer peer) {
        TestNode node = node(1).start();
        pass(0.1);
        peer.dial(node.address());
        pass(0.5);
        judged = node.reputation;
        return node.core.links().established().get(0);
    }

    private static void stall(Session session) {
        session.handler().fault(session.connection(), ConnectionFault.WRITE_STALLED, "nothing was taken");
    }

    @Test
    void shouldNeitherCloseNorBlameAPeerThatTakesNothingWhileItIsAlive() {
        RawPeer peer = raw(2, "10.0.2.1");
        Session session = linkTo(peer);
        pass(4.9);
        peer.send(FrameType.PING, new byte[8]);
        pass(4.9);

        stall(session);
        pass(0.1);

        assertEquals(null, peer.goodbye);
        assertEquals(List.of(), judged.records);
        session.handler().fault(session.connection(), ConnectionFault.BAD_FRAME, "found");
        pass(0.1);
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, peer.goodbye);
    }

    @Test
    void shouldCloseAPeerThatTakesNothingAndIsSilent() {
        RawPeer peer = raw(2, "10.0.2.1");
        Session session = linkTo(peer);
        pass(5.1);

        stall(session);
        stall(session);
        pass(0.1);

        assertEquals(GoodbyeReason.SLOW_PEER, peer.goodbye);
        assertEquals(List.of("failure " + peer.id.shortForm() + " WRITE_STALLED"), judged.records);
    }

    @Test
    void shouldKeepAPeerThatTakesNothingWhileThisNodeDoesNotRead() {
        RawPeer peer = raw(2, "10.0.2.1");
        Session session = linkTo(peer);
        session.link().readable(false);
        pass(10);

        stall(session);
        pass(0.1);

        assertEquals(null, peer.goodbye);
        assertEquals(List.of(), judged.records);
    }

    /* The end */

    @Test
    void shouldCloseLinksOfATransportThatGoesAndDialAgainWhenItReturns() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();
        pass(1);

        node.core.removeTransport(node.transport);
        pass(5);
        int without = node.connected();
        node.core.addTransport(Set.of(PeerAddress.TCP), node.transport);
        pass(2);

        assertEquals(0, without);
        assertEquals(1, node.connected());
    }

    /** What a transport dials follows its configuration; links of other schemes know nothing of it. */
    @Test
    void shouldCloseOnlyLinksOfTheSchemesThatATransportDialsNoMore() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();
        pass(1);

        node.core.addTransport(Set.of(PeerAddress.TCP, "ws", "wss"), node.transport);
        pass(1);
        node.core.addTransport(Set.of(PeerAddress.TCP), node.transport);
        pass(1);
        assertEquals(1, node.connected());
        assertTrue(node.events.stream().noneMatch(event -> event.type() == EventType.PEER_DOWN), "a link fell");

        node.core.addTransport(Set.of("ws"), node.transport);
        pass(1);

        assertTrue(node.events.stream().anyMatch(event -> event.type() == EventType.PEER_DOWN), "no link fell");
    }

    /** As where WebSocket is switched off while a peer is dialled. */
    @Test
    void shouldLeaveNoLinkThatWasBeingDialledWhenItsSchemeWent() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();
        for (int i = 0; i < 1000 && node.operations.peers().stream().noneMatch(each -> each.state()
                == PeerState.DIALLING); i++) {
            pass(0.001);
        }
        assertEquals(0, node.sockets());

        node.core.addTransport(Set.of("ws"), node.transport);
        pass(2);

        assertEquals(0, node.sockets());
        assertEquals(0, node.connected());
        node.core.addTransport(Set.of(PeerAddress.TCP), node.transport);
        pass(10);
        assertEquals(1, node.connected());
    }

    @Test
    void shouldSayGoodbyeToEveryoneWhenItStops() {
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        var stopped = node.core.stop();
        pass(2.1);

        assertTrue(stopped.isDone());
        assertEquals(GoodbyeReason.SHUTDOWN, peer.goodbye);
        assertEquals(0, node.sockets());
        assertEquals(PeerAddress.tcp("10.0.1.1", 9700), node.address());
        assertTrue(node.transport.listenAddress().isEmpty());
    }
}
