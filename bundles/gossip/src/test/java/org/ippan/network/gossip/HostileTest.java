// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class HostileTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);
    private final FakeNode mallory = new FakeNode(time, 2);
    private final FakeLink link = node.connect(mallory);

    private static ByteBuffer bogus(int round) {
        List<Announcement> announcements = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            announcements.add(new Announcement(Peers.messageId(round * 1000L + i), 1000, 0));
        }
        return ByteBuffer.wrap(ControlCodec.ihave(announcements).body());
    }

    @Test
    void shouldBoundWhatBogusAnnouncementsTake() {
        FakeNode honest = new FakeNode(time, 3);
        honest.connect(node);
        FakeLink toHonest = honest.links.get(0);
        mallory.core.stop();
        time.advance(Duration.ofMillis(50));

        int most = 0;
        for (int round = 0; round < 150; round++) {
            link.give(FrameType.IHAVE, 0, bogus(round));
            time.advance(Duration.ofMillis(5));
            most = Math.max(most, node.core.wanted.size());
        }
        toHonest.give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofMillis(10));
        FakeNode source = new FakeNode(time, 4);
        source.connect(honest);
        source.publish("x");
        time.advance(Duration.ofSeconds(2));

        assertEquals(32_768, most);
        assertTrue(node.core.wanted.mostBytesOfOnePeer() <= 8 << 20);
        assertEquals(List.of("x"), node.received);
        time.advance(Duration.ofMinutes(2));
        assertEquals(0, node.core.wanted.size());
        assertEquals(0, node.core.wanted.requested());
        assertEquals(0, node.core.wanted.mostOfOnePeer());
    }

    /** From several: what peers that dialled us announce leaves room for those we dialled, and for another. */
    @Test
    void shouldKeepRoomForOthersWhenSeveralPeersAnnounceWithoutEnd() {
        List<FakeLink> liars = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            FakeNode liar = new FakeNode(time, 10 + i);
            liar.connect(node);
            liar.core.stop();
            liars.add(node.links.get(node.links.size() - 1));
        }
        FakeNode dialled = new FakeNode(time, 3);
        FakeLink toDialled = node.connect(dialled);
        mallory.core.stop();
        time.advance(Duration.ofMillis(50));

        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < liars.size(); i++) {
                liars.get(i).give(FrameType.IHAVE, 0, bogus(1000 * i + round));
            }
        }

        time.runDue();
        assertEquals(65_536 / 4 * 3, node.core.wanted.size());
        int before = node.core.wanted.size();
        toDialled.give(FrameType.IHAVE, 0, bogus(9_000));
        time.runDue();
        assertEquals(before + 1000, node.core.wanted.size());
    }

    /** Room for one message of a link. */
    @Test
    void shouldAskOthersThoughBogusAnnouncementsWaitForRoom() {
        node.set("validationQueueMessages", "4");
        FakeNode honest = new FakeNode(time, 3);
        FakeLink toHonest = honest.connect(node);
        link.other.receiver = null;
        node.link(0).paused(true);
        node.link(1).paused(true);
        node.link(0).share().take(1);
        node.link(1).share().take(1);
        for (int round = 0; round < 40; round++) {
            link.give(FrameType.IHAVE, 0, bogus(round));
        }
        toHonest.give(ControlCodec.pruneFor(10));
        time.runDue();
        FakeNode source = new FakeNode(time, 4);
        source.connect(honest);
        source.publish("x");
        time.advance(Duration.ofMillis(700));
        assertTrue(node.core.wanted.size() > 30_000 && node.core.wanted.isStarved());
        assertEquals(List.of(), node.received);
        node.link(1).paused(false);
        node.link(1).share().giveBack(1);
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of("x"), node.received);
        node.link(0).paused(false);
        node.link(0).share().giveBack(1);
        time.advance(Duration.ofMinutes(2));
        assertEquals(0, node.core.wanted.size());
        assertFalse(node.core.wanted.isStarved());
    }

    @Test
    void shouldPunishAndCloseOnlyAfterThirtySecondsOverTheRate() {
        for (int second = 0; second < 40 && link.closed == null; second++) {
            for (int i = 0; i < 25; i++) {
                link.give(ControlCodec.GRAFT_NONE);
            }
            if (second < 29) {
                assertNull(link.closed);
            }
            time.advance(Duration.ofSeconds(1));
        }

        assertEquals(GoodbyeReason.RATE_LIMIT, link.closed);
        assertEquals(-5, node.reputation.score(mallory.id).value());
        assertTrue(node.snapshot().overRate() >= 30 * 5);
    }

    @Test
    void shouldBoundWhatRequestsTake() {
        List<IdKey> ids = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ids.add(new IdKey(node.publish("m" + i).id().orElseThrow()));
        }
        time.advance(Duration.ofMillis(100));
        link.carried.clear();
        ByteBuffer iwant = ByteBuffer.wrap(ControlCodec.ids(FrameType.IWANT, ids).body());

        for (int i = 0; i < 200; i++) {
            link.give(FrameType.IWANT, 0, iwant);
            time.advance(Duration.ofMillis(10));
        }

        assertEquals(3000, link.carried(FrameType.GOSSIP));
        assertTrue(node.snapshot().wantedReceived() <= 60_000);
        assertEquals(0, node.outbound(0).askedBytes());
    }

    /** Within the rate of GRAFT. */
    @Test
    void shouldSurviveFlipsOfPruneAndGraft() {
        for (int i = 0; i < 1000; i++) {
            link.give(ControlCodec.pruneFor(10));
            link.give(ControlCodec.GRAFT_NONE);
            if (i % 10 == 0) {
                node.publish("m" + i);
            }
            time.advance(Duration.ofMillis(60));
        }
        link.give(ControlCodec.GRAFT_NONE);
        time.advance(Duration.ofSeconds(5));

        assertEquals(100, mallory.received.size());
    }

    /** Another peer that takes everything. */
    @Test
    void shouldNotLetPublishersWaitForAPeerThatFlips() {
        node.set("cacheSeconds", "4");
        link.other.receiver = null;
        FakeNode honest = new FakeNode(time, 3);
        node.connect(honest);
        int published = 0;

        for (int second = 0; second < 60; second++) {
            link.give(ControlCodec.pruneFor(10));
            time.advance(Duration.ofMillis(700));
            published += second >= 20 && node.publish("m" + second).accepted() ? 1 : 0;
            link.give(ControlCodec.graft(new IdKey(Peers.messageId(1))));
            time.advance(Duration.ofMillis(300));
            node.publish("n" + second);
        }

        assertEquals(40, published);
        time.advance(Duration.ofMinutes(2));
        assertFalse(node.link(0).isSlow());
    }

    @Test
    void shouldAskNoLaterThoughAPeerRepeatsWhatWasAskedFor() {
        repeatWhatIsAskedForBy(node);
    }

    @Test
    void shouldAskNoLaterThoughAPeerRepeatsWhatWaitsForItsVerdict() {
        FakeNode judge = new FakeNode(time, 4);
        judge.core = new GossipCore(judge.environment(validation -> { }, time), judge.settings(), FakeNode.TAG::clone,
                (type, text) -> { });
        judge.core.deduplicator(judge.dedup);
        judge.validate("*", message -> Verdict.ACCEPT);
        repeatWhatIsAskedForBy(judge);
    }

    /** That a body came by itself too shows once that it was late, and not each time a peer repeats it. */
    private void repeatWhatIsAskedForBy(FakeNode asking) {
        asking.set("relayMode", "flood");
        FakeLink toMallory = asking.connect(mallory);
        FakeNode honest = new FakeNode(time, 3);
        FakeLink toHonest = asking.connect(honest);
        toHonest.other.give(ControlCodec.pruneFor(10));
        time.runDue();
        MessageId known = honest.publish("x").id().orElseThrow();
        time.advance(Duration.ofSeconds(1));
        long asked = toHonest.carried(FrameType.IWANT);

        for (int i = 0; i < 10; i++) {
            toMallory.give(FrameType.GOSSIP, 0, honest.body(known));
            toHonest.give(ControlCodec.ihave(List.of(new Announcement(known, 1, 0))));
            time.advance(Duration.ofMillis(250));
        }
        toHonest.give(ControlCodec.ihave(List.of(new Announcement(Peers.messageId(1), 1, 0))));
        time.advance(Duration.ofMillis(300));

        assertEquals(1, asked);
        assertEquals(asked + 1, toHonest.carried(FrameType.IWANT));
    }

    @Test
    void shouldIgnoreWhatWasNotAskedFor() {
        MessageId id = Peers.messageId(1);

        link.give(ControlCodec.ids(FrameType.MISSING, List.of(new IdKey(id))));
        time.advance(Duration.ofSeconds(1));

        assertNull(link.offence);
        assertEquals(0, node.reputation.score(mallory.id).value());
    }

    @Test
    void shouldPassMalformedBodiesOnAsOffences() {
        link.give(FrameType.GOSSIP, 0, ByteBuffer.wrap(new byte[21]));

        assertNotNull(link.offence);
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, link.closed);
        assertEquals(0, node.snapshot().links());
    }

    @Test
    void shouldReturnEveryByteWhenLinksComeAndGo() {
        for (int i = 0; i < 70; i++) {
            FakeNode other = new FakeNode(time, 100 + i);
            FakeLink mine = node.connect(other);
            other.publish("from " + i);
            node.publish("to " + i);
            time.advance(Duration.ofMillis(i % 7));
            if (i % 2 == 0) {
                mine.close(GoodbyeReason.SHUTDOWN, "");
            }
        }
        time.advance(Duration.ofSeconds(90));

        assertEquals(0, node.core.sources.space().bytes());
        assertEquals(0, node.core.sources.space().entries());
        assertEquals(0, node.core.room.bytes());
        assertEquals(0, node.core.wanted.size());
        assertEquals(35, node.core.sources.readers().length - 1);
        for (Outbound outbound : node.core.sources.readers()) {
            assertEquals(0, outbound.lagBytes());
            assertTrue(outbound.cursors().length <= 1 + 35 + 1, "cursors in logs that are gone");
        }
    }
}
