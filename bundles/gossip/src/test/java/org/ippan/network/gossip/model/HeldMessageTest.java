// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;
import org.ippan.network.gossip.wire.Seal;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

class HeldMessageTest {

    private final Room room = new Room(() -> { });
    private final Room.Share share = room.share(true);
    private final GossipLink from = new StillLink(TestIdentity.of(1).id()).gossip(3, 0, share, new Services());
    private final GossipLink other = StillLink.of(5, 0);
    private final MessageHeader header = new MessageHeader();

    private JudgedMessage message(int length, Packed packed) {
        return StillLink.held(1, header, length, packed, from);
    }

    @Test
    void shouldCountBothFormsOfAPayloadAndWhatStandsBesideIt() {
        JudgedMessage small = message(0, null);
        JudgedMessage large = message(100, new Packed(1, new byte[30]));

        assertTrue(small.cost() > 0);
        assertEquals(small.cost() + 130, large.cost());
        assertEquals(small.cost() + large.cost(), JudgedMessage.cost(new JudgedMessage[] {small, large}));
        assertEquals(30, large.packed().bytes().length);
        assertNull(small.packed());
    }

    @Test
    void shouldUseOneRoomAtATime() {
        JudgedMessage message = message(10, null);
        Room.Share next = new Room(() -> { }).share(true);

        message.enter(share);
        boolean first = room.bytes() == message.cost() && next.isUnused();
        message.enter(next);
        boolean second = share.isUnused() && next.messagesHeld() == 1;
        message.leave();
        message.leave();

        assertTrue(first && second);
        assertEquals(0, next.messagesHeld());
        assertEquals(0, room.bytes());
    }

    @Test
    void shouldKeepRoomForAllListenersTogetherUntilTheLastHasHadIt() {
        JudgedMessage message = message(10, null);

        message.hold();
        boolean atOnce = !share.isUnused();
        message.hold();
        message.release();
        List<Long> held = List.of((long) room.messages(), room.bytes());
        message.release();

        assertTrue(atOnce);
        assertEquals(List.of(1L, (long) message.cost()), held);
        assertTrue(share.isUnused());
    }

    @Test
    void shouldTellOnceWhoElseDeliveredItBeforeTheVerdict() {
        JudgedMessage message = message(10, null);

        assertTrue(message.deliveredAlsoBy(other));
        assertFalse(message.deliveredAlsoBy(other));
        assertNull(message.verdict());
        assertEquals(List.of(other), message.decide(Verdict.REJECT));
        assertFalse(message.deliveredAlsoBy(other));
        assertSame(Verdict.REJECT, message.verdict());
    }

    /** One that was accepted may wait for its turn: who brings it meanwhile is not sent it. */
    @Test
    void shouldKnowWhoBringsItAfterItWasAccepted() {
        JudgedMessage message = message(10, null);

        assertEquals(List.of(), message.decide(Verdict.ACCEPT));
        assertTrue(message.deliveredAlsoBy(other));
        assertEquals(1L << 3 | 1L << 5, message.known());
    }

    @Test
    void shouldKnowTheLinksThatBroughtItAsLongAsTheyAreUp() {
        JudgedMessage message = message(10, null);
        long alone = message.known();
        message.deliveredAlsoBy(other);
        long both = message.known();
        from.end();

        assertEquals(List.of(1L << 3, 1L << 3 | 1L << 5, 1L << 5), List.of(alone, both, message.known()));
    }

    @Test
    void shouldTellAListenerWhatItIs() {
        header.hops = 4;
        header.nonce = 5;
        header.number = 6;
        header.ageMillis = 7;
        header.solicited = true;
        JudgedMessage message = message(10, null);

        assertEquals(MessageId.of(1, 2, 3, 4), message.id());
        assertEquals(Topic.of("t"), message.topic());
        assertSame(Priority.HIGH, message.priority());
        assertEquals(List.of(4L, 5L, 6L), List.of((long) message.hops(), message.nonce(), message.number()));
        assertEquals(Duration.ofMillis(7 + 5), message.age(), "and half a round trip");
        assertEquals(from.peer(), message.deliveredBy());
        assertTrue(message.payload().isReadOnly() && message.payload().remaining() == 10);
        assertArrayEquals(message.content(), message.payloadBytes());
        assertNotSame(message.content(), message.payloadBytes());
        assertTrue(message.wasSolicited());
        header.solicited = false;
        assertFalse(message(10, null).wasSolicited());
    }

    @Test
    void shouldNameThePublisherOnlyIfTheSealIsGenuine() {
        TestIdentity publisher = TestIdentity.of(7);
        header.seal = Seal.seal(publisher, StillLink.held(1, header, 10, null, from), 5);

        assertEquals(Optional.empty(), message(10, null).publisher());
        header.genuine = true;
        assertEquals(Optional.of(publisher.id()), message(10, null).publisher());
        assertSame(header.seal, message(10, null).seal());
    }
}
