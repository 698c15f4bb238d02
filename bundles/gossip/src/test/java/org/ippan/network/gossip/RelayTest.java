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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ManualScheduler time = new ManualScheduler();

    private List<FakeNode> mesh(int size) {
        List<FakeNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeNode node = new FakeNode(time, i + 1);
            nodes.forEach(node::connect);
            nodes.add(node);
        }
        return nodes;
    }

    private List<FakeNode> chain(int size, Map<String, ?> settings) {
        List<FakeNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            FakeNode node = new FakeNode(time, i + 1, settings);
            if (i > 0) {
                nodes.get(i - 1).connect(node);
            }
            nodes.add(node);
        }
        return nodes;
    }

    /** The body of a message as a stranger would send it. */
    private static ByteBuffer body(int hops, long ageMillis, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = MessageCodec.head(hops, Priority.NORMAL, FakeNode.TOPIC, 0, payload.length);
        return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip()
                .putInt(MessageCodec.AGE_OFFSET, (int) ageMillis);
    }

    @Test
    void shouldDeliverEachMessageExactlyOnceToAllOfAMesh() {
        List<FakeNode> nodes = mesh(6);

        for (int i = 0; i < 100; i++) {
            assertEquals(Status.ACCEPTED, nodes.get(i % 6).publish("m" + i).status());
        }
        time.advance(SOON);

        for (int i = 0; i < 6; i++) {
            List<String> received = nodes.get(i).received;
            assertEquals(received.size(), new HashSet<>(received).size());
            assertEquals(100 - (i < 4 ? 17 : 16), received.size());
        }
    }

    @Test
    void shouldRelayAlongAChainAndKeepTheOrderOfOnePublisher() {
        List<FakeNode> nodes = chain(4, Map.of());

        for (int i = 0; i < 50; i++) {
            nodes.get(0).publish("m" + i);
        }
        time.advance(SOON);

        List<String> received = nodes.get(3).received;
        assertEquals(50, received.size());
        for (int i = 0; i < 50; i++) {
            assertEquals("m" + i, received.get(i));
        }
        assertEquals(List.of(), nodes.get(0).received);
    }

    @Test
    void shouldCountHopsAndAgeWithoutClocks() {
        List<FakeNode> nodes = chain(3, Map.of());
        List<String> seen = new ArrayList<>();
        nodes.get(2).listen(message -> seen.add(message.hops() + " " + message.age().toMillis() + " "
                + message.deliveredBy().shortForm() + " " + message.nonce() + " " + message.priority()));

        nodes.get(0).core.publish(FakeNode.message("x").withNonce(9).withPriority(Priority.HIGH));
        time.advance(SOON);

        assertEquals(List.of("1 10 " + nodes.get(1).id.shortForm() + " 9 HIGH"), seen);
    }

    @Test
    void shouldNotRelayInDirectMode() {
        List<FakeNode> nodes = chain(3, Map.of("relayMode", "direct"));

        nodes.get(0).publish("x");
        time.advance(Duration.ofSeconds(3));

        assertEquals(List.of("x"), nodes.get(1).received);
        assertEquals(List.of(), nodes.get(2).received);
        assertEquals(1, nodes.get(0).reputation.score(nodes.get(1).id).value());
    }

    @Test
    void shouldPunishADropInDirectModeAndRepairIt() {
        List<FakeNode> nodes = chain(2, Map.of("relayMode", "direct"));
        FakeLink link = nodes.get(0).links.get(0);
        link.lossy = frame -> frame.id() != null;

        nodes.get(0).publish("x");
        time.runDue();
        int score = nodes.get(0).reputation.score(nodes.get(1).id).value();
        link.lossy = frame -> false;
        time.advance(Duration.ofSeconds(3));

        assertEquals(-5, score);
        assertEquals(List.of("x"), nodes.get(1).received);
    }

    @Test
    void shouldSwitchTheRelayModeWhileItRuns() {
        List<FakeNode> nodes = chain(3, Map.of("relayMode", "direct"));
        nodes.get(0).publish("first");
        time.advance(SOON);

        nodes.forEach(node -> node.set("relayMode", "flood"));
        nodes.get(0).publish("second");
        time.advance(SOON);

        assertEquals(List.of("second"), nodes.get(2).received);
    }

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
        List<FakeNode> nodes = chain(2, Map.of("maxMessageBytes", "1024"));
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
    void shouldBeClosedUntilADeduplicatorCameAndBridgeItsAbsenceThen() {
        List<FakeNode> nodes = chain(2, Map.of());
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
    void shouldNeitherSendNorAnnounceWhatThePeerDoesNotTake() {
        List<FakeNode> nodes = chain(2, Map.of());
        nodes.get(0).links.get(0).maxMessageBytes = 1024;

        nodes.get(0).publish("x".repeat(1025));
        nodes.get(0).publish("y".repeat(1024));
        time.advance(Duration.ofSeconds(3));

        assertEquals(1, nodes.get(1).received.size());
        assertEquals(0, nodes.get(0).snapshot().announced());
    }

    /** M23, M24: too many hops or too old is no offence, and marks nothing. */
    @Test
    void shouldIgnoreWhatIsTooOldOrWentTooFar() {
        FakeNode node = new FakeNode(time, 1);
        FakeLink link = node.connect(new FakeNode(time, 2));

        link.give(FrameType.GOSSIP, 0, body(65, 0, "far"));
        link.give(FrameType.GOSSIP, 0, body(255, 0, "farther"));
        link.give(FrameType.GOSSIP, 0, body(0, 240_001, "old"));
        link.give(FrameType.GOSSIP, 0, body(0, 0xFFFF_FFFFL, "older"));
        assertEquals(0, node.dedup.size());
        link.give(FrameType.GOSSIP, 0, body(0, 240_000, "old"));
        link.give(FrameType.GOSSIP, 0, body(64, 0, "far"));
        time.runDue();

        assertEquals(List.of("old", "far"), node.received);
        assertEquals(4, node.snapshot().ignored());
        assertNull(link.offence);
        assertEquals(2, node.reputation.score(link.peer).value());
    }

    @Test
    void shouldDeliverButNotPassOnWhatHasNoHopsLeft() {
        List<FakeNode> nodes = chain(2, Map.of());
        FakeLink stranger = nodes.get(0).connect(new FakeNode(time, 9));

        stranger.give(FrameType.GOSSIP, 0, body(64, 0, "last"));
        stranger.give(FrameType.GOSSIP, 0, body(63, 0, "last but one"));
        time.advance(Duration.ofSeconds(3));

        assertEquals(List.of("last", "last but one"), nodes.get(0).received);
        assertEquals(List.of("last but one"), nodes.get(1).received);
    }

    @Test
    void shouldChangeMaxHopsAndMaxAgeWhileItRuns() {
        FakeNode node = new FakeNode(time, 1);
        FakeLink link = node.connect(new FakeNode(time, 2));

        node.set("maxHops", "3");
        node.set("maxAgeSeconds", "10");
        link.give(FrameType.GOSSIP, 0, body(4, 0, "far"));
        link.give(FrameType.GOSSIP, 0, body(0, 10_001, "old"));
        node.set("maxHops", "4");
        node.set("maxAgeSeconds", "11");
        link.give(FrameType.GOSSIP, 0, body(4, 0, "far"));
        link.give(FrameType.GOSSIP, 0, body(0, 10_001, "old"));
        time.runDue();

        assertEquals(List.of("far", "old"), node.received);
    }

    @Test
    void shouldSendNothingToABannedPeer() {
        List<FakeNode> nodes = chain(2, Map.of());
        for (int i = 0; i < 25; i++) {
            nodes.get(0).reputation.recordInvalid(nodes.get(1).id, null);
        }

        nodes.get(0).publish("x");
        time.advance(SOON);

        assertEquals(List.of(), nodes.get(1).received);
    }

    @Test
    void shouldCompleteWhenEnoughSocketsTookTheMessage() {
        List<FakeNode> nodes = mesh(3);
        FakeNode node = nodes.get(0);
        node.set("minPeers", "2");
        node.links.get(1).frameTime = Duration.ofMillis(100);

        CompletableFuture<PublishResult> future = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        CompletableFuture<PublishResult> refused = node.core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofMillis(50));
        boolean early = future.isDone();
        time.advance(Duration.ofMillis(100));

        assertEquals(Status.DUPLICATE, refused.join().status());
        assertTrue(!early && future.isDone());
        assertEquals(Status.ACCEPTED, future.join().status());
        assertTrue(!node.core.publisher.isTracking());
    }

    @Test
    void shouldSayClosedWhenTooFewSocketsTookTheMessage() {
        List<FakeNode> nodes = chain(2, Map.of("minPeers", "5"));

        CompletableFuture<PublishResult> future =
                nodes.get(0).core.publishAsync(FakeNode.message("x")).toCompletableFuture();
        time.advance(Duration.ofSeconds(62));

        assertEquals(Status.CLOSED, future.join().status());
    }

    /** A14. */
    @Test
    void shouldTellTopicAndPayloadApart() {
        List<FakeNode> nodes = chain(2, Map.of());

        PublishResult left = nodes.get(0).core.publish(Message.of(Topic.of("ab"), new byte[] {'c'}));
        PublishResult right = nodes.get(0).core.publish(Message.of(Topic.of("a"), new byte[] {'b', 'c'}));

        assertTrue(left.accepted() && right.accepted());
        assertTrue(!left.id().equals(right.id()));
    }
}
