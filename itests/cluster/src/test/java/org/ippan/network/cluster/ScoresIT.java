// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.ippan.network.testkit.process.WireFrames.frame;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every reason for which a peer gains or loses points, done by peers over real sockets, and told in words. What an
 * operator decides and what validators reject is in {@link ExplainIT}.
 */
@Tag(Nodes.WAITING)
class ScoresIT {

    private static final String NETWORK = "default";
    private static final String PEERS = "org.ippan.network.peers";
    private static final String TRANSPORT = "org.ippan.network.transport";
    /** What is too much or too slow for 30 s costs points. */
    private static final long OFFENCE_NANOS = 33_000_000_000L;
    private static final long BETWEEN_DEEDS = 100_000_000L;
    /** More than a node forgives. */
    private static final int PROMISES = 300;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<WirePeer> peers = new ArrayList<>();
    private IppanNode node;
    private Diagnosis doctor;
    private long sent = 1000;

    @AfterEach
    void close() {
        peers.forEach(WirePeer::close);
    }

    private WirePeer peer() {
        WirePeer peer = WirePeer.connect(Nodes.address(node), NETWORK);
        peers.add(peer);
        return peer;
    }

    private static String id(WirePeer peer) {
        return PeerId.of(peer.id()).toString();
    }

    private void isBlamed(WirePeer peer, String points) {
        doctor.explains(id(peer), "…: " + points);
    }

    @Test
    void shouldSayForWhatAPeerLosesAndGainsPoints() throws Exception {
        node = nodes.embed("node", builder -> builder.set(TRANSPORT, "tls", "false").set(PEERS, "outboundTarget", "0")
                .set("org.ippan.network.health", "checkIntervalSeconds", "1")
                .set("org.ippan.network.health", "checkTimeoutSeconds", "1")
                // Messages handed to a peer are points.
                .set("org.ippan.network.survey", "share", "off"));
        doctor = Diagnosis.of(node);
        node.validate("bad", message -> Verdict.REJECT);
        WirePeer flooding = peer();
        Thread flood = again(flooding, count -> {
            flooding.send(WirePeer.PING, new byte[8]);
            flooding.flush();
        });
        WirePeer stalling = peer();
        stalling.silence();
        byte[] message = frame(WirePeer.GOSSIP, WireFrames.message("news", 2, 1000));
        Thread stall = again(stalling, count -> stalling.raw(new byte[] {message[count]}));

        WirePeer promising = peer();
        for (int i = 0; i < PROMISES; i++) {
            promising.send(WirePeer.IHAVE, WireFrames.announcement(i));
        }
        Thread promise = again(promising, count -> {
            promising.send(WirePeer.IHAVE, WireFrames.announcement(PROMISES + count));
            promising.flush();
        });

        sayWhatComesAtOnce();
        saysThatItCouldNotBeReached();

        flood.join();
        stall.join();
        promise.join();
        isBlamed(promising, "-5 points, score -#: it announced many messages and sent none of them when asked.");
        isBlamed(flooding, "-5 points, score -#: it sent control frames faster than allowed for 30 s.");
        isBlamed(stalling, "-5 points, score -#: it began a frame and never completed it.");
        doctor.explains(id(flooding), "… is not connected: this node closed the connection: heartbeats came too"
                + " fast for too long.");
    }

    private void sayWhatComesAtOnce() throws IOException {
        WirePeer wrong = peer();
        send(wrong, "bad");
        isBlamed(wrong, "-20 points, score -20: a validator rejected a message it brought.");
        send(wrong, "news");
        Eventually.until("it is praised", Nodes.SOON, () -> node.service(ReputationManager.class)
                .stats(PeerId.of(wrong.id())).filter(known -> known.successes() == 1).isPresent());
        send(wrong, "bad");
        isBlamed(wrong, "-20 points, score -39: a validator rejected a message it brought.");
        isBlamed(wrong, "+1 point, score -#: it was the first to bring a valid message.");
        node.set("org.ippan.network.gossip", "relayMode", "direct");
        Eventually.until("messages are handed to it", Nodes.SOON, () -> node.gossip().publish(
                Message.of(Topic.of("news"), new byte[] {1})).accepted());
        Eventually.until("one came", Nodes.SOON, () -> wrong.heard(WirePeer.GOSSIP) > 0);
        wrong.send(0x7F, new byte[1]);
        wrong.flush();
        isBlamed(wrong, "-20 points, score -#: it broke the protocol.");
        isBlamed(wrong, "+# point…, score -#: a message was handed to it.");

        isBlamed(silent(), "-5 points, score -5: it did not answer a heartbeat.");
    }

