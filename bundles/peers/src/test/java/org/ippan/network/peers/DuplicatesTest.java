// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.SimConnection;
import org.ippan.network.testkit.SimNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two connections between the same two nodes: one stays, and both ends agree which. */
class DuplicatesTest extends Reconnection {

    /** Both ends dial at once, a thousand times; exactly one connection each time, and no loop. */
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

    @Test
    void shouldKeepTheNewerConnectionOfAPeerThatStartedAgain() {
        TestNode node = node(1);
        RawPeer first = linked(node);

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
        TestNode node = node(1);
        RawPeer first = linked(node);

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        pass(3);

        assertEquals(GoodbyeReason.DUPLICATE, second.goodbye);
        assertEquals(null, first.goodbye);
        assertEquals(1, node.connected());
    }

    /** The peer's end broke, and this node has not heard of it. */
    @Test
    void shouldTakeTheNewerOfTheSameStartWhenTheOlderIsSilent() {
        TestNode node = node(1);
        RawPeer first = linked(node);
        first.answersPings = false;

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        pass(3);

        assertEquals(null, second.goodbye);
        assertEquals(GoodbyeReason.DUPLICATE, first.goodbye);
        assertEquals(1, node.connected());
        assertEquals(1, node.sockets());
        assertEquals(List.of(EventType.PEER_UP), node.events.stream().map(NetworkEvent::type).toList());
    }

    /** The first round trip of the older link is still measured, or was lost on the way. */
    @Test
    void shouldTakeTheNewerWithinThreeSecondsWhateverIsKnownOfTheOlder() {
        TestNode node = node(1).start();
        pass(0.1);
        RawPeer first = raw(2, "10.0.2.1");
        first.answersPings = false;
        first.dial(node.address());
        pass(0.5);

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        pass(1.2);

        assertEquals(GoodbyeReason.DUPLICATE, first.goodbye);
        assertEquals(null, second.goodbye);
        assertEquals(1, node.connected());
    }

    @Test
    void shouldKeepTheOlderWhileAnyByteComesOverIt() {
        TestNode node = node(1);
        RawPeer first = linked(node);
        first.answersPings = false;

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        pass(0.5);
        first.send(FrameType.PONG, new byte[8]);
        pass(1);

        assertEquals(GoodbyeReason.DUPLICATE, second.goodbye);
        assertEquals(null, first.goodbye);
    }

    @Test
    void shouldKeepTheOlderWhileThisNodeDoesNotReadIt() {
        TestNode node = node(1);
        FakeHandler handler = new FakeHandler();
        node.core.route(Routing.of(List.of(handler)));
        RawPeer first = linked(node);
        handler.links.get(0).readable(false);

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        pass(2);

        assertEquals(GoodbyeReason.DUPLICATE, second.goodbye);
        assertEquals(null, first.goodbye);
    }

    @Test
    void shouldKeepOneOfSeveralConnectionsThatWaitForTheOlderToAnswer() {
        TestNode node = node(1);
        RawPeer first = linked(node);
        first.answersPings = false;

        RawPeer second = again(first, first.id.word1()).dial(node.address());
        RawPeer third = again(first, first.id.word1()).dial(node.address());
        pass(5);

        assertEquals(null, second.goodbye);
        assertEquals(GoodbyeReason.DUPLICATE, third.goodbye);
        assertEquals(1, node.sockets());
    }

    /** Whichever id is the smaller, and whichever end had dialled the link that ended at one end alone. */
    @ParameterizedTest
    @CsvSource({"1,true", "1,false", "2,true", "2,false"})
    void shouldLinkAgainAtOnceWhenOneEndDoesNotHearThatTheLinkEnded(int dialling, boolean breaksItself) {
        TestNode one = node(dialling);
        TestNode two = node(3 - dialling).start();
        one.seeds(two.address().toString()).start();
        pass(20);
        TestNode breaking = breaksItself ? one : two;
        TestNode other = breaksItself ? two : one;

        network.cut((from, to) -> true);
        breaking.transport.connections().forEach(SimConnection::abort);
        pass(0.01);
        network.heal();
        breaking.seeds(other.address().toString());
        pass(3);

        assertEquals(1, one.connected());
        assertEquals(1, two.connected());
        assertSame(link(one).otherEnd(), link(two));
    }

    private static SimConnection link(TestNode node) {
        return (SimConnection) node.core.links().established().get(0).connection();
    }

    @Test
    void shouldKeepTheOlderInPlaintextWhileItAnswers() {
        TestNode node = node(1);
        node.transport.authenticated(false);
        RawPeer first = linked(node);

        RawPeer second = again(first, 99).dial(node.address());
        pass(3);

        assertEquals(GoodbyeReason.DUPLICATE, second.goodbye);
        assertEquals(null, first.goodbye);
    }

    @Test
    void shouldTakeTheNewerInPlaintextWhenTheOlderIsSilent() {
        TestNode node = node(1);
        node.transport.authenticated(false);
        RawPeer first = linked(node);
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
}
