// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.FakeTarget.Frame;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A peer of nodes that are all linked with each other says that it sends everything to all, and gives them other
 * messages, or numbers, than others: each node must get what any of them took.
 */
class TwofoldPublisherTest {

    private static final long[] NOTHING = {0, 0, 0};
    private static final int EPOCH = 77;
    private static final Duration REPAIRED = Duration.ofSeconds(3);

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeNode> honest = FakeNode.mesh(time, 3);
    private final FakeNode mallory = new FakeNode(time, 66);
    private final Set<String> sent = new HashSet<>();

    @BeforeEach
    void link() throws ProtocolException {
        honest.forEach(node -> node.connect(mallory));
        mallory.links.forEach(link -> link.receiver = null);
        time.advance(Duration.ofSeconds(2));
        say();
        time.advance(Duration.ofSeconds(1));
    }

    private static FakeLink toMallory(FakeNode node) {
        return node.links.get(2);
    }

    private static Neighbourhood said(FakeLink link) throws ProtocolException {
        List<Frame> said = link.carried.stream().filter(frame -> frame.type() == FrameType.NEIGHBOURS).toList();
        return Neighbourhood.decode(ByteBuffer.wrap(said.get(said.size() - 1).body()));
    }

    /** To each, that it sends everything to the others, and gets everything of them. */
    private void say() throws ProtocolException {
        for (FakeNode node : honest) {
            List<Neighbour> others = new ArrayList<>();
            for (FakeNode other : honest) {
                if (other != node) {
                    others.add(new Neighbour(other.id.word0(), true, true, said(toMallory(other)).epoch(), NOTHING));
                }
            }
            toMallory(node).give(new Neighbourhood(0, EPOCH, NOTHING, others).frame());
        }
    }

