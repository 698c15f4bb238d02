// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.TopicEvent;
import org.ippan.network.api.gossip.TopicSnapshot;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What a publisher is told. */
class PublishTest {

    private final ManualScheduler time = new ManualScheduler();

    /** The reference's own case. */
    @Test
    void shouldHaveNothingToSendWithoutPeersAndKeepNothing() {
        FakeNode alone = new FakeNode(time, 1);

        PublishResult first = alone.publish("x");
        PublishResult again = alone.publish("x");

        assertEquals(new PublishResult(Status.NO_PEERS, Optional.empty()), first);
        assertEquals(Status.NO_PEERS, again.status());
        assertEquals(0, alone.dedup.size());
        assertEquals(0, alone.snapshot().cachedMessages());
    }

    @Test
    void shouldTellWhatBecameOfAMessage() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of("maxMessageBytes", "1024"));
        FakeNode node = nodes.get(0);

        PublishResult accepted = node.publish("x");
        PublishResult duplicate = node.publish("x");
        PublishResult large = node.publish("x".repeat(1025));
        node.core.stop();

        assertEquals(Status.ACCEPTED, accepted.status());
        assertEquals(new PublishResult(Status.DUPLICATE, accepted.id()), duplicate);
        assertEquals(Status.TOO_LARGE, large.status());
        assertEquals(Status.CLOSED, node.publish("y").status());
        assertEquals(1, node.dedup.size());
    }

    @Test
    void shouldLetOnlyTheNodeItselfPublishByReservedTopics() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
        GossipService service = new GossipService(nodes.get(0).core);
        Message message = Message.of(Topic.of("ippan/status"), new byte[1]);

        assertThrows(IllegalArgumentException.class, () -> service.publish(message));
        assertThrows(IllegalArgumentException.class, () -> service.publishAsync(message));
        assertThrows(IllegalArgumentException.class, () -> service.publishSettled(message, Duration.ofSeconds(1)));
        assertEquals(0, nodes.get(0).dedup.size());
        assertEquals(Status.ACCEPTED, service.publishReserved(message).status());
    }

    @Test
    void shouldCountAndRewardOnlyWhatApplicationsPublish() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
        FakeNode node = nodes.get(0);
        FakeNode other = nodes.get(1);

        new GossipService(node.core).publishReserved(Message.of(Topic.of("ippan/status"), new byte[1]));
        time.advance(Duration.ofSeconds(1));

        assertEquals(1, other.snapshot().bodiesReceived());
        assertEquals(0, node.snapshot().published());
        assertEquals(0, other.reputation.score(node.id).value());
        node.publish("x");
        time.advance(Duration.ofSeconds(1));
        assertEquals(1, node.snapshot().published());
        assertEquals(1, other.reputation.score(node.id).value());
    }

    @Test
    void shouldBeClosedUntilADeduplicatorCameAndBridgeItsAbsenceThen() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
        FakeNode node = nodes.get(0);
        FakeNode late = new FakeNode(time, 7);
        late.core = new GossipCore(late.environment(time), late.settings(), FakeNode.TAG::clone, (type, text) -> { });
        late.connect(node);

        assertEquals(Status.CLOSED, late.publish("x").status());
        node.publish("a");
        node.core.deduplicator(null);
        assertEquals(Status.DUPLICATE, node.publish("a").status());
        assertEquals(Status.ACCEPTED, node.publish("b").status());
        FakeDedup anew = new FakeDedup();
        node.core.deduplicator(anew);

        assertEquals(2, anew.size());
        assertEquals(Status.DUPLICATE, node.publish("b").status());
    }

    @Test
    void shouldCompleteWhenEnoughSocketsTookTheMessage() {
        FakeNode node = FakeNode.chain(time, 3, Map.of("minPeers", "2")).get(1);
        time.advance(Duration.ofSeconds(1));
        node.links.get(1).frameTime = Duration.ofMillis(100);

        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        CompletableFuture<PublishResult> refused = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofMillis(50));
        boolean early = future.isDone();
        time.advance(Duration.ofMillis(100));

        assertEquals(Status.DUPLICATE, refused.join().status());
        assertTrue(!early && future.isDone());
        assertEquals(Status.ACCEPTED, future.join().status());
        assertTrue(node.core.tracking.isEmpty());
    }

    /** Passing over a message is not sending it, whatever else is sent at the same time. */
    @Test
    void shouldNotCountLinksThatPassTheMessageOver() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        node.links.get(0).maxMessageBytes = 1024;
        node.links.get(0).stick(true);

        node.publish("before");
        CompletableFuture<PublishResult> future =
                node.core.publishAsync(FakeNode.message("x".repeat(1025))).toCompletableFuture();
        node.publish("after");
        node.links.get(0).stick(false);
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("before", "after"), node.links.get(0).texts());
        assertFalse(future.isDone());
    }

    @Test
    void shouldCountALinkOnceThoughItIsSentTheMessageAgain() {
        FakeNode node = FakeNode.chain(time, 2, Map.of("minPeers", "2")).get(0);

        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofMillis(50));
        IdKey id = new IdKey(node.publish("x").id().orElseThrow());
        node.links.get(0).give(ControlCodec.ids(FrameType.IWANT, List.of(id)));
        time.advance(Duration.ofSeconds(1));

        assertEquals(2, node.links.get(0).carried(FrameType.GOSSIP));
        assertFalse(future.isDone());
    }

    /** It has the message from another, or would have asked for it. */
    @Test
    void shouldCountAPeerThatWasOnlyToldOfTheMessageAndDoesNotAsk() {
        FakeNode node = FakeNode.chain(time, 3, Map.of("minPeers", "2")).get(1);
        time.advance(Duration.ofSeconds(1));
        node.links.get(1).give(ControlCodec.pruneFor(10));
        time.runDue();
        node.links.get(1).lossy = frame -> true;

        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofMillis(1500));
        boolean early = future.isDone();
        time.advance(Duration.ofMillis(2500));

        assertFalse(early);
        assertEquals(Status.ACCEPTED, future.join().status());
        assertEquals(0, node.links.get(1).carried(FrameType.GOSSIP));
    }

    /** There is no other from whom a peer could have it. */
    @Test
    void shouldNotCountPeersThatWereToldOfWhatNoSocketTook() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        node.links.get(0).give(ControlCodec.pruneFor(10));
        time.runDue();
        node.links.get(0).lossy = frame -> true;

        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofSeconds(4));

        assertFalse(future.isDone());
    }

    /** By another link it is the same peer, and another peer may have the number of the link that ended. */
    @Test
    void shouldCountPeersAndNotLinks() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of("minPeers", "2"));
        FakeNode node = nodes.get(0);
        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofMillis(50));
        IdKey id = new IdKey(node.publish("x").id().orElseThrow());

        node.links.get(0).close(null, "");
        node.connect(nodes.get(1)).give(ControlCodec.ids(FrameType.IWANT, List.of(id)));
        time.advance(Duration.ofSeconds(2));
        boolean byTheSamePeer = future.isDone();
        node.connect(new FakeNode(time, 3)).give(ControlCodec.ids(FrameType.IWANT, List.of(id)));
        time.advance(Duration.ofSeconds(1));

        assertEquals(1, node.links.get(1).carried(FrameType.GOSSIP));
        assertFalse(byTheSamePeer);
        assertEquals(0, node.link(2).slot());
        assertTrue(future.isDone());
    }

    @Test
    void shouldTellNoPublisherTheFateOfAnotherMessage() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        node.links.get(0).fillBytes = 1;
        node.links.get(0).frameTime = Duration.ofMillis(10);
        List<CompletableFuture<PublishResult>> futures = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            futures.add(node.core.publishAsync(FakeNode.message("m" + i)).toCompletableFuture());
        }
        time.advance(Duration.ofMillis(25));

        assertEquals(List.of(true, true, false), futures.stream().map(CompletableFuture::isDone).toList());
    }

    /** A link that is not waited for leaves messages behind; publishers that wait for those are told so. */
    @Test
    void shouldSayClosedWhenTheMessageLeftTheLogBeforeItWasSent() {
        FakeNode node = FakeNode.chain(time, 2, Map.of("maxAgeSeconds", "10")).get(0);
        node.links.get(0).stick(true);

        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofSeconds(9));
        boolean early = future.isDone();
        time.advance(Duration.ofSeconds(5));

        assertFalse(early);
        assertEquals(Status.CLOSED, future.join().status());
        assertTrue(node.core.tracking.isEmpty());
    }

    @Test
    void shouldSayClosedWhenTheNodeCloses() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);
        node.links.get(0).stick(true);
        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();

        node.core.stop();
        node.core.close();
        time.runDue();

        assertEquals(Status.CLOSED, future.join().status());
    }

    @Test
    void shouldSayClosedWhenTooFewSocketsTookTheMessage() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of("minPeers", "5"));

        CompletableFuture<PublishResult> future =
                nodes.get(0).core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofSeconds(65));

        assertEquals(Status.CLOSED, future.join().status());
    }

    @Test
    void shouldTellTopicAndPayloadApart() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());

        PublishResult left = nodes.get(0).core.publish(Message.of(Topic.of("ab"), new byte[] {'c'}));
        PublishResult right = nodes.get(0).core.publish(Message.of(Topic.of("a"), new byte[] {'b', 'c'}));

        assertTrue(left.accepted() && right.accepted());
        assertTrue(!left.id().equals(right.id()));
    }

    @Test
    void shouldCountWhatIsPublishedByTopic() {
        FakeNode node = FakeNode.chain(time, 2, Map.of()).get(0);

        node.publish("12345");
        node.publish("678");

        TopicSnapshot topic = node.core.context.topics.snapshot().get(0);
        assertEquals(2, topic.messages().get(TopicEvent.PUBLISHED));
        assertEquals(8, topic.bytes());
    }
}
