// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** The spanning tree: how it forms, heals, and keeps still while many publish at once. */
class TreeTest {

    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final Duration AFTER_T1 = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(5);

    private final ManualScheduler time = new ManualScheduler();

    private void publish(List<FakeNode> publishers, String name, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(Status.ACCEPTED, publishers.get(i % publishers.size()).publish(name + i).status());
            time.advance(BETWEEN);
        }
    }

    private static long sum(List<FakeNode> nodes, ToLongFunction<GossipSnapshot> counter) {
        return nodes.stream().map(FakeNode::snapshot).mapToLong(counter).sum();
    }

    /** Bodies that came beyond the one each node needs, for each that it needs. */
    private static double redundancySince(long[] before, List<FakeNode> nodes) {
        double all = sum(nodes, GossipSnapshot::bodiesReceived) - before[0];
        double duplicates = sum(nodes, GossipSnapshot::duplicates) - before[1];
        return duplicates / (all - duplicates);
    }

    private static long[] bodies(List<FakeNode> nodes) {
        return new long[] {sum(nodes, GossipSnapshot::bodiesReceived), sum(nodes, GossipSnapshot::duplicates)};
    }

    private static void assertAllReceivedOnce(List<FakeNode> nodes, int count) {
        for (FakeNode node : nodes) {
            assertEquals(count, node.received.size());
            assertEquals(count, new HashSet<>(node.received).size());
        }
    }

    @Test
    void shouldSendHardlyAnythingTwiceOnceTheTreeHasFormed() {
        List<FakeNode> nodes = FakeNode.halves(time, 8);
        publish(nodes.subList(0, 1), "warm", 300);
        long[] warm = bodies(nodes);

        publish(nodes.subList(0, 1), "m", 200);
        time.advance(LONG);

        assertAllReceivedOnce(nodes.subList(1, 8), 500);
        assertEquals(0, redundancySince(warm, nodes), 0.01);
        assertTrue(sum(nodes, GossipSnapshot::lazyLinks) >= 2 * (16 - 12), "many of the 16 links are lazy");
    }

    @Test
    void shouldKeepStillWhileManyPublishAtOnce() {
        List<FakeNode> nodes = FakeNode.mesh(time, 12);
        publish(nodes, "warm", 600);
        long[] warm = bodies(nodes);
        long grafts = sum(nodes, GossipSnapshot::graftsSent);

        publish(nodes, "m", 600);
        time.advance(LONG);

        assertAllReceivedOnce(nodes, 1100);
        assertTrue(redundancySince(warm, nodes) < 0.1, "redundancy " + redundancySince(warm, nodes));
        assertTrue(sum(nodes, GossipSnapshot::graftsSent) - grafts < 20);
    }

    @Test
    void shouldHealByGraftingWhenNodesVanish() {
        List<FakeNode> nodes = FakeNode.mesh(time, 8);
        publish(nodes.subList(0, 1), "warm", 100);
        List<FakeNode> survivors = List.copyOf(nodes.subList(0, 6));
        // Silently: nobody is told, their links just swallow everything.
        nodes.subList(6, 8).forEach(gone -> gone.links.forEach(link -> link.receiver = null));

        publish(survivors.subList(0, 1), "m", 50);
        time.advance(LONG);

        assertAllReceivedOnce(survivors.subList(1, 6), 150);
        assertEquals(0, sum(survivors, GossipSnapshot::missed));
    }

    @Test
    void shouldNeverPruneInASmallCluster() {
        List<FakeNode> nodes = FakeNode.mesh(time, 4);

        publish(nodes, "m", 100);

        assertEquals(0, sum(nodes, GossipSnapshot::prunesSent));
        assertEquals(0, sum(nodes, GossipSnapshot::lazyLinks));
    }

    @Test
    void shouldSendBodiesOverAllLinksAgainWhenTheModeIsFlood() {
        List<FakeNode> nodes = FakeNode.halves(time, 8);
        publish(nodes.subList(0, 1), "warm", 100);
        assertTrue(sum(nodes, GossipSnapshot::lazyLinks) > 0);

        nodes.forEach(node -> node.set("relayMode", "flood"));
        publish(nodes, "m", 60);

        assertEquals(0, sum(nodes, GossipSnapshot::lazyLinks));
        assertEquals(0, nodes.get(0).links.stream().filter(link -> link.closed != null).count());
    }

    @Test
    void shouldGraftOnceInACooldownAndJustAskForTheRest() {
        FakeNode alice = new FakeNode(time, 1);
        FakeLink link = alice.connect(new FakeNode(time, 2));
        link.other.receiver = null;

        announce(link, Peers.messageId(1));
        announce(link, Peers.messageId(2));
        time.advance(AFTER_T1);
        assertEquals(1, link.carried(FrameType.GRAFT));
        assertEquals(1, link.carried(FrameType.IWANT));
        time.advance(LONG);
        announce(link, Peers.messageId(3));
        time.advance(AFTER_T1);

        assertEquals(2, link.carried(FrameType.GRAFT));
        assertEquals(2, alice.snapshot().graftsSent());
    }

    @Test
    void shouldNotGraftAPeerInItsBackOff() {
        FakeNode alice = new FakeNode(time, 1);
        FakeLink link = alice.connect(new FakeNode(time, 2));
        link.other.receiver = null;

        prune(link, 10);
        announce(link, Peers.messageId(1));
        time.advance(AFTER_T1);

        assertEquals(0, link.carried(FrameType.GRAFT));
        assertEquals(1, link.carried(FrameType.IWANT));
        assertFalse(alice.link(0).isEager());
    }

    @Test
    void shouldRefuseAGraftAndServeTheMessageWhenThePeerIsWarned() {
        FakeNode alice = new FakeNode(time, 1);
        FakeNode bob = new FakeNode(time, 2);
        FakeLink link = alice.connect(bob);
        prune(link, 0);
        for (int i = 0; i < 6; i++) {
            alice.reputation.recordInvalid(bob.id, null);
        }
        MessageId id = alice.publish("x").id().orElseThrow();

        link.give(ControlCodec.graft(new IdKey(id)));
        time.advance(Duration.ofMillis(20));

        assertFalse(alice.link(0).isEager());
        assertEquals(1, link.carried(FrameType.PRUNE));
        assertEquals(List.of("x"), bob.received);
    }

    @Test
    void shouldTakeBackALinkThatBringsNewsUnlessItsPeerRefusedBodies() {
        FakeNode alice = new FakeNode(time, 1);
        FakeNode bob = new FakeNode(time, 2);
        FakeLink link = alice.connect(bob);

        prune(link, 10);
        bob.publish("while it refuses");
        time.advance(BETWEEN);
        assertFalse(alice.link(0).isEager());
        time.advance(Duration.ofSeconds(12));
        bob.publish("later");
        time.advance(BETWEEN);

        assertTrue(alice.link(0).isEager());
        assertEquals(2, alice.received.size());
    }

    /** A link is pruned of which duplicates come for a while. */
    private void giveSlowly(FakeLink link, int flags, ByteBuffer body) {
        for (int i = 0; i < 4; i++) {
            link.give(FrameType.GOSSIP, flags, body.duplicate());
            time.advance(Duration.ofMillis(40));
        }
    }

    @Test
    void shouldBelieveOnlyInAnswersToItsOwnRequests() {
        FakeNode alice = new FakeNode(time, 1, Map.of("floodMaxPeers", "0", "pruneAfter", "3"));
        FakeLink link = alice.connect(new FakeNode(time, 2));
        FakeNode bob = new FakeNode(time, 3);
        alice.connect(bob);
        ByteBuffer copy = bob.body(bob.publish("x").id().orElseThrow());
        time.advance(BETWEEN);

        giveSlowly(link, FrameType.SOLICITED, copy);
        boolean early = link.carried(FrameType.PROBE) > 0;
        time.advance(Duration.ofMillis(500));

        assertFalse(early);
        assertTrue(link.carried(FrameType.PROBE) > 0, "it counts as brought twice");
    }

    @Test
    void shouldPruneAPeerThatStillSendsOverALinkThatIsLazyHere() {
        FakeNode alice = new FakeNode(time, 1, Map.of("floodMaxPeers", "0", "pruneAfter", "3"));
        FakeLink link = alice.connect(new FakeNode(time, 2));
        alice.connect(new FakeNode(time, 3));
        MessageId id = alice.publish("x").id().orElseThrow();
        ByteBuffer copy = alice.body(id);
        prune(link, 0);

        giveSlowly(link, 0, copy);

        assertEquals(1, link.carried(FrameType.PRUNE));
        assertFalse(alice.link(0).isEager());
    }

    /** With more lazy links than are told in one round, each has its turn: what one passes stays before the others. */
    @Test
    void shouldTellEveryLazyPeerThoughOnlyOneInARound() {
        FakeNode alice = new FakeNode(time, 1, Map.of("announceFanout", "1"));
        for (int i = 2; i < 6; i++) {
            FakeLink link = alice.connect(new FakeNode(time, i));
            link.other.receiver = null;
            prune(link, 0);
        }

        alice.publish("x");
        time.advance(Duration.ofMillis(180));
        long told = alice.links.stream().filter(link -> link.carried(FrameType.IHAVE) > 0).count();
        time.advance(Duration.ofSeconds(2));

        assertTrue(told >= 1 && told <= 3, "told " + told);
        alice.links.forEach(link -> assertEquals(1, link.carried(FrameType.IHAVE)));
        assertEquals(4, alice.snapshot().announced());
    }

    private void announce(FakeLink link, MessageId id) {
        link.give(ControlCodec.ihave(List.of(new Announcement(id, 10, 0))));
    }

    private void prune(FakeLink link, int backoffSeconds) {
        link.give(ControlCodec.pruneFor(backoffSeconds));
        time.runDue();
    }
}
