// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.SimLimits;
import org.ippan.network.testkit.SimNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links between nodes: one for each peer, within limits, for protocols that come and go. */
class LinksTest {

    @TempDir
    private Path state;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SimNetwork network = new SimNetwork(scheduler, 1);
    private int numbers;

    private TestNode node(long number) {
        return new TestNode(network, Peers.peer(number), "10.0." + number + ".1", state.resolve("n" + number), number);
    }

    private void pass(double seconds) {
        scheduler.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /* The duplicate rule */

    /** F21: both ends dial at once, a thousand times; exactly one connection each time, and no loop. */
    @Test
    void shouldEndWithOneConnectionWhenBothDialAtOnce() {
        for (int seed = 0; seed < 1000; seed++) {
            dialEachOther(seed, true);
        }
    }

    @Test
    void shouldEndWithOneConnectionInPlaintextToo() {
        for (int seed = 0; seed < 100; seed++) {
            dialEachOther(seed, false);
        }
    }

    private void dialEachOther(int seed, boolean tls) {
        ManualScheduler time = new ManualScheduler();
        SimNetwork wire = new SimNetwork(time, seed);
        wire.delay(Duration.ofMillis(1 + seed % 50), 0.9);
        Random ids = new Random(seed);
        TestNode one = new TestNode(wire, Peers.peer(ids.nextLong()), "10.0.0.1", state.resolve("one"), seed);
        TestNode two = new TestNode(wire, Peers.peer(ids.nextLong()), "10.0.0.2", state.resolve("two"), ~seed);
        one.transport.authenticated(tls);
        two.transport.authenticated(tls);
        one.seeds(two.address().toString()).start();
        time.advance(Duration.ofMillis(ids.nextInt(20)));
        two.seeds(one.address().toString()).start();

        time.advance(Duration.ofSeconds(8));

        String run = "seed " + seed;
        assertEquals(1, one.sockets(), run);
        assertEquals(1, two.sockets(), run);
        assertEquals(1, one.connected(), run);
        assertTrue(one.operations.snapshot().dials() + two.operations.snapshot().dials() <= 4, run);
        assertEquals(List.of(), one.reputation.records, run);
        assertEquals(List.of(), two.reputation.records, run);
    }

    private RawPeer raw(long number, String ip) {
        return new RawPeer(network.node(Peers.peer(number), ip));
    }

    /** Another connection of the same peer, perhaps of another start of it. */
    private RawPeer again(RawPeer first, long instance) {
        RawPeer second = new RawPeer(first.transport);
        Hello hello = RawPeer.hello(first.id);
        second.ownHello = new Hello(1, 1, hello.networkTag(), 0, 0, 1 << 20, first.id, instance, new byte[32], 9700, "")
                .encode();
        return second;
    }

    @Test
    void shouldKeepTheNewerConnectionOfAPeerThatStartedAgain() {
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer first = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        RawPeer second = again(first, 99).dial(node.address());
        pass(3);

        assertEquals(GoodbyeReason.DUPLICATE, first.goodbye);
        assertEquals(null, second.goodbye);
        assertEquals(1, node.sockets());
        assertEquals(1, node.operations.snapshot().duplicatesClosed());
        assertEquals(List.of(EventType.PEER_UP), node.events.stream().map(NetworkEvent::type).toList());
    }

    @Test
    void shouldKeepTheOlderOfTwoConnectionsOfTheSameStart() {
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer first = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        pass(3);

        assertEquals(GoodbyeReason.DUPLICATE, second.goodbye);
        assertEquals(null, first.goodbye);
        assertEquals(1, node.connected());
    }

    @Test
    void shouldKeepTheOlderInPlaintextWhileItAnswers() {
        TestNode node = node(1);
        node.transport.authenticated(false);
        node.start();
        pass(0.1);
        RawPeer first = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        RawPeer second = again(first, 99).dial(node.address());
        pass(3);

        assertEquals(GoodbyeReason.DUPLICATE, second.goodbye);
        assertEquals(null, first.goodbye);
    }

    @Test
    void shouldTakeTheNewerInPlaintextWhenTheOlderIsSilent() {
        TestNode node = node(1);
        node.transport.authenticated(false);
        node.start();
        pass(0.1);
        RawPeer first = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);
        first.answersPings = false;

        RawPeer second = again(first, 99).dial(node.address());
        pass(8);

        assertEquals(null, second.goodbye);
        assertTrue(second.heard.contains("PING"));
        assertEquals(1, node.connected());
        assertEquals(1, node.sockets());
    }

