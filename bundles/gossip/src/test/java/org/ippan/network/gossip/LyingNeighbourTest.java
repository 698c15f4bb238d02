// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.GossipSnapshot.Mismatch;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.proof.Key;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.proof.Rooms;
import org.ippan.network.gossip.wire.Fetch;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.gossip.wire.Neighbourhood.Proof;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** A peer of three nodes that are linked with each other says of its neighbours and itself what is not so. */
class LyingNeighbourTest {

    private static final long[] NOTHING = {0, 0, 0};
    private static final long[] MUCH = {0, 1_000_000, 0};
    private static final int EPOCH = 77;

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeNode> honest = FakeNode.mesh(time, 3);
    private final FakeNode alice = honest.get(0);
    private final FakeNode bob = honest.get(1);
    private final FakeNode mallory = new FakeNode(time, 66);
    private final Level shown = new Level(() -> { }, Rooms.ample());

    /** Mallory's links; what the honest nodes send to it goes nowhere. */
    private void link() {
        honest.forEach(node -> node.connect(mallory));
        mallory.links.forEach(link -> link.receiver = null);
        time.advance(Duration.ofSeconds(2));
    }

    private static FakeLink toMallory(FakeNode node) {
        return node.links.get(2);
    }

    private static int epoch(FakeNode node) throws ProtocolException {
        Frame last = toMallory(node).carried.stream().filter(frame -> frame.type() == FrameType.NEIGHBOURS)
                .reduce((one, next) -> next).orElseThrow();
        return Neighbourhood.decode(ByteBuffer.wrap(last.body())).epoch();
    }

    /** Mallory says the same of all. */
    private void lie(boolean sends, boolean level, long[] numbers) throws ProtocolException {
        for (FakeNode node : honest) {
            List<FakeNode> others = honest.stream().filter(other -> other != node).toList();
            Neighbour[] neighbours = new Neighbour[others.size()];
            for (int i = 0; i < neighbours.length; i++) {
                neighbours[i] = new Neighbour(others.get(i).id.word0(), sends, level, epoch(others.get(i)), numbers);
            }
            toMallory(node).give(new Neighbourhood(0, EPOCH, NOTHING, List.of(neighbours)).frame());
        }
        time.advance(Duration.ofMillis(500));
    }

    private void publish(String name, int count) {
        for (int i = 0; i < count; i++) {
            alice.publish(name + i);
            time.advance(Duration.ofMillis(10));
        }
    }

    private void assertHonestHaveOnce(int count) {
        for (FakeNode node : honest.subList(1, 3)) {
            assertEquals(count, node.received.size());
            assertEquals(count, new HashSet<>(node.received).size());
        }
        honest.forEach(node -> assertNull(toMallory(node).closed));
    }

    @Test
    void shouldGiveOnlyThePublishersOwnCopyToAPeerThatClaimsToGetEverything() throws ProtocolException {
        link();
        lie(false, true, NOTHING);

        publish("m", 50);
        time.advance(Duration.ofSeconds(1));

        assertHonestHaveOnce(50);
        assertEquals(50, toMallory(alice).carried(FrameType.GOSSIP));
        assertEquals(0, toMallory(bob).carried(FrameType.GOSSIP));
        assertEquals(0, bob.snapshot().duplicates());
    }

    /** Where one waits in vain for numbers that are not there, others announce, and nothing is lost or sent twice. */
    @Test
    void shouldLoseNothingWhereAPeerClaimsNumbersThatAreNotThere() throws ProtocolException {
        link();
        lie(true, true, MUCH);

        publish("m", 1000);
        time.advance(Duration.ofSeconds(5));

        assertHonestHaveOnce(1000);
        assertEquals(0, bob.snapshot().missed());
        assertTrue(bob.links.stream().mapToLong(link -> link.carried(FrameType.FETCH)).sum() < 10);
    }

    /** The one that claims most is asked first, and has nothing: the others announce. */
    @Test
    void shouldRepairThroughOthersThoughTheOneThatClaimsMostServesNothing() throws ProtocolException {
        link();
        publish("m", 20);
        lie(true, true, MUCH);
        FakeLink dead = alice.links.get(0);
        dead.lossy = frame -> true;
        dead.other.lossy = frame -> true;

        publish("n", 20);
        time.advance(Duration.ofSeconds(3));

        assertHonestHaveOnce(40);
    }

    /** It says that it sends to all, and sends to one: its messages come late to the others, and no other node's do. */
    @Test
    void shouldDelayOnlyItsOwnMessagesIfAPeerNamesALinkItDoesNotServe() throws ProtocolException {
        link();
        lie(true, true, NOTHING);

        time.advance(Duration.ofMillis(500));
        toMallory(alice).give(FrameType.GOSSIP, 0, body(0));
        time.advance(Duration.ofMillis(100));
        boolean early = bob.received.contains("x");
        publish("m", 10);
        boolean others = bob.received.size() == 10;
        time.advance(Duration.ofSeconds(2));

        assertFalse(early);
        assertTrue(others);
        assertHonestHaveOnce(11);
    }

    /** It hides where it has a message from, and says that all its peers get from each other what there is. */
    @Test
    void shouldDelayWhatAPeerBringsFromANeighbourThatItDoesNotName() throws ProtocolException {
        link();
        lie(true, true, NOTHING);

        toMallory(alice).give(FrameType.GOSSIP, 0, body(1));
        time.advance(Duration.ofMillis(200));
        boolean early = bob.received.contains("x");
        time.advance(Duration.ofSeconds(3));

        assertFalse(early);
        assertHonestHaveOnce(1);
    }

