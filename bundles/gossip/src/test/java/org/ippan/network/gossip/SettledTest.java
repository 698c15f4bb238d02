// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What a publisher is told of a message that is to be settled at every node it can reach. */
class SettledTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualScheduler time = new ManualScheduler();

    private static CompletableFuture<SettledResult> publish(FakeNode node, String text) {
        return node.core.publisher.publishSettled(FakeNode.message(text), TIMEOUT).toCompletableFuture();
    }

    private static void assertSettled(CompletableFuture<SettledResult> future, int nodes, int leftOut) {
        assertTrue(future.isDone(), "it is not settled");
        SettledResult settled = future.join();
        assertEquals(Status.ACCEPTED, settled.result().status());
        assertEquals(nodes + " nodes, " + leftOut + " left out",
                settled.nodes() + " nodes, " + settled.leftOut() + " left out");
        assertEquals(leftOut == 0, settled.everywhere());
    }

    private long carried(List<FakeNode> nodes, FrameType type) {
        return nodes.stream().flatMap(node -> node.links.stream()).mapToLong(link -> link.carried(type)).sum();
    }

    @Test
    void shouldTellOnlyWhenTheFarEndOfAChainHasIt() {
        List<FakeNode> nodes = FakeNode.chain(time, 5, Map.of());
        FakeLink last = nodes.get(3).links.get(1);
        last.stick(true);

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofSeconds(2));
        boolean early = future.isDone();
        boolean came = nodes.get(4).received.contains("x");
        last.stick(false);
        time.advance(Duration.ofMillis(500));

        assertFalse(early || came);
        assertEquals(List.of("x"), nodes.get(4).received);
        assertSettled(future, 4, 0);
    }

    /** There is no timer on the way while all is well: two ways of 5 ms for each of four links. */
    @Test
    void shouldTellAfterTheWayThereAndBack() {
        List<FakeNode> nodes = FakeNode.chain(time, 5, Map.of());

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofMillis(40));

        assertSettled(future, 4, 0);
    }

    @Test
    void shouldCountEachNodeOnceWhereThereAreCircles() {
        List<FakeNode> nodes = FakeNode.halves(time, 8);

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofSeconds(1));

        assertSettled(future, 7, 0);
    }

    /** What passes messages of others in the same circles makes none wait for the other. */
    @Test
    void shouldSettleEverythingThatAllPublishInCirclesAtOnce() {
        List<FakeNode> nodes = FakeNode.halves(time, 8);

        List<CompletableFuture<SettledResult>> futures = nodes.stream().map(node -> publish(node, "of " + node.id))
                .toList();
        time.advance(Duration.ofSeconds(1));

        futures.forEach(future -> assertSettled(future, 7, 0));
    }

    @Test
    void shouldAskNoNodeForWhatThePublisherSendsItselfInAMesh() {
        List<FakeNode> nodes = FakeNode.mesh(time, 5);
        time.advance(Duration.ofSeconds(2));

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofSeconds(1));

        assertSettled(future, 4, 0);
        assertEquals(4, carried(nodes, FrameType.SETTLE));
        assertEquals(4, carried(nodes, FrameType.SETTLED));
    }

    @Test
    void shouldCostNothingWhereItIsNotAskedFor() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of());

        nodes.get(0).publish("x");
        time.advance(Duration.ofSeconds(1));

        assertEquals(0, carried(nodes, FrameType.SETTLE) + carried(nodes, FrameType.SETTLED));
        assertFalse(nodes.get(0).core.settlements.isBusy());
    }

    @Test
    void shouldTellOfMessagesThatAreOnlyAnnounced() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of("floodMaxPeers", "0"));
        nodes.get(1).links.get(1).give(ControlCodec.pruneFor(10));

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofMillis(50));
        boolean early = future.isDone();
        time.advance(Duration.ofSeconds(3));

        assertFalse(early);
        assertEquals(List.of("x"), nodes.get(2).received);
        assertSettled(future, 2, 0);
    }

    @Test
    void shouldWaitForValidators() {
        FakeNode alice = new FakeNode(time, 1);
        FakeNode judge = judging(Verdict.ACCEPT);
        alice.connect(judge);

        CompletableFuture<SettledResult> future = publish(alice, "x");
        time.advance(Duration.ofMillis(900));
        boolean early = future.isDone();
        time.advance(Duration.ofMillis(600));

        assertFalse(early);
        assertSettled(future, 1, 0);
    }

    @Test
    void shouldLeaveOutNodesThatRefuseTheMessage() {
        FakeNode alice = new FakeNode(time, 1);
        FakeNode judge = judging(Verdict.IGNORE);
        alice.connect(judge);
        alice.connect(new FakeNode(time, 3));

        CompletableFuture<SettledResult> future = publish(alice, "x");
        time.advance(Duration.ofSeconds(2));

        assertSettled(future, 1, 1);
    }

    /** A node whose validator takes a second. */
    private FakeNode judging(Verdict verdict) {
        FakeNode judge = new FakeNode(time, 2);
        Executor slow = task -> time.schedule(task, 1, TimeUnit.SECONDS);
        judge.core = new GossipCore(judge.environment(slow, time), judge.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        judge.core.reputation(judge.reputation);
        judge.core.deduplicator(judge.dedup);
        judge.validate("*", message -> verdict);
        return judge;
    }

    @Test
    void shouldLeaveOutALinkThatEnds() {
        List<FakeNode> nodes = FakeNode.chain(time, 4, Map.of());
        nodes.get(1).links.get(1).stick(true);

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofSeconds(1));
        boolean early = future.isDone();
        nodes.get(1).links.get(1).close(GoodbyeReason.SHUTDOWN, "over");
        time.advance(Duration.ofMillis(500));

        assertFalse(early);
        assertSettled(future, 1, 1);
    }

    @Test
    void shouldLeaveOutALinkThatIsOrBecomesSlow() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of());
        FakeNode middle = nodes.get(1);
        middle.links.get(1).stick(true);

        CompletableFuture<SettledResult> becomes = publish(middle, "x");
        time.advance(Duration.ofSeconds(1));
        boolean early = becomes.isDone();
        middle.link(1).patience(Patience.TOO_SLOW);
        CompletableFuture<SettledResult> is = publish(middle, "y");
        time.advance(Duration.ofMillis(500));

        assertFalse(early);
        assertSettled(becomes, 1, 1);
        assertSettled(is, 1, 1);
    }

    @Test
    void shouldTellWhatIsKnownAfterTheTimeout() {
        List<FakeNode> nodes = FakeNode.chain(time, 5, Map.of());
        nodes.get(2).links.get(1).lossy = frame -> true;

        CompletableFuture<SettledResult> future = publish(nodes.get(0), "x");
        time.advance(Duration.ofSeconds(8));
        boolean early = future.isDone();
        time.advance(Duration.ofSeconds(2));

        assertFalse(early);
        assertSettled(future, 2, 1);
    }

    @Test
    void shouldLeaveOutALinkThatTakesNoQuestion() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of());
        nodes.get(1).links.get(0).full = true;
        nodes.get(1).links.get(1).full = true;

        CompletableFuture<SettledResult> future = publish(nodes.get(1), "x");
        time.advance(Duration.ofMillis(500));

        assertSettled(future, 0, 2);
    }

    @Test
    void shouldTellWhatIsKnownWhenTheNodeCloses() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        node.links.get(0).stick(true);
        CompletableFuture<SettledResult> future = publish(node, "x");
        time.advance(Duration.ofMillis(100));

        node.core.stop();
        node.core.close();
        time.runDue();

        assertSettled(future, 0, 1);
    }

    @Test
    void shouldTellAtOnceWhatWasNotAccepted() {
        FakeNode alone = new FakeNode(time, 1);
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        node.publish("x");

        SettledResult noPeers = publish(alone, "x").join();
        SettledResult duplicate = publish(node, "x").join();

        assertEquals(Status.NO_PEERS, noPeers.result().status());
        assertEquals(Status.DUPLICATE, duplicate.result().status());
        assertFalse(noPeers.everywhere() || duplicate.everywhere());
    }

    @Test
    void shouldRefuseATimeoutThatIsNone() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        Message message = FakeNode.message("x");

        assertThrows(IllegalArgumentException.class, () -> node.core.publisher.publishSettled(message, Duration.ZERO));
        assertTrue(node.core.publish(message).accepted(), "it was published all the same");
    }

    @Test
    void shouldForgetWhatWasAskedForSoonAfter() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of());

        publish(nodes.get(0), "x");
        time.advance(Duration.ofSeconds(1));
        int soon = nodes.get(2).core.settlements.size();
        time.advance(Duration.ofSeconds(6));

        assertEquals(1, soon);
        nodes.forEach(node -> assertEquals(0, node.core.settlements.size()));
    }
}
