// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.peers.wire.Goodbye;
import org.junit.jupiter.api.Test;

/** Two living nodes with one identity: one stays connected, the other is told and comes back later each time. */
class TwinsTest extends Reconnection {

    @Test
    void shouldSendAnInstanceAwayThatComesBackAfterItGaveWay() {
        TestNode node = node(1);
        RawPeer first = linked(node);
        RawPeer second = again(first, 99).dial(node.address());
        pass(1);

        RawPeer back = again(first, first.id.word1()).dial(node.address());
        pass(1);

        assertEquals(GoodbyeReason.DUPLICATE, back.goodbye);
        assertEquals(10, back.retryAfter);
        assertEquals(null, second.goodbye);
        assertEquals(first.id.shortForm() + " at 10.0.2.1:", node.operations.snapshot().sharedIdentities()
                .replaceAll("[0-9]+ and .*", ""));
        assertTrue(node.log.stream().anyMatch(line -> line.startsWith("Two living nodes use the identity")),
                node.log.toString());
    }

    @Test
    void shouldSendTheSecondOfTwoLivingInstancesAwayForLongerEachTime() {
        TestNode node = node(1);
        RawPeer first = linked(node);
        again(first, 99).dial(node.address());
        pass(1);
        List<Long> waits = new ArrayList<>();

        for (int i = 0; i < 8; i++) {
            RawPeer back = again(first, first.id.word1()).dial(node.address());
            pass(2);
            waits.add(back.retryAfter);
        }

        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 600L, 600L), waits);
        pass(16 * 60);
        assertEquals("", node.operations.snapshot().sharedIdentities());
    }

    @Test
    void shouldTakeAnInstanceBackWhenTheOtherIsGone() {
        TestNode node = node(1);
        RawPeer first = linked(node);
        RawPeer second = again(first, 99).dial(node.address());
        pass(1);
        second.answersPings = false;

        RawPeer back = again(first, first.id.word1()).dial(node.address());
        pass(2);

        assertEquals(null, back.goodbye);
        assertEquals("", node.operations.snapshot().sharedIdentities());
        assertEquals(1, node.connected());
    }

    @Test
    void shouldTellANodeThatItsIdentityIsUsedTwice() {
        TestNode hub = node(1).start();
        pass(0.1);
        TestNode one = node(2).seeds(hub.address().toString()).start();
        pass(3);
        TestNode two = new TestNode(network, one.id(), "10.0.9.1", state.resolve("copy"), 77)
                .seeds(hub.address().toString()).start();

        pass(30);

        assertEquals(1, hub.connected());
        assertEquals(1, one.connected() + two.connected());
        TestNode away = one.connected() == 0 ? one : two;
        assertEquals(hub.address().toString(), away.operations.snapshot().identityElsewhere());
        assertTrue(away.log.stream().anyMatch(line -> line.startsWith("Another living node uses the identity of this"
                + " node, as the peer at 10.0.1.1:9700 says: another living node uses your identity, from 10.0.")),
                away.log.toString());
        assertTrue(hub.operations.snapshot().duplicatesClosed() < 5, "it ends");
    }

    /** Else each stranger could have operators change the identity of a node. */
    @Test
    void shouldNotBelieveAStrangerThatItsIdentityIsUsedTwice() {
        TestNode node = node(1);
        RawPeer stranger = linked(node);

        stranger.connection.offer(new Goodbye(GoodbyeReason.DUPLICATE, 10, "another living node uses it").frame());
        pass(1);

        assertEquals(0, node.connected());
        assertEquals("", node.operations.snapshot().identityElsewhere());
        assertTrue(node.log.stream().noneMatch(line -> line.startsWith("Another living node")), node.log.toString());
    }

    @Test
    void shouldRecogniseItsOwnIdentityAtAnotherNode() {
        TestNode one = node(1).start();
        TestNode copy = new TestNode(network, one.id(), "10.0.9.1", state.resolve("copy"), 77)
                .seeds(one.address().toString()).start();

        pass(2);

        assertEquals("10.0.1.1:9700", copy.operations.snapshot().identityElsewhere());
        assertTrue(one.operations.snapshot().identityElsewhere().startsWith("10.0.9.1:"));
    }
}
