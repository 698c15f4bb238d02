// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** Messages on their way from node to node: how far, how often, to whom. */
class RelayTest {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final ManualScheduler time = new ManualScheduler();

    /** The body of a message as a stranger would send it. */
    private static ByteBuffer body(int hops, long ageMillis, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] head = Heads.head(hops, Priority.NORMAL, FakeNode.TOPIC, 0, payload.length);
        return ByteBuffer.allocate(head.length + payload.length).put(head).put(payload).flip()
                .putInt(MessageCodec.AGE_OFFSET, (int) ageMillis);
    }

    @Test
    void shouldDeliverEachMessageExactlyOnceToAllOfAMesh() {
        List<FakeNode> nodes = FakeNode.mesh(time, 6);

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
        List<FakeNode> nodes = FakeNode.chain(time, 4, Map.of());

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
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of());
        List<String> seen = new ArrayList<>();
        nodes.get(2).listen(message -> seen.add(message.hops() + " " + message.age().toMillis() + " "
                + message.deliveredBy().shortForm() + " " + message.nonce() + " " + message.priority()));

        nodes.get(0).core.publish(FakeNode.message("x").withNonce(9).withPriority(Priority.HIGH));
        time.advance(SOON);

        assertEquals(List.of("1 10 " + nodes.get(1).id.shortForm() + " 9 HIGH"), seen);
    }

    @Test
    void shouldNotRelayInDirectMode() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of("relayMode", "direct"));

        nodes.get(0).publish("x");
        time.advance(Duration.ofSeconds(3));

        assertEquals(List.of("x"), nodes.get(1).received);
        assertEquals(List.of(), nodes.get(2).received);
        assertEquals(1, nodes.get(0).reputation.score(nodes.get(1).id).value());
    }

    @Test
    void shouldSwitchTheRelayModeWhileItRuns() {
        List<FakeNode> nodes = FakeNode.chain(time, 3, Map.of("relayMode", "direct"));
        nodes.get(0).publish("first");
        time.advance(SOON);

        nodes.forEach(node -> node.set("relayMode", "flood"));
        nodes.get(0).publish("second");
        time.advance(SOON);

        assertEquals(List.of("second"), nodes.get(2).received);
    }

    @Test
    void shouldNeitherSendNorAnnounceWhatThePeerDoesNotTake() {
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
        nodes.get(0).links.get(0).maxMessageBytes = 1024;

        nodes.get(0).publish("x".repeat(1025));
        nodes.get(0).publish("y".repeat(1024));
        time.advance(Duration.ofSeconds(3));

        assertEquals(1, nodes.get(1).received.size());
        assertEquals(0, nodes.get(0).snapshot().announced());
    }

    /** Too many hops or too old is no offence, and marks nothing. */
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
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
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
        List<FakeNode> nodes = FakeNode.chain(time, 2, Map.of());
        for (int i = 0; i < 25; i++) {
            nodes.get(0).reputation.recordInvalid(nodes.get(1).id, null);
        }

        nodes.get(0).publish("x");
        time.advance(SOON);

        assertEquals(List.of(), nodes.get(1).received);
    }

}