    @Test
    void shouldNotDialAnAddressWhosePeerIsConnectedOtherwise() {
        TestNode node = node(1).start();
        TestNode other = node(2).seeds(node.address().toString()).start();
        pass(1);
        assertEquals(1, node.connected());

        node.seeds(other.address().toString() + "#" + other.id());
        pass(30);

        assertEquals(0, node.operations.snapshot().dials());
        assertEquals(1, node.sockets());
    }

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
            node.transport.connections().get(0).offer(frame, false);
        }
        pass(0.1);

        peer.transport.crash();
        pass(0.02);

        assertEquals(List.of("failure " + peer.id.shortForm() + " CONNECTION_RESET"), node.reputation.records);
    }

    /* Protocols */

    @Test
    void shouldSkipFramesWithoutAHandlerAndHandThemOverWhenItReturns() {
        TestNode node = node(1).start();
        FakeHandler handler = new FakeHandler();
        node.core.route(Routing.of(List.of(handler)));
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);
        node.core.route(Routing.NONE);
        pass(0.1);
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);
        FakeHandler next = new FakeHandler();
        node.core.route(Routing.of(List.of(next)));
        pass(0.1);
        peer.send(FrameType.PRUNE, new byte[2]);
        peer.send(FrameType.PEERS_REQ, new byte[] {1});
        pass(0.1);

        assertEquals(List.of("up fresh", "PRUNE 0 2"), handler.told);
        assertEquals(List.of("up", "PRUNE 0 2"), next.told);
        assertEquals(2, node.operations.snapshot().framesWithoutHandler());
        assertEquals(1, node.connected());
        assertEquals(List.of(), node.reputation.records);
    }

    @Test
    void shouldGiveEachTypeToTheMostImportantHandler() {
        FakeHandler first = new FakeHandler();
        FakeHandler second = new FakeHandler();

        Routing routing = Routing.of(List.of(first, second));

        assertEquals(List.of(first), routing.handlers());
        assertEquals(5000, routing.maxMessageBytes());
    }

    @Test
    void shouldPunishWhatAProtocolFindsMalformed() {
        TestNode node = node(1).start();
        FakeHandler handler = new FakeHandler();
        handler.malformed = "nonsense";
        node.core.route(Routing.of(List.of(handler)));
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        peer.send(FrameType.PRUNE, new byte[2]);
        peer.send(FrameType.PRUNE, new byte[2]);
        pass(0.1);

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, peer.goodbye);
        assertEquals(List.of("up fresh", "PRUNE 0 2", "down"), handler.told);
        assertEquals(List.of("invalid " + peer.id.shortForm() + " PROTOCOL_ERROR"), node.reputation.records);
    }

    @Test
    void shouldKeepTheLinkWhenAReceiverThrows() {
        TestNode node = node(1).start();
        FakeHandler handler = new FakeHandler();
        handler.throwing = new IllegalStateException("a mistake of ours");
        node.core.route(Routing.of(List.of(handler)));
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        for (int i = 0; i < 100; i++) {
            peer.send(FrameType.PRUNE, new byte[2]);
        }
        pass(0.1);

        assertEquals(1, node.connected());
        assertEquals(101, handler.told.size());
        assertEquals(List.of(), node.reputation.records);
        assertTrue(node.log.stream().filter(line -> line.contains("a mistake of ours")).count() <= 4);
    }

    @Test
    void shouldTellReceiversOfWhatBecameOfTheirFrames() {
        TestNode node = node(1).start();
        FakeHandler handler = new FakeHandler();
        node.core.route(Routing.of(List.of(handler)));
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        handler.links.get(0).offer(OutboundFrame.gossip(FrameClass.NORMAL, Peers.messageId(1), new byte[21],
                new byte[5], 8, 0, 0), true);
        pass(0.1);
        handler.links.get(0).close(GoodbyeReason.RATE_LIMIT, "enough");
        pass(0.1);

        assertEquals(List.of("up fresh", "written", "down"), handler.told);
        assertEquals(GoodbyeReason.RATE_LIMIT, peer.goodbye);
        assertFalse(handler.links.get(0).offer(OutboundFrame.control(FrameType.PRUNE, new byte[2]), false));
    }

    @Test
    void shouldIgnoreHeartbeatsOverTheirRateAndCloseOnlyAfterThirtySeconds() {
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer peer = raw(2, "10.0.2.1").dial(node.address());
        pass(0.5);

        for (int i = 0; i < 250; i++) {
            peer.send(FrameType.PING, new byte[8]);
            pass(0.1);
        }
        boolean early = peer.goodbye != null;
        long pongs = peer.heard.stream().filter("PONG"::equals).count();
        for (int i = 0; i < 150; i++) {
            peer.send(FrameType.PING, new byte[8]);
            pass(0.1);
        }

        assertFalse(early);
        assertTrue(pongs >= 55 && pongs <= 65, pongs + " answers");
        assertEquals(GoodbyeReason.RATE_LIMIT, peer.goodbye);
        assertEquals(List.of("failure " + peer.id.shortForm() + " RATE_LIMIT"), node.reputation.records);
    }

    /* Faults the transport finds */

    @Test
    void shouldTurnEachFaultIntoItsReasonAndItsPrice() {
        fault(ConnectionFault.BAD_FRAME, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.UNKNOWN_TYPE, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.BAD_STATE, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.BAD_LENGTH, GoodbyeReason.PROTOCOL_ERROR, "invalid", " PROTOCOL_ERROR");
        fault(ConnectionFault.FRAME_STALLED, GoodbyeReason.TIMEOUT, "failure", " FRAME_STALLED");
        fault(ConnectionFault.WRITE_STALLED, GoodbyeReason.SLOW_PEER, "failure", " WRITE_STALLED");
        fault(ConnectionFault.KEY_UPDATES, GoodbyeReason.RATE_LIMIT, "failure", " RATE_LIMIT");
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

    /* The end */

    @Test
    void shouldCloseLinksOfATransportThatGoesAndDialAgainWhenItReturns() {
        TestNode other = node(2).start();
        TestNode node = node(1).seeds(other.address().toString()).start();
        pass(1);

        node.core.removeTransport(PeerAddress.TCP, node.transport);
        pass(5);
        int without = node.connected();
        node.core.addTransport(PeerAddress.TCP, node.transport);
        pass(2);

        assertEquals(0, without);
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