    /** What a node misses that had no time to hear is its own fault: the first silent peer that it blames. */
    private WirePeer silent() {
        Deque<WirePeer> silent = new ArrayDeque<>();
        Eventually.until("one that is silent loses points", Nodes.SOON.multipliedBy(2), () -> {
            if (silent.isEmpty() || silent.getFirst().ended()) {
                silent.addFirst(peer());
                silent.getFirst().silence();
            }
            return silent.stream().anyMatch(this::hasFailed);
        });
        return silent.stream().filter(this::hasFailed).findFirst().orElseThrow();
    }

    private boolean hasFailed(WirePeer peer) {
        return node.service(ReputationManager.class).stats(PeerId.of(peer.id()))
                .filter(known -> known.failures() > 0).isPresent();
    }

    private void send(WirePeer peer, String topic) throws IOException {
        peer.send(WirePeer.GOSSIP, WireFrames.message(topic, ++sent, 1));
        peer.flush();
    }

    private void saysThatItCouldNotBeReached() {
        IppanNode paris = nodes.embed("paris", builder -> builder.set(TRANSPORT, "tls", "false"));
        String id = paris.id().toString();
        node.service(PeerAdmin.class).add(PeerAddress.parse(Nodes.address(paris)), "paris");
        Eventually.until("they are linked", Nodes.SOON, () -> paris.gossip().snapshot().links() == 1);
        paris.close();
        doctor.explains(id, "…: -5 points, score -#: it could not be reached.", "The last … failed. …");
    }

    /** What a peer does again and again until it is sent away. */
    private interface Deed {

        void times(int count) throws IOException;
    }

    private static Thread again(WirePeer peer, Deed deed) {
        Thread thread = new Thread(() -> {
            long begun = System.nanoTime();
            for (int i = 0; !peer.ended() && System.nanoTime() - begun < OFFENCE_NANOS; i++) {
                try {
                    deed.times(i);
                } catch (IOException e) {
                    // It was sent away.
                    return;
                }
                LockSupport.parkNanos(BETWEEN_DEEDS);
            }
        }, "deeds");
        thread.start();
        return thread;
    }

    /** Applications that send by themselves judge peers with the same words. */
    @Test
    void shouldSayWhatApplicationsNote() {
        node = nodes.embed("node");
        doctor = Diagnosis.of(node);
        note("ef", Cause.SEND_FAILED, Cause.PROTOCOL_ERROR, Cause.RATE_LIMIT, Cause.PROMISE_BROKEN, Cause.PING_MISSED);
        note("12", Cause.SEND_FAILED, Cause.FRAME_STALLED, Cause.WRITE_STALLED, Cause.CONNECTION_RESET,
                Cause.DIAL_FAILED, Cause.MANUAL, Cause.MANUAL, Cause.MANUAL, Cause.MANUAL);

        assertWords("ef", "a message could not be handed to it", "it broke the protocol", "it sent control frames"
                + " faster than allowed for 30 s", "it announced many messages and sent none of them when asked",
                "it did not answer a heartbeat");
        assertWords("12", "it began a frame and never completed it", "it took nothing for too long while data waited"
                + " for it, and nothing came from it", "it reset the connection while data waited for it",
                "it could not be reached", "an operator or an application said so");
        doctor.explains("12".repeat(32), "Before that, 1 more change of its score.");
    }

    private void note(String digits, Cause... causes) {
        for (Cause cause : causes) {
            node.service(ReputationManager.class).handle(PeerId.parse(digits.repeat(32))).recordFailure(cause);
        }
    }

    private void assertWords(String digits, String... words) {
        for (String each : words) {
            doctor.explains(digits.repeat(32), "…: -5 points, score -#: " + each + ".");
        }
    }

    @Test
    void shouldSayThatAPeerTookNothing() {
        node = nodes.embed("node", builder -> builder.set(TRANSPORT, "tls", "false").set(PEERS, "outboundTarget", "0")
                .set(TRANSPORT, "writeStallSeconds", "3"));
        doctor = Diagnosis.of(node);
        WirePeer stuck = peer();
        stuck.stopReading();
        fill();

        doctor.explains(id(stuck), "# bytes wait to be sent to it.");
        isBlamed(stuck, "-5 points, score -#: it took nothing for too long while data waited for it, and nothing came"
                + " from it.");
        doctor.explains(id(stuck), id(stuck).substring(0, 8) + " is not connected: it did not answer in time: nothing"
                + " was taken for 3 s.");
    }

    /** Publishes until no more is taken. */
    private void fill() {
        Eventually.until(() -> "back-pressure: " + node.gossip().snapshot(), Nodes.SOON, () -> {
            boolean accepted = true;
            for (int i = 0; i < 100 && accepted; i++) {
                accepted = node.gossip().publish(Message.of(Topic.of("bulk"), new byte[100_000])
                        .withNonce(System.nanoTime())).accepted();
            }
            return !accepted && node.gossip().snapshot().links() == 1;
        });
    }
}
