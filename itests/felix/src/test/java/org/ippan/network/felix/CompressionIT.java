// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Topic;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Payloads between two nodes over TLS: how many bytes they take, and codecs that come and go under traffic. */
public class CompressionIT {

    private static final Topic TOPIC = Topic.of("text");
    private static final int LENGTH = 4096;
    private static final int MESSAGES = 200;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Random random = new Random(7);
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final List<String> sent = new ArrayList<>();
    private String prose;
    private EmbeddedNode alice;
    private EmbeddedNode bob;

    @Before
    public void start() throws Exception {
        prose = Files.readString(Path.of("..", "..", "LICENSE"));
        Path folder = Files.createTempDirectory(Files.createDirectories(Container.TARGET.resolve("felix")), "codec");
        alice = new EmbeddedNode(folder.resolve("alice"));
        // She would dial Bob's address too when a link has ended: connections are counted here.
        alice.configure("org.ippan.network.peers", "outboundTarget", 0);
        bob = new EmbeddedNode(folder.resolve("bob"),
                alice.service(Transport.class).listenAddress().orElseThrow().toString());
        bob.context().registerService(GossipListener.class,
                message -> received.add(new String(message.payloadBytes(), StandardCharsets.ISO_8859_1)),
                new Hashtable<>(Map.of(GossipListener.TOPIC, TOPIC.name())));
        awaitConnected();
    }

    @After
    public void stop() {
        bob.close();
        alice.close();
    }

    private void awaitConnected() {
        for (EmbeddedNode node : List.of(alice, bob)) {
            Eventually.until("gossip has its link", NodeInside.SOON,
                    () -> node.service(Gossip.class).snapshot().links() == 1);
        }
    }

    private void reconnect() {
        long handshakes = bob.service(PeerDirectory.class).snapshot().handshakes();
        bob.service(PeerAdmin.class).disconnect(alice.service(PeerDirectory.class).localId().orElseThrow(),
                "another connection is wanted");
        Eventually.until("there is a new connection", NodeInside.SOON,
                () -> bob.service(PeerDirectory.class).snapshot().handshakes() > handshakes);
        awaitConnected();
    }

    /** A passage of prose, no two the same. */
    private String passage() {
        String number = "message " + sent.size() + "\n";
        int from = random.nextInt(prose.length() - LENGTH);
        return number + prose.substring(from, from + LENGTH - number.length());
    }

    private String noise() {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private void publish(String payload) {
        Message message = Message.of(TOPIC, payload.getBytes(StandardCharsets.ISO_8859_1));
        long deadline = System.nanoTime() + NodeInside.SOON.toNanos();
        while (!alice.service(Gossip.class).publish(message).accepted()) {
            assertTrue("nobody takes messages any more", System.nanoTime() < deadline);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        sent.add(payload);
    }

    private void flow() {
        for (int i = 0; i < MESSAGES; i++) {
            publish(passage());
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void awaitAll() {
        Eventually.until(() -> received.size() + " of " + sent.size() + " arrived", NodeInside.SOON,
                () -> received.size() >= sent.size());
        assertEquals(sent.stream().sorted().toList(), received.stream().sorted().toList());
    }

    private TransportSnapshot transport(EmbeddedNode node) {
        return node.service(Transport.class).snapshot();
    }

    /** Bytes on the wire for each byte of payload, everything else that goes over it counted too. */
    private double wireRatio() {
        long before = transport(alice).bytesWritten();
        int first = sent.size();
        flow();
        awaitAll();
        return (transport(alice).bytesWritten() - before) / (double) ((sent.size() - first) * LENGTH);
    }

    @Test
    public void shouldHalveTextOnTheWire() throws Exception {
        double deflate = wireRatio();
        alice.installZstd();
        bob.installZstd();
        reconnect();
        double zstd = wireRatio();

        System.out.printf("4 KiB of prose, bytes on the wire per byte: deflate %.3f, zstd %.3f%n", deflate, zstd);
        assertTrue("deflate " + deflate, deflate <= 0.5);
        assertTrue("zstd " + zstd, zstd <= 0.5);
        assertEquals(2 * MESSAGES, transport(alice).bodiesCompressed());
        assertEquals(2 * MESSAGES, transport(bob).bodiesInflated());
    }

    @Test
    public void shouldSendAsItIsWhatDoesNotShrink() {
        for (int i = 0; i < MESSAGES; i++) {
            publish(noise());
        }
        awaitAll();

        assertEquals(MESSAGES, transport(alice).bodiesIncompressible());
        assertEquals(0, transport(alice).bodiesCompressed());
        assertEquals(0, transport(bob).bodiesInflated());
    }

    @Test
    public void shouldLoseNothingWhileACodecComesAndGoes() throws Exception {
        flow();
        long handshakes = bob.service(PeerDirectory.class).snapshot().handshakes();
        alice.installZstd();
        bob.installZstd();
        flow();
        assertEquals("a codec that comes changes no connection", handshakes,
                bob.service(PeerDirectory.class).snapshot().handshakes());
        assertEquals("deflate, zstd", transport(bob).codecs());
        reconnect();
        flow();

        List<String> down = new CopyOnWriteArrayList<>();
        alice.context().registerService(NetworkEventListener.class, event -> down.add(event.text()), null);
        bob.uninstallZstd();
        flow();
        Eventually.until(() -> "it is told why: " + down, NodeInside.SOON,
                () -> down.contains("it left the network: a codec is not here any more"));
        Eventually.until("the connection is another", NodeInside.SOON,
                () -> bob.service(PeerDirectory.class).snapshot().handshakes() == handshakes + 2);
        assertEquals(1L, (long) bob.service(PeerDirectory.class).snapshot().goodbyesSent()
                .getOrDefault(GoodbyeReason.RESTARTING, 0L));
        alice.uninstallZstd();
        flow();
        bob.installZstd();
        alice.installZstd();
        reconnect();
        flow();

        awaitAll();
        assertEquals(0, transport(bob).inflateFailures());
        assertEquals(0, bob.service(PeerDirectory.class).connected().get(0).failedDials());
    }
}
