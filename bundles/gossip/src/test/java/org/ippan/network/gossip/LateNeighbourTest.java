// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node does with messages that it fetched from a neighbour of their publisher, because they were late. */
class LateNeighbourTest {

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration REPAIRED = Duration.ofSeconds(1);
    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final int SIZE = 5;

    private final ManualScheduler time = new ManualScheduler();
    private final List<FakeNode> nodes = FakeNode.mesh(time, SIZE);
    private final FakeNode alice = nodes.get(0);
    private final FakeNode bob = nodes.get(1);

    @BeforeEach
    void meet() {
        time.advance(SETTLED);
    }

    private void publish(FakeNode publisher, String name, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Status.ACCEPTED, publisher.publish(name + i).status());
            time.advance(BETWEEN);
        }
    }

    /** The end at one node of its link with another. */
    private static FakeLink link(FakeNode from, FakeNode to) {
        return from.links.stream().filter(link -> link.peer.equals(to.id)).findFirst().orElseThrow();
    }

    /** Has a link swallow everything, both ways. */
    private static void cut(FakeLink link) {
        link.lossy = frame -> true;
        link.other.lossy = frame -> true;
    }

    /** The others get it from its publisher: copies of it would only have links pruned. */
    @Test
    void shouldNotSendOnWhatItFetchedFromANeighbourOfThePublisher() {
        publish(alice, "before", 20);
        link(alice, bob).stick(true);

        publish(alice, "m", 50);
        time.advance(REPAIRED);

        assertEquals(50, bob.received.stream().filter(text -> text.startsWith("m")).count());
        assertEquals(0, bob.links.stream().flatMap(link -> link.texts().stream()).filter(text -> text.startsWith("m"))
                .count());
        assertEquals(0, nodes.stream().mapToLong(node -> node.snapshot().prunesSent()).sum());
    }

    /** Neighbours find what is asked for by its publisher's numbers, which are not lost while validators judge it. */
    @Test
    void shouldFetchWhatNeighboursHadToValidate() {
        nodes.forEach(node -> node.validate("*", message -> Verdict.ACCEPT));
        publish(alice, "before", 20);
        cut(link(alice, bob));

        publish(alice, "m", 1);
        time.advance(REPAIRED);

        assertTrue(bob.received.contains("m0"), bob.received.toString());
    }

    /** Both ends dialled at once, and one of the links ends: others need not step in for a peer that is still there. */
    @Test
    void shouldNotTakeAPeerForGoneThatHasAnotherLink() {
        publish(alice, "before", 20);
        FakeLink first = link(alice, bob);
        alice.connect(bob);
        time.advance(REPAIRED);
        first.close(null, "");
        time.advance(REPAIRED);
        long duplicates = bob.snapshot().duplicates();

        publish(alice, "m", 20);

        assertEquals(20, bob.received.stream().filter(text -> text.startsWith("m")).count());
        assertEquals(duplicates, bob.snapshot().duplicates());
    }

    /** Its link stays lost until something comes over it again: no reason to look 40 times a second till then. */
    @Test
    void shouldHaveNothingToDoSoonWhenTheLatePublisherPublishesNothingMore() {
        publish(alice, "before", 20);
        time.advance(SETTLED.multipliedBy(5));
        long quiet = timedWithin(A_WHILE);
        cut(link(alice, bob));
        publish(alice, "m", 1);
        time.advance(REPAIRED);
        assertTrue(bob.received.contains("m0"));
        long busy = timedWithin(A_WHILE);

        time.advance(Duration.ofSeconds(60));

        assertTrue(busy > quiet, busy + " " + quiet);
        assertTrue(timedWithin(A_WHILE) < quiet * 1.1, timedWithin(A_WHILE) + " " + quiet);
    }

    /** Links over which a message need not be sent have only to pass over it: many at once do as well. */
    @Test
    void shouldNotWakeALinkForEachMessageThatItsPeerHasFromThePublisher() {
        publish(alice, "before", 20);
        List<FakeLink> others = bob.links.stream().filter(link -> !link.peer.equals(alice.id)).toList();
        long before = others.stream().mapToInt(link -> link.wakes).sum();

        for (int i = 0; i < 100; i++) {
            alice.publish("m" + i);
            time.advance(Duration.ofMillis(1));
        }
        time.advance(Duration.ofMillis(30));

        long wakes = others.stream().mapToInt(link -> link.wakes).sum() - before;
        assertTrue(wakes <= others.size() * 14, wakes + " for 100 messages and " + others.size() + " links");
        assertTrue(bob.received.contains("m99"));
        for (int i = 0; i < bob.links.size(); i++) {
            assertEquals(0, bob.outbound(i).lagBytes());
        }
    }

    private long timedWithin(Duration duration) {
        long before = time.timed();
        time.advance(duration);
        return time.timed() - before;
    }

    /** Publisher and neighbour die at once, when only they had sent a message to one node: that one still has it. */
    @Test
    void shouldAnnounceWhatItDidNotSendOnWhenTheNeighbourItFetchedItFromGoes() {
        FakeNode carol = nodes.get(2);
        List<FakeNode> others = nodes.subList(3, SIZE);
        publish(alice, "before", 20);
        cut(link(alice, bob));
        others.forEach(other -> {
            cut(link(alice, other));
            cut(link(carol, other));
        });

        publish(alice, "m", 1);
        time.advance(REPAIRED);
        boolean bobHas = bob.received.contains("m0");
        boolean othersHave = others.stream().anyMatch(other -> other.received.contains("m0"));
        List.copyOf(alice.links).forEach(link -> link.close(null, ""));
        List.copyOf(carol.links).forEach(link -> link.close(null, ""));
        time.advance(REPAIRED.multipliedBy(3));

        assertTrue(bobHas && !othersHave, bobHas + " " + othersHave);
        others.forEach(other -> assertTrue(other.received.contains("m0"), other.received.toString()));
    }
}
