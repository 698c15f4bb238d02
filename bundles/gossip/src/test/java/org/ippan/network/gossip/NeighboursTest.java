// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that are all linked: each publisher reaches all itself, and others step in where it does not. */
class NeighboursTest {

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final Duration BETWEEN = Duration.ofMillis(10);
    private static final Duration REPAIRED = Duration.ofSeconds(1);
    /** Links that were pruned while one was late carry bodies again. */
    private static final Duration HEALED = Duration.ofSeconds(7);
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

    private static List<String> texts(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    private long sum(ToLongFunction<GossipSnapshot> counter) {
        return nodes.stream().map(FakeNode::snapshot).mapToLong(counter).sum();
    }

    private long carried(FrameType type) {
        return nodes.stream().flatMap(node -> node.links.stream()).mapToLong(link -> link.carried(type)).sum();
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

    private void assertEachHasOnce(String name, int count) {
        for (FakeNode node : nodes.subList(1, SIZE)) {
            List<String> mine = node.received.stream().filter(text -> text.startsWith(name)).toList();
            assertEquals(new HashSet<>(texts(name, count)), new HashSet<>(mine));
            assertEquals(count, mine.size());
        }
    }

    @Test
    void shouldSendEachMessageOverEachLinkOfItsPublisherAndOverNoOther() {
        for (int i = 0; i < 50; i++) {
            for (FakeNode node : nodes) {
                assertEquals(Status.ACCEPTED, node.publish(node.id.toString().substring(0, 4) + "-" + i).status());
            }
            time.advance(BETWEEN);
        }
        time.advance(SETTLED);

        for (FakeNode node : nodes) {
            List<String> mine = texts(node.id.toString().substring(0, 4) + "-", 50);
            for (FakeLink link : node.links) {
                assertEquals(mine, link.texts());
            }
            for (FakeNode other : nodes) {
                List<String> got = other.received.stream().filter(mine::contains).toList();
                assertEquals(other == node ? List.of() : mine, got);
            }
        }
        assertEquals(0, sum(GossipSnapshot::duplicates));
        assertEquals(0, sum(GossipSnapshot::announced));
        assertEquals(0, carried(FrameType.FETCH));
        assertEquals(0, sum(GossipSnapshot::prunesSent));
    }

    @Test
    void shouldFetchFromAnotherWhatALinkSwallowsSilently() {
        publish(alice, "before", 20);
        cut(link(alice, bob));

        publish(alice, "m", 1);
        time.advance(REPAIRED);
        List<String> inTime = List.copyOf(bob.received);
        publish(alice, "n", 50);
        time.advance(REPAIRED);

        assertTrue(inTime.contains("m0"), inTime.toString());
        assertEachHasOnce("m", 1);
        assertEachHasOnce("n", 50);
        assertTrue(bob.links.stream().mapToLong(link -> link.carried(FrameType.FETCH)).sum() > 0);
        assertEquals(0, alice.snapshot().duplicates());
    }

    @Test
    void shouldFetchFromAnotherWhatOneSocketDoesNotTake() {
        publish(alice, "before", 20);
        link(alice, bob).stick(true);

        publish(alice, "m", 50);
        time.advance(REPAIRED);

        assertEachHasOnce("m", 50);
        assertEquals(0, link(alice, bob).texts().stream().filter(text -> text.startsWith("m")).count());
    }

    /** What has all come was only late: others need not step in any longer. */
    @Test
    void shouldRelayNoLongerOnceWhatWasLateHasCome() {
        publish(alice, "before", 20);
        link(alice, bob).stick(true);
        publish(alice, "m", 50);
        time.advance(REPAIRED);
        link(alice, bob).stick(false);
        time.advance(Duration.ofMillis(400));
        long bodies = sum(GossipSnapshot::bodiesReceived);

        publish(alice, "n", 50);

        assertEquals(50 * (SIZE - 1), sum(GossipSnapshot::bodiesReceived) - bodies);
        assertEachHasOnce("n", 50);
    }

    /** A node that is short of processors is often late: to step in each time would make all of them late. */
    @Test
    void shouldStepInLaterForOneThatWasOnlyLateBefore() {
        publish(alice, "before", 20);
        link(alice, bob).stick(true);
        publish(alice, "m", 10);
        time.advance(REPAIRED);
        link(alice, bob).stick(false);
        time.advance(HEALED);
        publish(alice, "between", 20);
        time.advance(SETTLED.multipliedBy(2));
        publish(alice, "level", 20);
        long fetches = carried(FrameType.FETCH);

        link(alice, bob).stick(true);
        publish(alice, "n", 10);
        time.advance(Duration.ofMillis(700));
        long soon = carried(FrameType.FETCH);
        time.advance(SETTLED);

        assertEquals(1, fetches);
        assertEquals(fetches, soon);
        assertEquals(fetches + 1, carried(FrameType.FETCH));
        assertEachHasOnce("n", 10);
    }

    @Test
    void shouldSendOverAPrunedLinkAgainWhereAllAreLinked() {
        link(alice, bob).give(ControlCodec.pruneFor(0));
        time.advance(Duration.ofSeconds(3));
        int pruned = alice.snapshot().eagerLinks();
        time.advance(Duration.ofSeconds(3));

        assertEquals(SIZE - 2, pruned);
        assertEquals(SIZE - 1, alice.snapshot().eagerLinks());
    }

    @Test
    void shouldFetchWhatOnlyOthersWereSentWhenALinkEnds() {
        link(alice, bob).delay = Duration.ofMillis(300);
        publish(alice, "m", 50);
        int had = bob.received.size();

        link(alice, bob).close(null, "");
        time.advance(Duration.ofMillis(100));

        assertTrue(had < 50, "had " + had);
        assertEachHasOnce("m", 50);
        assertEquals(1, bob.links.stream().mapToLong(link -> link.carried(FrameType.FETCH)).sum());
    }

    /** Numbers begin anew with another epoch: what is said of the old ones means nothing for the new. */
    @Test
    void shouldBeginAnewWithAPublisherThatRestarted() {
        publish(alice, "old", 50);
        alice.restart();
        alice.links.forEach(link -> link.receiver = alice.core.linkUp(link, false));
        time.advance(Duration.ofSeconds(1));
        publish(alice, "first", 10);
        time.advance(Duration.ofSeconds(5));
        long duplicates = sum(GossipSnapshot::duplicates);
        long announced = sum(GossipSnapshot::announced);

        publish(alice, "m", 50);
        duplicates -= sum(GossipSnapshot::duplicates);
        announced -= sum(GossipSnapshot::announced);
        cut(link(alice, bob));
        publish(alice, "n", 10);
        time.advance(REPAIRED);

        assertEachHasOnce("first", 10);
        assertEachHasOnce("m", 50);
        assertEachHasOnce("n", 10);
        assertEquals(0, duplicates);
        assertEquals(0, announced);
    }

    /** What a link began with is different after a restart if the link was not there from the first message on. */
    @Test
    void shouldBeginAnewOverALinkThatCameLate() {
        FakeNode late = new FakeNode(time, 9);
        publish(alice, "old", 30);
        nodes.forEach(late::connect);
        time.advance(SETTLED);
        publish(alice, "older", 10);
        alice.restart();
        alice.links.forEach(link -> link.receiver = alice.core.linkUp(link, false));
        publish(alice, "first", 10);
        time.advance(Duration.ofSeconds(5));
        long bodies = late.snapshot().bodiesReceived();

        publish(alice, "m", 50);

        assertEquals(50, late.snapshot().bodiesReceived() - bodies);
        assertEquals(50, late.received.stream().filter(text -> text.startsWith("m")).count());
    }

    /** Copies that others relay instead would come out of order. */
    @Test
    void shouldSendWhatItPublishesOverAPrunedLinkWhereAllAreLinked() {
        publish(alice, "before", 20);
        link(alice, bob).give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofMillis(500));

        publish(alice, "m", 20);

        assertEquals(texts("m", 20), link(alice, bob).texts().stream().filter(text -> text.startsWith("m")).toList());
        assertEquals(texts("m", 20), bob.received.stream().filter(text -> text.startsWith("m")).toList());
        assertEquals(SIZE - 2, alice.snapshot().eagerLinks());
        assertEquals(0, sum(GossipSnapshot::duplicates));
        assertEquals(0, sum(GossipSnapshot::announced));
    }

    @Test
    void shouldRelayWhereThePublisherOnlyAnnounces() {
        new FakeNode(time, 9).connect(bob);
        time.advance(SETTLED);
        link(alice, bob).give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofMillis(500));

        List<List<String>> missing = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            alice.publish("m" + i);
            time.advance(Duration.ofMillis(30));
            missing.add(bob.received.contains("m" + i) ? List.of() : List.of("m" + i));
        }

        assertEquals(List.of(), missing.stream().flatMap(List::stream).toList());
        assertEquals(0, link(alice, bob).carried(FrameType.GOSSIP));
        assertEachHasOnce("m", 20);
    }

    @Test
    void shouldSendEverythingToAllInModeFlood() {
        nodes.forEach(node -> node.set("relayMode", "flood"));
        time.advance(SETTLED);

        publish(alice, "m", 10);

        assertEachHasOnce("m", 10);
        assertTrue(sum(GossipSnapshot::duplicates) > 10 * (SIZE - 1), "duplicates " + sum(GossipSnapshot::duplicates));
    }
}
