// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who makes publishers and senders wait: each cause by itself is made for real, and the doctor names it. */
@Tag(Nodes.WAITING)
class HeldBackIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String NETWORK = "default";
    private static final String BULK = "bulk";
    private static final String FASTER = ": applications publish faster than the links take. ";
    private static final String REFUSED = "WARN back-pressure: # messages of this node's applications refused in the"
            + " last # s: they publish faster than the links take. Let applications wait for whenWritable, or add"
            + " links.";
    private static final String CHECK = " Let applications wait for whenWritable; check the load of that peer and the"
            + " line to it.";
    private static final String READING = "WARN reading: Reading of 1 link is paused just now; its senders wait. ";
    private static final int BODY = 20_000;
    private static final int MOST = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final String SHAPED = "peerOutboundBytesPerSecond";
    private static final long HELD = 1 << 20;
    private static final int REFUSALS = 5;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final CountDownLatch over = new CountDownLatch(1);
    private IppanNode node;
    private WirePeer peer;
    private Diagnosis limits;
    private long published;

    @AfterEach
    void end() {
        over.countDown();
        peer.close();
    }

    /** A node, and a peer that settles nothing. */
    private void start(String... gossip) {
        node = nodes.embed("node", builder -> {
            builder.set(TRANSPORT, "tls", "false");
            for (int i = 0; i < gossip.length; i += 2) {
                builder.set(GOSSIP, gossip[i], gossip[i + 1]);
            }
        });
        peer = WirePeer.connect(Nodes.address(node), NETWORK);
        limits = Diagnosis.limits(node);
        Nodes.awaitPeers(node, 1);
    }

    private String name() {
        return PeerId.of(peer.id()).shortForm();
    }

    private void publish() {
        node.gossip().publish(Message.of(Topic.of(BULK), new byte[BODY]).withNonce(++published));
    }

    /** Publishes until this is so, and no more. */
    private void publishUntil(Predicate<GossipSnapshot> condition) {
        while (!condition.test(node.gossip().snapshot()) && published < MOST) {
            publish();
        }
    }

    private static void flood(WirePeer sender, int messages, int length) {
        try {
            for (int i = 1; i <= messages; i++) {
                sender.send(WirePeer.GOSSIP, WireFrames.message(BULK, i, length));
            }
            sender.flush();
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    @Test
    void shouldNameThePeerThatTakesNothingWhileMessagesWaitToBeSent() {
        start();
        node.set(TRANSPORT, SHAPED, "1024");

        publishUntil(told -> told.heldBytes() > HELD);

        limits.tells("WARN back-pressure: # bytes of this node's messages wait to be sent" + FASTER + name()
                + " is furthest behind: # bytes are still to be sent to it." + CHECK);
    }

    /** It judges for long what came, and so settles nothing. */
    @Test
    void shouldNameThePeerBehindWhichMessagesDoNotArrive() {
        // What only waits to be sent holds no publisher up.
        start("publishDelayMillis", "10000");
        peer.close();
        Nodes.awaitPeers(node, 0);
        IppanNode paris = nodes.embed("paris", builder -> builder.set(TRANSPORT, "tls", "false"), Nodes.address(node));
        Nodes.awaitPeers(node, 1);
        judgeForLong(paris);

        String behind = "WARN back-pressure: # bytes of this node's messages have not arrived everywhere yet" + FASTER
                + "Most is missing behind " + paris.id().shortForm() + ": # bytes that were sent to it have not arrived"
                + " at it and all nodes it sends them to." + CHECK;
        // A validator that is too slow is given up, and what waits for it is ignored: then all is settled, until more
        // comes.
        Eventually.until(() -> behind + " in " + limits.all(), Nodes.SOON, () -> {
            // A publisher that asks before it publishes is never refused.
            for (int i = 0; i < MOST_AT_ONCE && node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture()
                    .isDone(); i++) {
                publish();
            }
            return limits.says(behind);
        });
    }

    @Test
    void shouldAdviseMoreLinksWhenNoPeerIsBehindAnyMore() {
        start();
        peer.close();
        Nodes.awaitPeers(node, 0);
        nodes.embed("paris", builder -> builder.set(TRANSPORT, "tls", "false"), Nodes.address(node));
        Nodes.awaitPeers(node, 1);

        node.set(TRANSPORT, SHAPED, "1024");
        publishUntil(told -> told.publishRefused() >= REFUSALS);
        node.set(TRANSPORT, SHAPED, "0");

        limits.tells(REFUSED);
    }

    private void judgeForLong(IppanNode judge) {
        judge.validate(BULK, message -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Verdict.ACCEPT;
        });
    }

    @Test
    void shouldNameASlowValidatorForWhichLinksAreNotRead() {
        start("validationQueueMessages", "16");
        judgeForLong(node);

        flood(peer, 60, 100);

        limits.tells(READING + "# messages (# bytes) wait to be validated or delivered. Look for a slow validator; then"
                + " raise validatorThreads or validationQueueMessages of " + GOSSIP + ".");
    }

    /** Of two that take nothing, neither is waited for alone and called slow for that. */
    @Test
    void shouldNameThePeerForWhichOthersAreNotRead() throws Exception {
        start("cacheBytes", String.valueOf(4 << 20));
        try (WirePeer other = WirePeer.connect(Nodes.address(node), NETWORK);
                WirePeer sender = WirePeer.connect(Nodes.address(node), NETWORK)) {
            Nodes.awaitPeers(node, 3);
            peer.stopReading();
            other.stopReading();
            Thread flood = new Thread(() -> flood(sender, MOST, BODY), "flood");
            flood.setDaemon(true);
            flood.start();

            limits.tells(READING + "… is furthest behind: # bytes are still to be sent to it. Check the load of the"
                    + " peers that are behind and the lines to them.");
        }
    }
}
