// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.Test;

/** A publisher that gives nodes different messages, or numbers: each gets what any of them took. */
class TwofoldPublisherTest extends TwofoldFixture {

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
}
