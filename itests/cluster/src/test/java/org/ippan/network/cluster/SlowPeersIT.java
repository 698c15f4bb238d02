// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.OutboundSnapshot;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is found about a peer that takes less than there is for it, though it lives. */
@Tag(Nodes.WAITING)
class SlowPeersIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String NETWORK = "default";
    private static final String REASON = "Strangers that have not kept up for 3 s yet have used up the time that others"
            + " wait for all of them.";
    private static final int IWANT = 0x12;
    private static final int IDS = 1000;
    private static final int ID_BYTES = 32;
    private static final int BURST = 50;
    private static final int BODY = 20_000;
    private static final int LOGS = 4 << 20;
    private static final int KEPT_UP_SECONDS = 6;
    /** Dials none but those it is told to: messages are to come over one link only. */
    private static final String APART = "org.ippan.network.peers:outboundTarget=0";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private IppanNode node;
    private Diagnosis limits;
    private long published;

    private void start(String... peers) {
        node = nodes.embed("node", builder -> builder.set(TRANSPORT, "tls", "false")
                .set(GOSSIP, "cacheBytes", String.valueOf(LOGS)), peers);
        limits = Diagnosis.limits(node);
    }

    /** What fits just now. */
    private void publish() {
        boolean accepted = true;
        for (int i = 0; i < BURST && accepted; i++) {
            accepted = node.gossip().publish(Message.of(Topic.of("bulk"), new byte[BODY]).withNonce(++published))
                    .accepted();
        }
    }

    @Test
    void shouldFindAPeerThatIsSlowAndWhatLeftTheLogsBeforeItWasSent() throws Exception {
        start();
        IppanNode fast = nodes.embed("fast", builder -> builder.set(TRANSPORT, "tls", "false"),
                Nodes.address(node));
        try (WirePeer slow = WirePeer.connect(Nodes.address(node), NETWORK)) {
            Nodes.awaitPeers(node, 2);
            Nodes.awaitPeers(fast, 1);
            slow.stopReading();
            String name = PeerId.of(slow.id()).shortForm();

            Eventually.until(() -> "it is slow: " + node.gossip().snapshot(), Nodes.SOON, () -> {
                lives(slow);
                publish();
                return node.gossip().snapshot().outbound().stream().anyMatch(link -> link.slow()
                        && link.lagBytes() > 2L * LOGS);
            });

            limits.tells("WARN slow-link: " + name + " is not waited for, as it is a stranger: " + REASON + " # bytes"
                    + " are still to be sent to it, and it may miss messages. If it belongs here, make it a member: by"
                    + " a networkKey of org.ippan.network.peers, mode = allowlist, or as a configured peer; it is one"
                    + " from its next connection on. When it keeps up, this node announces to it what it missed.");
            Diagnosis.of(node).explains(name, "It is a stranger, and not waited for, so it may miss messages. "
                    + REASON);
            slow.readAgain();
            limits.tells("WARN overrun: # messages left the logs in the last # s before a slow link had sent them. Look"
                    + " for slow links; a higher cacheBytes of " + GOSSIP + " bridges longer delays.");
        }
    }

    @Test
    void shouldFindAMemberThatIsSlow() throws Exception {
        NodeProcess slow = nodes.run("slow", Nodes.ANY_PORT, "--set", TRANSPORT + ":tls=false");
        start(slow.listen());
        IppanNode fast = nodes.embed("fast", builder -> builder.set(TRANSPORT, "tls", "false"), Nodes.address(node));
        Nodes.awaitPeers(node, 2);
        Nodes.awaitPeers(fast, 1);
        String name = PeerId.parse(slow.id()).shortForm();
        slow.pause();
        try {
            Eventually.until(() -> "it is slow: " + node.gossip().snapshot(), Nodes.SOON, () -> {
                publish();
                return node.gossip().snapshot().outbound().stream().anyMatch(OutboundSnapshot::slow);
            });

            limits.tells("WARN slow-link: " + name + " is slow: # bytes are still to be sent to it. Publishers and"
                    + " other links no longer wait for it, so it may miss messages. Check its load and the line to it."
                    + " When it keeps up, this node announces to it what it missed.");
            Diagnosis.of(node).explains(name, "It is slow: publishers and other links no longer wait for it, so it may"
                    + " miss messages.");
        } finally {
            slow.resume();
        }
    }

    /** Two, as of those that lag none is the only one: alone it would be called slow, like a member. */
    @Test
    void shouldFindStrangersThatLagAfterTheyKeptUp() throws Exception {
        NodeProcess fast = nodes.run("fast", Nodes.ANY_PORT, "--set", TRANSPORT + ":tls=false", "--set", APART);
        start(fast.listen());
        NodeProcess one = stranger("one");
        NodeProcess two = stranger("two");
        Nodes.awaitPeers(node, 3);
        keepUp();
        one.pause();
        two.pause();
        try {
            Eventually.until(() -> "they are slow: " + node.gossip().snapshot(), Nodes.SOON, () -> {
                publish();
                return node.gossip().snapshot().outbound().stream().filter(OutboundSnapshot::slow).count() == 2;
            });

            limits.tells("WARN slow-link: " + PeerId.parse(one.id()).shortForm() + " is not waited for, as it is a"
                    + " stranger: Strangers that kept up before have used up the time that others wait for all of them."
                    + " # bytes are still to be sent to it, and it may miss messages. If it belongs here, make it a"
                    + " member: by a networkKey of org.ippan.network.peers, mode = allowlist, or as a configured peer;"
                    + " it is one from its next connection on. When it keeps up, this node announces to it what it"
                    + " missed.");
        } finally {
            one.resume();
            two.resume();
        }
    }

    private NodeProcess stranger(String name) {
        return nodes.run(name, Nodes.ANY_PORT, "--set", TRANSPORT + ":tls=false", "--set", APART, "--peers",
                Nodes.address(node));
    }

    /** For longer than it takes to have standing, at a rate that is easy for all. */
    private void keepUp() throws InterruptedException {
        for (long left = KEPT_UP_SECONDS * 100L; left > 0; left--) {
            node.gossip().publish(Message.of(Topic.of("bulk"), new byte[1]).withNonce(++published));
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Where no link takes anything none is waited for alone, so all are waited for as long as they live. */
    @Test
    void shouldFindAListenerThatWaitsInsideItsCallbackForRoomThatPeersDoNotMake() throws Exception {
        start();
        try (WirePeer one = WirePeer.connect(Nodes.address(node), NETWORK);
                WirePeer two = WirePeer.connect(Nodes.address(node), NETWORK);
                WirePeer sender = WirePeer.connect(Nodes.address(node), NETWORK)) {
            Nodes.awaitPeers(node, 3);
            one.stopReading();
            two.stopReading();
            sender.stopReading();
            node.subscribe("go", message -> publishAll());
            sender.send(WirePeer.GOSSIP, WireFrames.message("go", 1, 1));
            sender.flush();

            Diagnosis doctor = Diagnosis.of(node);
            Eventually.until(() -> "it waits: " + doctor.all(), Nodes.SOON, () -> {
                lives(one);
                lives(two);
                lives(sender);
                return doctor.all().stream().anyMatch(line -> line.contains(" of go waits for room to publish inside a"
                        + " callback: heldBytes=") && line.endsWith(" Publish what does not fit later, on a thread of"
                        + " the application."));
            });
        }
    }

    /** More than the logs and what the system keeps for sockets have room for. */
    private void publishAll() {
        for (long left = 4L * LOGS / BODY; left > 0; left--) {
            while (node.gossip().publish(Message.of(Topic.of("bulk"), new byte[BODY]).withNonce(++published)).status()
                    == PublishResult.Status.BACKPRESSURE) {
                awaitRoom();
            }
        }
    }

    private void awaitRoom() {
        try {
            node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A sign of life: only what is silent too is sent away. */
    private static void lives(WirePeer peer) {
        try {
            peer.send(WirePeer.PONG, new byte[Long.BYTES]);
            peer.flush();
        } catch (IOException e) {
            throw new AssertionError("it was sent away", e);
        }
    }

    @Test
    void shouldFindThatControlFramesAreDroppedForAPeerThatTakesNoAnswers() throws Exception {
        start();
        try (WirePeer peer = WirePeer.connect(Nodes.address(node), NETWORK)) {
            Nodes.awaitPeers(node, 1);
            peer.stopReading();
            byte[] wanted = ByteBuffer.allocate(2 + IDS * ID_BYTES).putShort((short) IDS).array();

            Eventually.until(() -> "dropped: " + limits.all(), Nodes.SOON, () -> {
                ask(peer, wanted);
                return limits.all().stream().anyMatch(line -> line.matches("WARN links: \\d+ control frames? dropped in"
                        + " the last \\d+ s: the queue of a connection was full, as its peer or the line takes too"
                        + " little. See which by their queues; what was announced to these peers is announced again."));
            });
        }
    }

    private static void ask(WirePeer peer, byte[] wanted) {
        try {
            for (int i = 0; i < 10; i++) {
                peer.raw(frame(IWANT, wanted));
            }
        } catch (IOException e) {
            throw new AssertionError("it was sent away", e);
        }
    }
}