    /** What it brings is known to be held back when its link ends before that was told of. */
    @Test
    void shouldTellOfWhatItHeldBackWhenTheLinkWithThePeerThatBroughtItEnds() throws ProtocolException {
        link();
        lie(true, true, NOTHING);

        toMallory(alice).give(FrameType.GOSSIP, 0, body(1));
        time.advance(Duration.ofMillis(50));
        toMallory(alice).close(null, "");
        time.advance(Duration.ofSeconds(2));

        assertEquals(List.of("x"), bob.received);
    }

    /** A message of mallory's: its own with no hops, with one of a neighbour. */
    private static ByteBuffer body(int hops) {
        byte[] head = Heads.head(hops, Priority.NORMAL, FakeNode.TOPIC, 1, 1);
        ByteBuffer.wrap(head).putLong(MessageCodec.NUMBER_OFFSET, 1);
        return ByteBuffer.allocate(head.length + 1).put(head).put((byte) 'x').rewind();
    }

    /** What it has of an honest publisher it shows falsely: that is announced to it alone, and once. */
    @Test
    void shouldAnnounceOnlyToAPeerWhatItsFingerprintDoesNotShow() throws ProtocolException {
        link();
        lie(true, true, NOTHING);
        publish("m", 10);
        time.advance(Duration.ofSeconds(3));
        FakeLink link = toMallory(bob);
        Neighbour lie = new Neighbour(alice.id.word0(), true, true, epoch(alice), new long[] {0, 10, 0},
                new Proof(new int[] {0, 10, 0}, new long[] {0, 5, 0}));
        long before = link.carried(FrameType.IHAVE);

        for (int i = 0; i < 20; i++) {
            link.give(new Neighbourhood(10 + i, EPOCH, NOTHING, List.of(lie)).frame());
            time.advance(Duration.ofMillis(300));
        }
        publish("n", 1);
        time.advance(Duration.ofSeconds(3));

        long mismatches = bob.snapshot().fingerprintMismatches();
        assertTrue(mismatches >= 20, mismatches + " differed");
        assertEquals(List.of(new Mismatch(alice.id, mallory.id, mismatches)), bob.snapshot().mismatches());
        assertEquals(10, bob.snapshot().announcedUnproven());
        assertEquals(1, link.carried(FrameType.IHAVE) - before);
        assertHonestHaveOnce(11);
        assertEquals(0, bob.snapshot().duplicates());
        assertEquals(0, bob.links.get(1).carried(FrameType.IHAVE));
    }

    /** What it has of an honest publisher it shows in parts: what lies between is announced, and nothing else. */
    @Test
    void shouldAnnounceOnlyWhatLiesBetweenFingerprints() throws ProtocolException {
        link();
        lie(true, true, NOTHING);
        publishCounted(1, 30);
        show(10, 20);
        show(20, 30);
        publishCounted(31, 60);
        show(50, 60);

        assertEquals(0, bob.snapshot().fingerprintMismatches());
        assertEquals(10 + 20, bob.snapshot().announcedUnproven());
        assertHonestHaveOnce(60);
    }

    @Test
    void shouldAnnounceWhatLiesBetweenFingerprintsWhenValidatorsHaveAcceptedIt() throws ProtocolException {
        link();
        lie(true, true, NOTHING);
        bob.set("validatorTimeoutSeconds", 20);
        bob.validators = task -> time.schedule(task, 15, TimeUnit.SECONDS);
        bob.validate("*", message -> Verdict.ACCEPT);
        publishCounted(1, 30);
        show(10, 20);
        show(20, 30);
        long early = bob.snapshot().announcedUnproven();
        time.advance(Duration.ofSeconds(20));

        assertEquals(List.of(0L, 10L), List.of(early, bob.snapshot().announcedUnproven()));
    }

    private void publishCounted(int first, int last) {
        for (int number = first; number <= last; number++) {
            shown.came(Priority.NORMAL, number, alice.publish("m" + number).id().orElseThrow().word0());
            time.advance(Duration.ofMillis(10));
        }
    }

    /** Mallory tells bob truly what it has of alice after a number, up to another. */
    private void show(int after, int upTo) throws ProtocolException {
        long[] numbers = {0, upTo, 0};
        Neighbour truth = new Neighbour(alice.id.word0(), true, true, epoch(alice), numbers,
                shown.proof(numbers, new long[] {0, after, 0}, new Key(upTo)));
        toMallory(bob).give(new Neighbourhood(upTo, EPOCH, NOTHING, List.of(truth)).frame());
        time.advance(Duration.ofMillis(500));
    }

    @Test
    void shouldIgnoreFetchesOverTheirRateAndCloseAfterAWhile() throws ProtocolException {
        link();
        publish("m", 1);
        FakeLink link = toMallory(bob);
        Fetch fetch = new Fetch(alice.id.word0(), epoch(alice), NOTHING);
        long before = bob.core.context.counters.overRate.sum();

        for (int i = 0; i < 100; i++) {
            link.give(fetch.frame());
        }
        long refused = bob.core.context.counters.overRate.sum() - before;
        for (int i = 0; i < 4000 && link.closed == null; i++) {
            link.give(fetch.frame());
            time.advance(Duration.ofMillis(10));
        }

        assertTrue(refused >= 90, "refused " + refused);
        assertEquals(GoodbyeReason.RATE_LIMIT, link.closed);
        assertNull(toMallory(alice).closed);
    }

    @Test
    void shouldCloseOnMalformedBodies() {
        link();

        toMallory(alice).give(FrameType.NEIGHBOURS, 0, ByteBuffer.allocate(39));
        toMallory(bob).give(FrameType.FETCH, 0, ByteBuffer.allocate(35));

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, toMallory(alice).closed);
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, toMallory(bob).closed);
    }
}
