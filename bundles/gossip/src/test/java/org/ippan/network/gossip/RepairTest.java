// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Bodies that were dropped or held back: announced, asked for, served. */
class RepairTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);

    @Test
    void shouldRepairWhatWasOnlyAnnounced() {
        bob.set("relayMode", "flood");
        announceOnly(alice.connect(bob));

        for (int i = 0; i < 500; i++) {
            assertEquals(Status.ACCEPTED, alice.publish("m" + i).status());
        }
        time.advance(Duration.ofSeconds(10));

        assertEquals(500, bob.received.size());
        assertEquals(500, new HashSet<>(bob.received).size());
        assertEquals(500, bob.snapshot().repaired());
        assertEquals(0, bob.snapshot().wanted());
        assertEquals(0, alice.outbound(0).askedBytes());
    }

    @Test
    void shouldAnnounceInsteadOfSendingWhereThePeerWantsNoBodies() {
        FakeLink link = bob.connect(alice).other;
        FakeNode carol = new FakeNode(time, 3);
        carol.connect(bob);
        announceOnly(link.other);

        carol.publish("x");
        time.advance(Duration.ofMillis(100));
        long bodies = link.other.carried(FrameType.GOSSIP);
        time.advance(Duration.ofSeconds(2));

        assertEquals(0, bodies);
        assertEquals(List.of("x"), alice.received);
        assertEquals(1, bob.snapshot().announced());
        assertEquals(1, alice.snapshot().repaired());
    }

    @Test
    void shouldAskTheNextAnnouncerWhenOneCannotServe() {
        alice.set("relayMode", "flood");
        FakeLink toBob = alice.connect(bob);
        FakeNode carol = new FakeNode(time, 3);
        FakeLink toCarol = alice.connect(carol);
        toBob.roundTrip = Duration.ofMillis(1);
        MessageId id = Peers.messageId(1);

        announce(toBob, id);
        announce(toCarol, id);
        time.advance(Duration.ofMillis(280));
        long askedBob = toBob.carried(FrameType.IWANT);
        time.advance(Duration.ofMillis(50));

        assertEquals(1, askedBob);
        assertEquals(1, toCarol.carried(FrameType.IWANT));
        assertEquals(1, alice.snapshot().missed());
        assertEquals(0, alice.snapshot().wanted());
    }

    @Test
    void shouldAskTheNextAnnouncerWhenOneDoesNotAnswer() {
        alice.set("relayMode", "flood");
        FakeLink toBob = alice.connect(bob);
        FakeNode carol = new FakeNode(time, 3);
        FakeLink toCarol = alice.connect(carol);
        toBob.roundTrip = Duration.ofMillis(1);
        time.advance(Duration.ofMillis(100));
        toBob.other.receiver = null;
        MessageId id = carol.publish("x").id().orElseThrow();
        FakeNode dave = new FakeNode(time, 4);
        FakeLink toDave = dave.connect(alice).other;
        time.advance(Duration.ofMillis(20));

        announce(toBob, Peers.messageId(5));
        announce(toDave, Peers.messageId(5));
        time.advance(Duration.ofMillis(400));
        assertEquals(0, toDave.carried(FrameType.IWANT));
        time.advance(Duration.ofSeconds(3));

        assertEquals(1, toBob.carried(FrameType.IWANT));
        assertEquals(1, toDave.carried(FrameType.IWANT));
        assertEquals(0, alice.core.wanted.requested());
        assertTrue(alice.dedup.hasSeen(id));
    }

    /** The peer asks for announcements, and for a while not for more. */
    private void announceOnly(FakeLink link) {
        link.give(ControlCodec.pruneFor(10));
        time.runDue();
    }

    private void announce(FakeLink link, MessageId id) {
        link.give(ControlCodec.ihave(List.of(new Announcement(id, 10, 0))));
    }

    @Test
    void shouldAskAnotherAnnouncerAtOnceWhenALinkGoesDown() {
        FakeLink toBob = alice.connect(bob);
        FakeNode carol = new FakeNode(time, 3);
        FakeLink toCarol = alice.connect(carol);
        toBob.roundTrip = Duration.ofMillis(1);
        toBob.other.receiver = null;
        announce(toBob, Peers.messageId(1));
        announce(toCarol, Peers.messageId(1));
        time.advance(Duration.ofMillis(300));
        long before = toCarol.carried(FrameType.IWANT);

        toBob.close(null, "");
        time.advance(Duration.ofMillis(1));

        assertEquals(0, before);
        assertEquals(1, toCarol.carried(FrameType.IWANT));
    }

    @Test
    void shouldServeAnIdAtMostThreeTimesToALink() {
        FakeLink link = alice.connect(bob);
        MessageId id = alice.publish("x").id().orElseThrow();
        time.advance(Duration.ofMillis(100));

        for (int i = 0; i < 10; i++) {
            link.give(ControlCodec.ids(FrameType.IWANT, List.of(new IdKey(id))));
        }
        time.advance(Duration.ofMillis(100));

        assertEquals(1 + 3, link.carried(FrameType.GOSSIP));
        assertEquals(7, link.carried(FrameType.MISSING));
        assertEquals(List.of("x"), bob.received);
        assertNull(link.offence);
    }

    @Test
    void shouldServeAsFastAsTheSocketTakes() {
        FakeLink link = alice.connect(bob);
        link.fillBytes = 1000;
        link.frameTime = Duration.ofMillis(1);
        FakeNode carol = new FakeNode(time, 3);
        alice.connect(carol);
        announceOnly(link);
        List<IdKey> ids = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            carol.publish("m" + i).id().ifPresent(id -> ids.add(new IdKey(id)));
        }
        time.advance(Duration.ofMillis(50));

        link.give(ControlCodec.ids(FrameType.IWANT, ids));
        time.advance(Duration.ofMillis(150));
        assertTrue(alice.outbound(0).askedBytes() > 0);
        time.advance(Duration.ofSeconds(3));

        assertEquals(600, ids.size());
        assertEquals(600, bob.received.size());
        assertEquals(0, link.carried(FrameType.MISSING));
        assertEquals(0, alice.outbound(0).askedBytes());
    }

    @Test
    void shouldAnnounceToARandomChoiceWhenThereAreManyLinks() {
        alice.set("announceFanout", "2");
        List<FakeNode> others = new ArrayList<>();
        FakeNode source = new FakeNode(time, 50);
        source.connect(alice);
        for (int i = 0; i < 6; i++) {
            FakeNode other = new FakeNode(time, 10 + i);
            announceOnly(alice.connect(other));
            others.add(other);
        }

        source.publish("x");
        time.advance(Duration.ofMillis(180));
        long told = alice.links.stream().filter(link -> link.carried(FrameType.IHAVE) > 0).count();
        time.advance(Duration.ofSeconds(3));

        assertTrue(told >= 2 && told <= 4, "told " + told);
        others.forEach(other -> assertEquals(List.of("x"), other.received));
    }

    @Test
    void shouldAnswerAGraftWithTheMessageOrMissing() {
        FakeLink link = alice.connect(bob);
        MessageId id = alice.publish("x").id().orElseThrow();
        time.advance(Duration.ofMillis(100));
        link.give(ControlCodec.pruneFor(10));

        link.give(ControlCodec.graft(new IdKey(id)));
        link.give(ControlCodec.graft(new IdKey(Peers.messageId(3))));
        time.advance(Duration.ofMillis(100));

        assertTrue(alice.link(0).isEager());
        assertEquals(2, link.carried(FrameType.GOSSIP));
        assertEquals(1, link.carried(FrameType.MISSING));
    }

    @Test
    void shouldAnswerAGraftWithPruneWhenThePeerIsWarned() {
        FakeLink link = alice.connect(bob);
        MessageId id = alice.publish("x").id().orElseThrow();
        time.advance(Duration.ofMillis(100));
        for (int i = 0; i < 6; i++) {
            alice.reputation.recordInvalid(bob.id, null);
        }

        link.give(ControlCodec.graft(new IdKey(id)));
        time.advance(Duration.ofMillis(100));

        assertEquals(1, link.carried(FrameType.PRUNE));
        assertEquals(2, link.carried(FrameType.GOSSIP));
    }

    @Test
    void shouldRefuseAGraftWhileMuchIsStillToBeServed() {
        FakeLink link = alice.connect(bob);
        announceOnly(link);
        link.stick(true);
        List<IdKey> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ids.add(new IdKey(alice.publish(i + "x".repeat(64 << 10)).id().orElseThrow()));
        }
        link.give(ControlCodec.ids(FrameType.IWANT, ids));

        link.give(ControlCodec.graft(new IdKey(Peers.messageId(3))));
        time.advance(Duration.ofMillis(100));

        assertEquals(1, link.carried(FrameType.PRUNE));
        assertEquals(0, alice.snapshot().eagerLinks());
    }

    @Test
    void shouldAskByStandingAndThenByRoundTrip() {
        alice.set("relayMode", "flood");
        List<FakeLink> links = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            links.add(alice.connect(new FakeNode(time, 10 + i)));
            links.get(i).roundTrip = Duration.ofMillis(i + 1);
            links.get(i).other.receiver = null;
        }
        for (int i = 0; i < 6; i++) {
            alice.reputation.recordInvalid(links.get(0).peer, null);
        }

        List.of(links.get(0), links.get(2), links.get(1)).forEach(link -> announce(link, Peers.messageId(1)));
        List<List<Long>> asked = new ArrayList<>();
        for (int seconds : new int[] {1, 2, 2}) {
            time.advance(Duration.ofSeconds(seconds));
            asked.add(links.stream().map(link -> link.carried(FrameType.IWANT)).toList());
        }

        assertEquals(List.of(List.of(0L, 1L, 0L), List.of(0L, 1L, 1L), List.of(1L, 1L, 1L)), asked);
    }
}