    private void give(int node, long number, String text, int flags) {
        sent.add(text);
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 1, payload.length);
        ByteBuffer.wrap(head).putLong(MessageCodec.NUMBER_OFFSET, number);
        toMallory(honest.get(node)).give(FrameType.GOSSIP, flags,
                ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).rewind());
    }

    private void give(int node, long number, String text) {
        give(node, number, text, 0);
    }

    private void giveAll(long number, String text) {
        for (int node = 0; node < honest.size(); node++) {
            give(node, number, text);
        }
    }

    private void giveTwofold(long number, String toOne, String toOthers) {
        give(0, number, toOne);
        give(1, number, toOthers);
        give(2, number, toOthers);
    }

    private void assertAllHaveAll() {
        for (FakeNode node : honest) {
            Set<String> missing = new HashSet<>(sent);
            node.received.forEach(missing::remove);
            assertEquals(Set.of(), missing);
            assertEquals(sent.size(), node.received.size());
            assertNull(toMallory(node).closed);
        }
    }

    private long mismatches() {
        return honest.stream().mapToLong(node -> node.snapshot().fingerprintMismatches()).sum();
    }

    private long announcedUnproven() {
        return honest.stream().mapToLong(node -> node.snapshot().announcedUnproven()).sum();
    }

    @Test
    void shouldAnnounceNothingOfAPublisherThatIsAsItSays() {
        for (int i = 1; i <= 1000; i++) {
            giveAll(i, "m" + i);
            time.advance(Duration.ofMillis(3));
        }
        time.advance(Duration.ofSeconds(20));

        assertAllHaveAll();
        assertEquals(0, mismatches());
        assertEquals(0, announcedUnproven());
        assertEquals(0, honest.stream().mapToLong(node -> node.snapshot().announced()).sum());
        assertEquals(0, honest.stream().mapToLong(node -> node.snapshot().duplicates()).sum());
    }

    /** The first message of all, and then silence: there is no next number by which it would show. */
    @Test
    void shouldGiveEachNodeBothMessagesOfOneNumber() {
        giveTwofold(1, "to one", "to another");
        time.advance(REPAIRED);

        assertAllHaveAll();
        assertTrue(mismatches() > 0);
        for (FakeNode node : honest) {
            node.snapshot().mismatches().forEach(each -> assertEquals(mallory.id, each.publisher()));
        }
        assertEquals(4, honest.stream().mapToInt(node -> node.snapshot().mismatches().size()).sum());
    }

    @Test
    void shouldGiveEachNodeAllOfThreeMessagesOfOneNumberAmongOthers() {
        for (int i = 1; i <= 300; i++) {
            giveAll(i, "m" + i);
            time.advance(Duration.ofMillis(5));
        }
        for (int node = 0; node < 3; node++) {
            give(node, 301, "to " + node);
        }
        for (int i = 302; i <= 400; i++) {
            giveAll(i, "m" + i);
            time.advance(Duration.ofMillis(5));
        }
        time.advance(REPAIRED);

        assertAllHaveAll();
        assertTrue(announcedUnproven() < 1000, announcedUnproven() + " announced");
    }

    /** An xor of the ids, or any sum, would agree again: the same two messages in another order. */
    @Test
    void shouldSeeTheOrderOfMessages() {
        for (int node = 0; node < 3; node++) {
            give(node, 1, node == 0 ? "a" : "b");
            give(node, 2, node == 0 ? "b" : "a");
        }
        time.advance(REPAIRED);

        assertAllHaveAll();
        assertTrue(mismatches() > 0);
    }

    /** More in a moment than a fingerprint is of. */
    @Test
    void shouldGiveEachNodeWhatABurstHides() {
        for (int i = 1; i <= 40_000; i++) {
            boolean twofold = i == 100;
            if (twofold) {
                giveTwofold(i, "to one", "to others");
            } else {
                giveAll(i, "m" + i);
            }
        }
        time.advance(Duration.ofSeconds(20));

        assertAllHaveAll();
    }

    @Test
    void shouldGiveEachNodeWhatAGapFollows() {
        giveAll(1, "first");
        time.advance(REPAIRED);
        giveTwofold(2, "to one", "to others");
        give(0, 9, "behind a gap");
        time.advance(REPAIRED);

        assertAllHaveAll();
    }

    @Test
    void shouldGiveEachNodeWhatComesWithAnOldNumber() {
        beginWith(20);
        give(0, 3, "an old number");
        time.advance(REPAIRED);

        assertAllHaveAll();
    }

    @Test
    void shouldGiveEachNodeWhatComesWithANumberThatIsNotDueYet() {
        beginWith(20);
        give(2, 5000, "a number to come");
        time.advance(REPAIRED);

        assertAllHaveAll();
    }

    /** It has no number then, whatever the publisher wrote. */
    @Test
    void shouldGiveEachNodeWhatComesAsIfItHadBeenAskedFor() {
        beginWith(20);
        give(1, 3, "as if asked for", FrameType.SOLICITED);
        time.advance(REPAIRED);

        assertAllHaveAll();
    }

    private void beginWith(int count) {
        for (int i = 1; i <= count; i++) {
            giveAll(i, "m" + i);
        }
        time.advance(REPAIRED);
    }

    /** It leaves one message out at one node, and numbers on. */
    @Test
    void shouldGiveANodeWhatWasLeftOut() {
        giveAll(1, "first");
        time.advance(REPAIRED);
        give(0, 2, "left out");
        give(1, 2, "left out");
        giveAll(3, "next");
        time.advance(REPAIRED);

        assertAllHaveAll();
    }

    /** One node gets no more: neither has the other's number. */
    @Test
    void shouldGiveEachNodeWhatOneHasThatGetsNoMore() {
        give(0, 1, "to one");
        for (int i = 1; i <= 5; i++) {
            give(1, i, "m" + i);
            give(2, i, "m" + i);
        }
        time.advance(Duration.ofSeconds(10));

        assertAllHaveAll();
    }

    @Test
    void shouldGiveEachNodeWhatItGetsJustBeforeTheLinkEnds() {
        give(0, 1, "to one");
        give(1, 1, "to another");
        give(2, 1, "to a third");
        time.advance(Duration.ofMillis(5));
        honest.forEach(node -> toMallory(node).close(null, ""));
        time.advance(REPAIRED);

        for (FakeNode node : honest) {
            assertEquals(sent, new HashSet<>(node.received));
        }
    }

    @Test
    void shouldGiveEachNodeWhatValidatorsTakeLongToAccept() {
        honest.forEach(node -> node.validate("*", message -> Verdict.ACCEPT));
        giveTwofold(1, "to one", "to another");
        time.advance(REPAIRED);

        assertAllHaveAll();
    }
}
