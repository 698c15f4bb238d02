// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Everything that can hold back traffic at one node, at once: the doctor names each, says what to do, and says so no
 * longer 20 s after it has ended. All of it comes over real sockets.
 */
@Tag(Nodes.WAITING)
class LimitsIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String DEDUP = "org.ippan.network.dedup";
    private static final String NETWORK = "default";
    private static final String SLOW = " Make it faster, or give it a longer queue or another overflow rule"
            + " (ippan.queue, ippan.overflow).";
    private static final String LISTENER = "WARN listener: The listener " + Stuck.class.getName() + " of %s is slow: #"
            + " message… in its queue of 2";
    private static final String RATES = " Raise them in org.ippan.network.transport; 0 is no limit.";
    private static final String[] EVERYTHING = {
        "WARN accepting: # connections refused in the last # s: maxPendingPerAddress was reached. If they are wanted,"
                + " raise maxPendingPerAddress of org.ippan.network.transport.",
        "WARN back-pressure: # messages of this node's applications refused in the last # s: they publish faster than"
                + " the links take. … is furthest behind: # bytes are still to be sent to it. Let applications wait for"
                + " whenWritable; check the load of that peer and the line to it.",
        "WARN control-frames: # control frames ignored in the last # s, because peers sent more than"
                + " controlFramesPerSecond. If that is wanted traffic, raise it in org.ippan.network.transport.",
        "WARN dedup: # ids forgotten early in the last # s: messages may be delivered and relayed twice. Ids are"
                + " forgotten after # s instead of 300 s: capacity # would be needed (# messages/s x 300 s). Raise"
                + " capacity or lower windowSeconds.",
        LISTENER.formatted("orders") + ", and while that is full the senders are slowed down." + SLOW,
        LISTENER.formatted("prices") + ", and # were dropped, the oldest first." + SLOW,
        LISTENER.formatted("prices") + ", and # were dropped, the newest first." + SLOW,
        "WARN rates: 1 connection not read just now: peers send more than inboundMessagesPerSecond or"
                + " inboundBytesPerSecond allow." + RATES,
        "WARN reading: Reading of 1 link is paused just now; its senders wait. The queue of the listener "
                + Stuck.class.getName() + " is full: # messages (# bytes) wait to be validated or delivered. Make the"
                + " listener faster, or give it another overflow rule (ippan.overflow).",
        "WARN shaping: # connections held back just now by outboundBytesPerSecond or peerOutboundBytesPerSecond."
                + RATES};

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private IppanNode node;
    private int published;

    /** Takes nothing until it is told to. */
    private static final class Stuck implements GossipListener {

        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void onMessage(ReceivedMessage message) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private WirePeer stranger() {
        WirePeer peer = WirePeer.connect(Nodes.address(node), NETWORK);
        open.push(peer);
        return peer;
    }

    private void flood(String topic, int messages) throws IOException {
        WirePeer peer = stranger();
        for (int i = 1; i <= messages; i++) {
            peer.send(WirePeer.GOSSIP, WireFrames.message(topic, i, 100));
        }
        peer.flush();
    }

    /** Publishes until the node says that it is too much. */
    private void publishAll(Priority priority, int length) {
        Message message = Message.of(Topic.of("bulk"), new byte[length]).withPriority(priority);
        long deadline = System.nanoTime() + Nodes.SOON.toNanos();
        while (node.gossip().publish(message.withNonce(++published)).status() != Status.BACKPRESSURE) {
            assertTrue(System.nanoTime() < deadline, () -> "no back-pressure after " + published);
        }
    }

    @Test
    void shouldFindEverythingThatHoldsTrafficBackAndThatItEnds() throws Exception {
        node = nodes.embed("node", builder -> builder.set(TRANSPORT, "tls", "false")
                .set(TRANSPORT, "controlFramesPerSecond", "100")
                .set(GOSSIP, "validationQueueMessages", "16").set(DEDUP, "capacity", "1000"));
        Diagnosis limits = Diagnosis.limits(node);
        Diagnosis doctor = Diagnosis.of(node);
        limits.findsOnly("OK limits: Nothing holds traffic back.");
        Stuck stuck = new Stuck();
        for (Overflow rule : Overflow.values()) {
            node.register(GossipListener.class, stuck, Map.of(GossipListener.TOPIC, rule == Overflow.BLOCK ? "orders"
                    : "prices", GossipListener.QUEUE, "2", GossipListener.OVERFLOW, rule.name()));
        }

        flood("orders", 60);
        WirePeer announcer = stranger();
        for (int i = 0; i < 300; i++) {
            announcer.send(WirePeer.IHAVE, WireFrames.announcement(1));
        }
        announcer.flush();
        node.set(TRANSPORT, "peerOutboundBytesPerSecond", "1024");
        node.set(TRANSPORT, "inboundMessagesPerSecond", "10");
        flood("prices", 1000);
        for (int i = 0; i < 20; i++) {
            open.push(new Socket(Nodes.LOOPBACK, node.listenAddress().orElseThrow().port()));
        }
        publishAll(Priority.NORMAL, 4000);
        publishAll(Priority.HIGH, 20_000);
        doctor.finds("WARN dedup-capacity: # new messages/s in the last # s need a capacity of # for 300 s; it is 1000."
                + " Set capacity of org.ippan.network.dedup to # or more.");
        node.set(DEDUP, "capacity", "10");

        limits.findsOnly(EVERYTHING);
        String[] backlog = Arrays.stream(EVERYTHING).map(line -> line.replaceFirst(" \\S+:", " backlog:"))
                .toArray(String[]::new);
        doctor.finds(backlog);
        doctor.finds("FAIL dedup-capacity: Message ids are forgotten after # s instead of 300 s: messages that come"
                + " again are delivered again. # new messages/s in the last # s need a capacity of # for 300 s; it is"
                + " 10. Set capacity of org.ippan.network.dedup to # or more.");

        stuck.released.countDown();
        close();
        node.set(TRANSPORT, "peerOutboundBytesPerSecond", "0");
        node.set(TRANSPORT, "inboundMessagesPerSecond", "0");
        node.set(DEDUP, "capacity", "100000");
        limits.tells("WARN dedup: # ids forgotten early in the last # s: messages may be delivered and relayed twice."
                + " None is forgotten early any more; if that begins again, raise capacity of " + DEDUP + ".");
        limits.findsOnly("OK limits: Nothing holds traffic back.");
        doctor.finds("OK backlog: Nothing piles up.", "OK dedup-capacity: 0 new messages/s in the last # s need a"
                + " capacity of # for 300 s; it is 100000.");
        assertEquals(Status.NO_PEERS, node.gossip().publish(Message.of(Topic.of("bulk"), new byte[1])).status());
    }
}
