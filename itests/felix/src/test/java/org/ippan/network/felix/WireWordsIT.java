// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What a peer is told that breaks the protocol, each time with its mistake, and what of it is in the log. */
public class WireWordsIT {

    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final Path FOLDER = Container.TARGET.resolve("felix").resolve(WireWordsIT.class.getSimpleName());
    private static final int GRAFT = 0x13;
    private static final int PEERS_REQ = 0x18;
    private static final int PEERS = 0x19;
    private static final int NEIGHBOURS = 0x80;
    private static final int ACK = 0x82;
    private static final int PROBE = 0x86;
    private static final int STATUS_REQ = 0x90;
    private static final int STATUS = 0x91;
    private static final Duration ASKED_AT_ONCE = Duration.ofSeconds(2);
    private static final int DEFLATE = 1;
    private static final int ZSTD = 2;
    private static final int HELLO_BYTES = 106;
    private static final int MAX_MESSAGE_AT = 27;
    private static final int MIB = 1 << 20;
    private static final byte[] NONE = new byte[0];

    private final ErrorOutput log = new ErrorOutput();
    private final List<String> wrong = new ArrayList<>();
    private PlainFelix felix;
    private String address;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        felix = new PlainFelix(FOLDER);
        felix.configure(TRANSPORT, Map.of("listenAddress", "127.0.0.1:0", "tls", "false", "acceptPerSecond", "10000"));
        felix.start(Container.PROVIDERS);
        Eventually.until("the node listens", NodeInside.SOON, () -> felix.context().getServiceReference(Transport.class)
                != null && felix.service(Transport.class).listenAddress().isPresent());
        address = felix.service(Transport.class).listenAddress().orElseThrow().toString();
    }

    @After
    public void stop() {
        felix.close();
        log.close();
    }

    private void isTold(String words, byte[] said) throws IOException {
        try (WirePeer peer = WirePeer.dial(address, false)) {
            peer.shakeHands("default", DEFLATE);
            closes(peer, words, said);
        }
    }

    private void isToldBefore(String words, byte[] said) throws IOException {
        try (WirePeer peer = WirePeer.dial(address, false)) {
            peer.listen();
            closes(peer, words, said);
        }
    }

    private void closes(WirePeer peer, String words, byte[] said) throws IOException {
        peer.raw(said);
        Eventually.until(words, NodeInside.SOON, peer::ended);
        if (!words.equals(peer.goodbyeText())) {
            wrong.add(words + ", not " + peer.goodbyeText());
        }
    }

    private static byte[] bytes(int length, int... first) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < first.length; i++) {
            bytes[i] = (byte) first[i];
        }
        return bytes;
    }

    private static byte[] message(int priority, int codec, int topicLength, byte[] topic, int length, int payload) {
        return WireFrames.frame(WirePeer.GOSSIP, ByteBuffer.allocate(28 + topic.length + payload).put((byte) 0)
                .put((byte) priority).put((byte) codec).put((byte) topicLength).putInt(length).putInt(0)
                .putLong(System.nanoTime()).putLong(1).put(topic).array());
    }

    private static byte[] announcement(int length) {
        return WireFrames.frame(WirePeer.IHAVE, ByteBuffer.allocate(42).putShort((short) 1).putInt(34, length)
                .array());
    }

    @Test
    public void shouldTellAPeerHowItBreaksTheProtocol() throws IOException {
        sayFrames();
        sayMessages();
        sayAddresses();
        sayHello();

        assertEquals("", String.join("\n", wrong));
        Eventually.until(log::text, NodeInside.SOON, () -> {
            badHello();
            String lines = log.text();
            return lines.contains(" other lines left out: more than 4 a second)") && lines.lines().anyMatch(line ->
                    line.contains("Handshake with ") && line.contains(" lines left out)"));
        });
    }

    /** Of the records of others, which a node asks a few of its peers for. */
    @Test
    public void shouldTellAPeerHowItTellsOfOthers() throws Exception {
        felix.start(List.of("org.ippan.network.survey"));
        isToldOfStatus("STATUS is cut short", bytes(3));
        isToldOfStatus("STATUS has a record of 65535 bytes", bytes(6, 0, 0, 0, 0, 0xFF, 0xFF));

        assertEquals("", String.join("\n", wrong));
    }

    private void isToldOfStatus(String words, byte[] said) {
        Eventually.until(words, NodeInside.SOON, () -> {
            try (WirePeer peer = WirePeer.connect(address, "default")) {
                Eventually.until("it is asked", ASKED_AT_ONCE, () -> peer.heard(STATUS_REQ) > 0);
                closes(peer, words, WireFrames.frame(STATUS, said));
                return true;
            } catch (IOException | AssertionError e) {
                // The link of the one before was not gone yet.
                return false;
            }
        });
    }

    /** Three that shake hands, and do not answer once. */
    @Test
    public void shouldSayThatPeersDoNotAnswer() throws Exception {
        felix.configure("org.ippan.network.health", Map.of("checkIntervalSeconds", "1", "checkTimeoutSeconds", "1"));
        List<WirePeer> silent = List.of(silent(), silent(), silent());
        try {
            PeerId id = PeerId.of(silent.get(0).id());
            PeerDirectory peers = felix.service(PeerDirectory.class);
            Eventually.until("all are connected", NodeInside.SOON, () -> peers.connected().size() == 3);
            String failure = felix.service(PeerAdmin.class).ping(id).handle((time, why) -> String.valueOf(why))
                    .toCompletableFuture().get(NodeInside.SOON.toSeconds(), TimeUnit.SECONDS);

            assertTrue(failure, failure.contains("not answered in time"));
            log.says("Heartbeats of ", " of 3 peers are late at once: taken for a fault of this node");
            log.says("peer " + id.shortForm() + " is unhealthy: failures in a row 3, no success yet");
            Eventually.until(() -> "it says so of " + peers.peers(), NodeInside.SOON, () -> peers.peers().stream()
                    .anyMatch(peer -> peer.id().filter(id::equals).isPresent()
                            && peer.reason().equals("its address is not known")));
        } finally {
            silent.forEach(WirePeer::close);
        }
    }

    private WirePeer silent() throws IOException {
        WirePeer peer = WirePeer.dial(address, false);
        peer.silence();
        peer.shakeHands("default", 0);
        return peer;
    }

    private void badHello() {
        try (WirePeer peer = WirePeer.dial(address, false)) {
            peer.listen();
            peer.raw(WireFrames.frame(WirePeer.PING, new byte[8]));
            Eventually.until("it ends", NodeInside.SOON, peer::ended);
        } catch (IOException e) {
            // It is heard no longer, for a moment.
            return;
        }
    }

    private void sayFrames() throws IOException {
        isTold("a frame begins with 0x0", new byte[8]);
        isTold("unknown frame type 0x7f", WireFrames.frame(0x7F, NONE));
        isTold("undefined flags or reserved byte in PING", WireFrames.header(WirePeer.PING, 2, 0, 8));
        isTold("undefined flags or reserved byte in an extension", WireFrames.header(0x9F, 1, 0, 8));
        isTold("a body of 0 bytes in PING", WireFrames.header(WirePeer.PING, 0, 0, 0));
        isTold("HELLO out of turn", WireFrames.frame(WirePeer.HELLO, new byte[HELLO_BYTES]));
        isTold("GOODBYE has a text of another length than it says", WireFrames.frame(WirePeer.GOODBYE,
                bytes(6, 1, 0, 0, 0, 0, 9)));
        isTold("a list of ids whose length is not that of its count", WireFrames.frame(WirePeer.IHAVE, bytes(42, 0,
                2)));
        isTold("a message announced that is longer than agreed", announcement(MIB + 1));
        isTold("a GRAFT whose length is not that of its count", WireFrames.frame(GRAFT, bytes(1, 1)));
        isTold("undefined flags in an ACK", WireFrames.frame(ACK, bytes(25, 0xFF)));
        isTold("a NEIGHBOURS whose length is not that of its count", WireFrames.frame(NEIGHBOURS, bytes(105)));
        isTold("a PROBE of a round that does not exist", WireFrames.frame(PROBE, bytes(9, 0, 0, 0, 0, 0, 0, 0,
                0, 5)));
        byte[] neighbour = bytes(105);
        neighbour[37] = 1;
        neighbour[46] = 4;
        isTold("undefined flags in a NEIGHBOURS", WireFrames.frame(NEIGHBOURS, neighbour));
        neighbour[46] = 0;
        neighbour[68] = 1;
        isTold("a fingerprint in a NEIGHBOURS that cannot be", WireFrames.frame(NEIGHBOURS, neighbour));
    }

    private void sayMessages() throws IOException {
        byte[] topic = "topic".getBytes(StandardCharsets.US_ASCII);
        isTold("a message of unknown priority", message(3, 0, 5, topic, 1, 1));
        isTold("a topic that is empty or too long", message(1, 0, 0, NONE, 1, 1));
        isTold("a topic or a seal past the end of its message", message(1, 0, 60, topic, 1, 1));
        isTold("a message longer than agreed", message(1, 0, 5, topic, MIB + 1, 1));
        isTold("a message whose length is not that of its payload", message(1, 0, 5, topic, 2, 1));
        isTold("a codec that was not agreed", message(1, ZSTD, 5, topic, 1, 1));
        isTold("a compressed message of impossible length", message(1, DEFLATE, 5, topic, MIB, 1));
        isTold("a compressed message that is not one whole of its length", message(1, DEFLATE, 5, topic, 9, 9));
        isTold("a topic that is no strict UTF-8 or has control characters", message(1, 0, 1, new byte[1], 1, 1));
    }

    private void sayAddresses() throws IOException {
        isTold("PEERS_REQ asks for 1 to 32 records", WireFrames.frame(PEERS_REQ, bytes(1, 0)));
        isTold("PEERS has more than 32 records", WireFrames.frame(PEERS, bytes(1, 33)));
        isTold("PEERS is longer than its records", WireFrames.frame(PEERS, bytes(2)));
        isTold("an address record is cut short", WireFrames.frame(PEERS, bytes(1, 1)));
        isTold("an address record has 1 to 4 addresses", WireFrames.frame(PEERS, bytes(42, 1)));
        byte[] record = bytes(43, 1);
        record[41] = 1;
        isTold("an address has 1 to 64 bytes", WireFrames.frame(PEERS, record));
    }

    private void sayHello() throws IOException {
        isToldBefore("PING before the handshake ended", WireFrames.frame(WirePeer.PING, new byte[8]));
        isToldBefore("HELLO_ACK out of turn", WireFrames.frame(WirePeer.HELLO_ACK, new byte[32]));
        byte[] hello = WireFrames.hello(WireFrames.VERSION, "default", 0, new byte[32]);
        byte[] small = hello.clone();
        small[MAX_MESSAGE_AT + 1] = 0;
        isToldBefore("HELLO names a longest message under 1 KiB", WireFrames.frame(WirePeer.HELLO, small));
        byte[] agent = hello.clone();
        agent[HELLO_BYTES - 1] = 9;
        isToldBefore("HELLO has an agent that is too long", WireFrames.frame(WirePeer.HELLO, agent));
    }
}
