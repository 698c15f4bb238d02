// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.Transport.Listening;
import org.ippan.network.transport.sending.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where a node listens, and whom it dials. */
final class ListenerTest {

    private final TestNode alice = new TestNode();
    private final TestNode bob = new TestNode();

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
    }

    @Test
    void shouldMoveTheListenerAndKeepItsConnections() throws InterruptedException {
        bob.listen();
        PeerAddress before = bob.address();
        Recorder dialled = alice.dial(before).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();

        bob.change("listenAddress", "localhost:0");

        assertNotEquals(Optional.of(before), bob.transport.listenAddress());
        assertEquals("localhost", bob.address().host());
        alice.dial(bob.address()).awaitOpened();
        dialled.connection.offer(Frames.ping());
        accepted.awaitEvent("PING");
        alice.dial(before).awaitEvent("dialFailed");
        assertFalse(accepted.has("closed"));
    }

    @Test
    void shouldFindItsOwnPortFreeWhenItMovesToAnotherAddress() {
        bob.listen();
        int port = bob.address().port();
        bob.webSocket("listenAddress", "127.0.0.1:0");
        PeerAddress inside = bob.webSocketAddress("ws");

        bob.change("listenAddress", "0.0.0.0:" + port + "-" + (port + 1));
        assertEquals(port, bob.address().port());
        bob.change("listenAddress", "127.0.0.1:" + port);

        assertEquals(PeerAddress.tcp("127.0.0.1", port), bob.address());
        assertEquals(inside, bob.webSocketAddress("ws"));
        assertEquals(List.of(), List.copyOf(bob.log));
    }

    @Test
    void shouldKeepConnectionsWhateverElseChanges() throws InterruptedException {
        bob.listen();
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        bob.nextAccepted().awaitOpened();
        PeerAddress before = bob.address();

        bob.change("allowPlaintext", true);
        bob.change("handshakeTimeoutSeconds", 9);
        bob.change("socketBufferBytes", 100_000);
        bob.change("writeStallSeconds", 3);
        bob.change("maxPendingHandshakes", 7);

        assertEquals(before, bob.address());
        assertFalse(dialled.has("closed"));
    }

    @Test
    void shouldTryThePortsOfARangeAndAgainWhenAllAreTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            bob.change("listenAddress", "127.0.0.1:" + port);
            bob.listen();
            TestNode.await(() -> !bob.log.isEmpty(), "a complaint");
            assertTrue(bob.transport.snapshot().listenError().contains("127.0.0.1:" + port));

            bob.change("listenAddress", "127.0.0.1:" + port + "-" + Math.min(port + 50, 65_535));

            assertNotEquals(port, bob.address().port());
            assertEquals("", bob.transport.snapshot().listenError());
            bob.change("listenAddress", "127.0.0.1:" + port);
            TestNode.await(() -> bob.log.size() == 2, "a second complaint");
        }

        assertTrue(bob.address().port() > 0);
        TestNode.await(() -> !bob.good.isEmpty(), "that it listens");
        assertEquals(List.of("Listening on " + bob.address() + " now"), bob.good);
        assertEquals(2, bob.log.size());
    }

    @Test
    void shouldListenForOneOwnerAtATime() {
        Listening listening = bob.listen();
        assertThrows(IllegalStateException.class, bob::listen);
        bob.address();

        listening.close();

        TestNode.await(() -> bob.transport.listenAddress().isEmpty(), "the end of listening");
        bob.listen();
        bob.address();
    }

    @Test
    void shouldNeitherListenNorDialWhileItRefuses() {
        bob.listen();
        PeerAddress address = bob.address();

        bob.transport.refuse("tls = maybe: must be true or false");

        TestNode.await(() -> bob.transport.listenAddress().isEmpty(), "the end of listening");
        assertTrue(bob.transport.snapshot().listenError().contains("tls = maybe"));
        bob.dial(address).awaitEvent("dialFailed tls = maybe");
        alice.dial(address).awaitEvent("dialFailed");
        bob.transport.refuse("");
        alice.dial(bob.address()).awaitOpened();
    }

    @Test
    void shouldSayWhyADialFailed() {
        alice.dial(PeerAddress.tcp("no-such-host.invalid", 1)).awaitEvent("dialFailed unknown host");
        alice.dial(PeerAddress.tcp("127.0.0.1", 1)).awaitEvent("dialFailed Connection refused");
    }

    @Test
    void shouldFailTheDialToAPeerThatIsNotOurs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Recorder dialled = alice.dial(PeerAddress.tcp("127.0.0.1", silent.getLocalPort()));
            silent.accept().close();

            dialled.awaitEvent("dialFailed");
            assertEquals(1, dialled.events.size());
        }
    }

    @Test
    void shouldLeaveNoThreadBehind() {
        bob.listen();
        alice.dial(bob.address()).awaitOpened();
        alice.dial(PeerAddress.tcp("localhost", bob.address().port())).awaitOpened();

        alice.close();
        bob.close();

        TestNode.await(() -> threads().isEmpty(), () -> "the end of " + threads());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("ippan-transport") || name.startsWith("globalEventExecutor")).toList();
    }
}
