// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.wire.Ack;
import org.ippan.network.gossip.wire.Heads;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a peer is told of what is settled, by several threads at once. */
class AcksTest {

    private static final Topic FREE = Topic.of("free");
    private static final Topic JUDGED = Topic.of("judged");
    private static final int MUCH = 70 * 1024;
    private static final int SOME = 10 * 1024;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final GossipThreads threads = new GossipThreads(failures::add);
    private final GossipCore core = new GossipCore(threads.environment(FakeNode.FAULTS),
            GossipSettings.of(GossipSettings.SCHEMA.parse(Map.of())), () -> new byte[16], (type, text) -> { });
    private final Link link = new Link();
    private final CountDownLatch judging = new CountDownLatch(1);

    /** A link with whose thread another one may catch up in the middle of the first ACK that tells of much. */
    private static final class Link extends ThreadLink {

        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch overtaken = new CountDownLatch(1);
        private final List<Long> told = new ArrayList<>();

        Link() {
            super(Peers.peer(1));
        }

        @Override
        public boolean offer(OutboundFrame frame) {
            if (frame.type() == FrameType.ACK) {
                long settled = settled(frame);
                if (settled >= MUCH && inside.getCount() > 0) {
                    inside.countDown();
                    await(overtaken, Duration.ofMillis(500));
                }
                note(settled);
            }
            return true;
        }

        private static long settled(OutboundFrame frame) {
            try {
                return Ack.decode(ByteBuffer.wrap(frame.body())).settled()[Priority.NORMAL.ordinal()];
            } catch (ProtocolException e) {
                throw new IllegalStateException(e);
            }
        }

        private synchronized void note(long settled) {
            told.add(settled);
            if (settled > MUCH + SOME) {
                overtaken.countDown();
            }
        }

        synchronized List<Long> told() {
            return List.copyOf(told);
        }
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        core.stop();
        threads.stop(() -> { });
    }

    /** Messages of some topics and lengths come together. */
    private void read(FrameReceiver receiver, Map<Topic, Integer> messages) {
        messages.forEach((topic, length) -> {
            byte[] head = Heads.head(0, Priority.NORMAL, topic, 0, length);
            try {
                receiver.frame(FrameType.GOSSIP, 0, ByteBuffer.allocate(head.length + length).put(head).rewind());
            } catch (ProtocolException e) {
                failures.add(e);
            }
        });
        try {
            receiver.readComplete();
        } catch (ProtocolException e) {
            failures.add(e);
        }
    }

    /** A peer that is told less than before takes it that counting began anew, and all that it sent for settled. */
    @Test
    void shouldTellAPeerNeverLessThanBefore() {
        core.deduplicator(new FakeDedup());
        core.subscriptions.validator(message -> await(judging, Duration.ofSeconds(4)) ? Verdict.ACCEPT : Verdict.IGNORE,
                Map.of(MessageValidator.TOPIC, JUDGED.name()));
        FrameReceiver receiver = core.linkUp(link, true);
        // From now on the relay looks again and again whether there is more to be told.
        read(receiver, Map.of(FREE, 1));
        Eventually.always("too little for an ACK", Duration.ofMillis(20), () -> link.told().isEmpty());
        new Thread(() -> read(receiver, Map.of(JUDGED, SOME, FREE, MUCH))).start();

        Eventually.until("an ACK is on its way", Duration.ofSeconds(10), () -> link.inside.getCount() == 0);
        judging.countDown();
        Eventually.until(() -> "all is told: " + link.told(), Duration.ofSeconds(10),
                () -> link.told().stream().anyMatch(settled -> settled > MUCH + SOME) && link.told().size() > 1);

        assertEquals(link.told().stream().sorted().toList(), link.told());
        assertEquals(List.of(), List.copyOf(failures));
    }
}
