// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sends a node its bodies while so many come at once that every link brings what is known, each for a moment. */
class FeedTest {

    private static final int MANY = 200;
    private static final Duration AFTER_T1 = Duration.ofMillis(300);
    /** So often, in half a second each, a link brings duplicates at most before it is pruned. */
    private static final int OFTEN = 22;
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(20);

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1, Map.of("floodMaxPeers", "0", "graftCooldownMillis", "1000"));
    private final FakeNode elsewhere = new FakeNode(time, 9);
    private FakeLink bob;
    private FakeLink carol;
    private FakeLink dave;

    @BeforeEach
    void connect() {
        elsewhere.connect(new FakeNode(time, 8));
        bob = alice.connect(new FakeNode(time, 2));
        carol = alice.connect(new FakeNode(time, 3));
        dave = alice.connect(new FakeNode(time, 4));
        List.of(bob, carol, dave).forEach(link -> link.other.receiver = null);
    }

    /** A message of another node, as it comes over a link. */
    private ByteBuffer body(String text) {
        MessageId id = elsewhere.publish(text).id().orElseThrow();
        return elsewhere.body(id);
    }

    private void give(FakeLink link, ByteBuffer body, int times) {
        for (int i = 0; i < times; i++) {
            link.give(FrameType.GOSSIP, 0, body.duplicate());
        }
    }

    /** They come for so long that the link is pruned. */
    private void giveForLong(FakeLink link, ByteBuffer body) {
        long before = link.carried(FrameType.PRUNE);
        for (int i = 0; i < OFTEN && link.carried(FrameType.PRUNE) == before; i++) {
            give(link, body, MANY);
            time.advance(STEP);
        }
    }

    private MessageId announce(FakeLink link, String text) {
        MessageId id = elsewhere.publish(text).id().orElseThrow();
        link.give(ControlCodec.ihave(List.of(new Announcement(id, 10, 0))));
        return id;
    }

    private long prunes() {
        time.advance(SOON);
        return bob.carried(FrameType.PRUNE) + carol.carried(FrameType.PRUNE) + dave.carried(FrameType.PRUNE);
    }

    @Test
    void shouldKeepTheLastPeerThatSendsItBodies() {
        ByteBuffer known = body("x");
        give(bob, known, 1);

        for (FakeLink link : List.of(bob, carol, dave)) {
            giveForLong(link, known);
        }

        assertEquals(2, prunes());
        assertEquals(1, alice.snapshot().eagerLinks());
    }

    @Test
    void shouldAskAPeerOnceForAllThatIsUnderWay() {
        ByteBuffer known = body("x");

        giveForLong(bob, known);
        give(bob, known, MANY);
        assertEquals(1, prunes());
        time.advance(Duration.ofSeconds(1));
        giveForLong(bob, known);

        assertEquals(2, prunes());
    }

    @Test
    void shouldKeepALinkItTookInUntilWhatWasUnderWayHasCome() {
        ByteBuffer known = body("x");
        announce(bob, "missing");
        time.advance(AFTER_T1);
        assertEquals(1, bob.carried(FrameType.GRAFT));

        give(bob, known, MANY);
        assertEquals(0, prunes());
        giveForLong(bob, known);

        assertEquals(1, prunes());
    }

    @Test
    void shouldKeepALinkThePeerTookIn() {
        ByteBuffer known = body("x");
        give(bob, known, 1);
        IdKey held = new IdKey(elsewhere.publish("x").id().orElseThrow());

        carol.give(ControlCodec.graft(held));
        time.advance(SOON);
        give(carol, known, MANY);

        assertEquals(0, prunes());
    }

    /** What it asked for in vain comes as an answer all the same: the peer did as it was told. */
    @Test
    void shouldBlameNoPeerForAnswers() {
        announce(dave, "takes the one graft");
        announce(bob, "late");
        time.advance(AFTER_T1);
        assertEquals(1, bob.carried(FrameType.IWANT));
        ByteBuffer late = body("late");

        give(carol, late, 1);
        time.advance(SOON);
        for (int i = 0; i < MANY; i++) {
            bob.give(FrameType.GOSSIP, FrameType.SOLICITED, late.duplicate());
        }

        assertEquals(0, prunes());
        assertEquals(List.of("late"), alice.received);
        assertTrue(alice.snapshot().duplicates() >= MANY);
    }
}
