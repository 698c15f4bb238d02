// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.Priority;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** What strangers may have a node with 64 MiB of heap keep: less than with more. */
class SmallHeapTest {

    private static final int STRANGERS = 64;
    private static final int MESSAGES = 9000;
    private static final int LIST = 1000;
    private static final int NUMBERED = 4200;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);
    private final List<FakeLink> strangers = new ArrayList<>();

    SmallHeapTest() {
        node.heapBytes = 64 << 20;
        node.restart();
    }

    private void connectStrangers() {
        for (int i = 0; i < STRANGERS; i++) {
            new FakeNode(time, 10 + i).connect(node);
            FakeLink link = node.links.get(node.links.size() - 1);
            link.other.receiver = null;
            link.stick(true);
            strangers.add(link);
        }
        time.advance(Duration.ofSeconds(1));
    }

    private List<IdKey> published() {
        List<IdKey> ids = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            ids.add(new IdKey(node.publish(String.format("m%05d", i)).id().orElseThrow()));
            time.advance(Duration.ofMillis(1));
        }
        return ids;
    }

    private long asked() {
        long bytes = 0;
        for (Outbound outbound : node.core.sources.readers()) {
            bytes += outbound.askedBytes();
        }
        return bytes;
    }

    @Test
    void shouldKeepABoundedNumberOfRequestsThatPeersDoNotTake() {
        node.connect(new FakeNode(time, 2));
        List<IdKey> ids = published();
        connectStrangers();
        ByteBuffer one = ByteBuffer.wrap(ControlCodec.ids(FrameType.IWANT, ids.subList(0, 1)).body());
        strangers.get(0).give(FrameType.IWANT, 0, one);
        time.runDue();
        long length = asked();

        for (int round = 0; round < 3; round++) {
            for (FakeLink link : strangers) {
                for (int from = 0; from < MESSAGES; from += LIST) {
                    link.give(ControlCodec.ids(FrameType.IWANT, ids.subList(from, from + LIST)));
                }
                time.runDue();
            }
            time.advance(Duration.ofSeconds(1));
        }

        assertTrue(length > 0);
        assertTrue(asked() / length > 45_000 && asked() / length <= 16 * 4096 / 4 * 3, asked() / length + " requests");
        strangers.forEach(link -> link.close(null, ""));
        assertEquals(0, asked());
        node.connect(new FakeNode(time, 5)).give(FrameType.IWANT, 0, one.rewind());
        time.advance(Duration.ofMillis(100));
        assertEquals(1, node.links.get(node.links.size() - 1).carried(FrameType.GOSSIP));
    }

    @Test
    void shouldWantFewerIdsAtATime() {
        connectStrangers();

        for (int i = 0; i < STRANGERS; i++) {
            List<Announcement> announcements = new ArrayList<>();
            for (int j = 0; j < LIST; j++) {
                announcements.add(new Announcement(Peers.messageId(i * LIST + j), LIST, 0));
            }
            strangers.get(i).give(ControlCodec.ihave(announcements));
        }
        time.runDue();

        assertEquals(4096 / 4 * 3, node.core.wanted.size());
    }

    /** Each with all that a frame names: 900 neighbours, of 250 bytes. */
    @Test
    void shouldKeepFewOfTheNeighboursThatPeersName() throws ProtocolException {
        List<Neighbour> many = LongStream.range(0, 900).mapToObj(peer ->
                new Neighbour(peer, true, true, 1, new long[3])).toList();
        OutboundFrame frame = new Neighbourhood(1, 2, new long[3], many).frame();

        int kept = Neighbourhood.decode(ByteBuffer.wrap(frame.body()), node.core.context.mostNeighbours())
                .neighbours().size();

        assertTrue(kept >= 64 && kept * 256L * STRANGERS <= HeapShare.NEIGHBOURS.of(node.heapBytes), kept + " kept");
    }

    private static ByteBuffer numbered(long number) {
        byte[] head = Heads.head(0, Priority.NORMAL, FakeNode.TOPIC, 1, 0);
        return ByteBuffer.wrap(head).putLong(MessageCodec.NUMBER_OFFSET, number);
    }

    /** Each sends one message over and over, with the next number each time: 32 MiB in all. */
    @Test
    void shouldKeepFewIdsOfPublishersOfWhichNoPeerIsTold() {
        connectStrangers();

        for (FakeLink stranger : strangers) {
            for (int number = 1; number <= NUMBERED; number++) {
                stranger.give(FrameType.GOSSIP, 0, numbered(number));
            }
        }
        long kept = node.core.context.proofs.bytes();

        assertTrue(kept > 0 && kept <= HeapShare.FINGERPRINTS.of(node.heapBytes), kept + " bytes");
        strangers.forEach(link -> link.close(null, ""));
        time.runDue();
        assertEquals(0, node.core.context.proofs.bytes());
    }
}
