// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.transport.sending.Frames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Links inside WebSocket on loopback: they are what links over TCP are, and go through proxies. */
final class WebSocketTest extends TwoNodes {

    private static final String UPGRADE = "GET /ippan HTTP/1.1";
    private static final String[] HEADERS = {"Host: localhost", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: ippan-net.1"};

    /** More than one message of WebSocket holds; the search for leaks makes each byte that is masked expensive. */
    private static final int SEVERAL_MESSAGES = 70_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        alice.webSocket("noProxy", "");
    }

    /** Listens, with a certificate for wss. */
    private PeerAddress listen(String scheme, Object... changes) throws Exception {
        Object[] all = Arrays.copyOf(changes, changes.length + (scheme.equals("wss") ? 6 : 2));
        all[changes.length] = "listenAddress";
        all[changes.length + 1] = "127.0.0.1:0";
        if (scheme.equals("wss")) {
            Pem pem = Pem.create(folder);
            all[changes.length + 2] = "certificate";
            all[changes.length + 3] = pem.certificate().toString();
            all[changes.length + 4] = "privateKey";
            all[changes.length + 5] = pem.key().toString();
        }
        bob.webSocket(all);
        return bob.webSocketAddress(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void shouldProveToEachSideWhoTheOtherIsAndCarryFramesBothWays(String scheme) throws Exception {
        PeerAddress address = listen(scheme);
        Recorder dialled = alice.dial(address).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();

        assertEquals(Optional.of(bob.identity.id()), dialled.connection.provenId());
        assertEquals(Optional.of(alice.identity.id()), accepted.connection.provenId());
        assertEquals(address, dialled.connection.remoteAddress());
        assertEquals("ws", accepted.connection.remoteAddress().scheme());

        int[] lengths = {29, 1000, SEVERAL_MESSAGES};
        long sum = 0;
        for (int length : lengths) {
            dialled.send(FrameClass.NORMAL, length);
            accepted.send(FrameClass.NORMAL, length);
            sum += length;
        }

        long expected = sum;
        accepted.awaitThat(it -> it.bytes == expected, "all bytes at bob");
        dialled.awaitThat(it -> it.bytes == expected, "all bytes at alice");
        dialled.awaitThat(it -> it.connection.queuedBytes() == 0, "an empty queue");
        assertEquals(1, bob.transport.webSockets().snapshot().opened());
        assertEquals(1, bob.transport.snapshot().accepted());
    }

    @Test
    void shouldCarryPlaintextToo() throws Exception {
        alice.change("tls", false);
        bob.change("tls", false);
        Recorder dialled = alice.dial(listen("ws")).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        assertEquals(Optional.empty(), dialled.connection.provenId());

        dialled.send(FrameClass.NORMAL, SEVERAL_MESSAGES);
        accepted.send(FrameClass.NORMAL, 30);

        accepted.awaitThat(it -> it.bytes == SEVERAL_MESSAGES, "the message");
        dialled.awaitThat(it -> it.frames == 1, "the message back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void shouldDeliverTheGoodbyeBeforeItCloses(String scheme) throws Exception {
        Recorder dialled = alice.dial(listen(scheme)).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        for (int i = 0; i < 20; i++) {
            dialled.bodies.add(FrameClass.LOW, 5_000);
        }

        dialled.connection.wake();
        dialled.connection.close(Frames.goodbye());

        accepted.awaitEvent("closed");
        assertEquals(21, accepted.frames);
        assertTrue(accepted.has("GOODBYE"), accepted.events::toString);
        assertEquals(CloseCause.REMOTE, accepted.cause);
        dialled.awaitEvent("closed");
    }

    /** Whatever is on the way sees ciphertext only, and the node believes a trusted proxy where a peer is. */
    @Test
    void shouldGoThroughAProxyInFrontOfTheServer() throws Exception {
        int behind = listen("ws", "trustedProxies", "127.0.0.0/8").port();
        try (HttpProxy proxy = HttpProxy.before(behind, "X-Forwarded-For: 198.51.100.1, 203.0.113.7, 127.0.0.9")) {
            Recorder dialled = alice.dial(new PeerAddress("ws", "127.0.0.1", proxy.port(), "/ippan")).awaitOpened();
            Recorder accepted = bob.nextAccepted().awaitOpened();

            assertEquals(Optional.of(bob.identity.id()), dialled.connection.provenId());
            assertEquals("203.0.113.7", accepted.connection.remoteIp().getHostAddress());
            assertEquals(List.of("127.0.0.1", "203.0.113.7"), bob.asked);
            dialled.send(FrameClass.NORMAL, SEVERAL_MESSAGES);
            accepted.awaitThat(it -> it.bytes == SEVERAL_MESSAGES, "the message");
            assertFalse(proxy.passed.toString().contains("ippan-net/1"), "the proxy reads the inner stream");
        }
        assertEquals(1, bob.transport.webSockets().snapshot().forwarded());
        assertEquals(0, bob.transport.webSockets().snapshot().unnamed());
    }

    /** The line for it is missing in the configuration of the proxy. */
    @Test
    void shouldCountThatATrustedProxyNamesNoClient() throws Exception {
        alice.dial(listen("ws", "trustedProxies", "127.0.0.0/8")).awaitOpened();

        assertEquals(0, bob.transport.webSockets().snapshot().forwarded());
        assertEquals(1, bob.transport.webSockets().snapshot().unnamed());
    }

    /** Some proxies write the port, too. */
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "203.0.113.7:4711", "[2001:db8::7]:4711", "[2001:db8::7]", "2001:db8::7"})
    void shouldNotLetInWhomAProxyBringsFromABlockedAddress(String written) throws Exception {
        bob.unwanted.addAll(List.of("203.0.113.7", "2001:db8:0:0:0:0:0:7"));
        int port = listen("ws", "trustedProxies", "127.0.0.1/32").port();

        String answer = HttpProxy.ask(port, withHeaders("X-Forwarded-For: " + written));

        assertTrue(answer.startsWith("HTTP/1.1 503") && answer.toLowerCase().contains("retry-after: 30"), answer);
        assertTrue(answer.contains("no further connections are accepted just now"), answer);
        assertEquals(0, bob.transport.webSockets().snapshot().opened());
    }

    /** A stranger may write what it likes into the header. */
    @Test
    void shouldNotBelieveOthersWhereAPeerIs() throws Exception {
        bob.unwanted.add("203.0.113.7");
        int port = listen("ws").port();
        try (HttpProxy proxy = HttpProxy.before(port, "X-Forwarded-For: 203.0.113.7")) {
            alice.dial(new PeerAddress("ws", "127.0.0.1", proxy.port(), "/ippan")).awaitOpened();

            assertEquals("127.0.0.1", bob.nextAccepted().awaitOpened().connection.remoteIp().getHostAddress());
        }
    }

    private static String[] withHeaders(String... more) {
        String[] lines = Arrays.copyOf(HEADERS, HEADERS.length + more.length + 1);
        System.arraycopy(HEADERS, 0, lines, 1, HEADERS.length);
        lines[0] = UPGRADE;
        System.arraycopy(more, 0, lines, HEADERS.length + 1, more.length);
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void shouldDialThroughAProxyThatWantsAPassword(String scheme) throws Exception {
        PeerAddress address = listen(scheme);
        try (HttpProxy proxy = HttpProxy.connecting("proxy-authorization: Basic dXNlcjpzZWNyZXQ=")) {
            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.port(), "proxyUser", "user",
                    "proxyPassword", "secret");
            PeerAddress named = new PeerAddress(scheme, "nowhere.invalid", address.port(), "/ippan");

            Recorder dialled = alice.dial(named).awaitOpened();

            assertEquals(Optional.of(bob.identity.id()), dialled.connection.provenId());
            assertEquals(named, dialled.connection.remoteAddress());
            assertTrue(proxy.requests.get(0).startsWith("CONNECT nowhere.invalid:"), proxy.requests.toString());
            Recorder accepted = bob.nextAccepted().awaitOpened();
            dialled.send(FrameClass.NORMAL, SEVERAL_MESSAGES);
            accepted.awaitThat(it -> it.bytes == SEVERAL_MESSAGES, "the message");
        }
    }

    /** What is meant for a proxy must not be said to a socket that was opened to the peer. */
    @Test
    void shouldGiveNoPasswordToAPeerThatIsBeingDialledWhenAProxyIsSet() throws Exception {
        alice.change("handshakeTimeoutSeconds", 1);
        alice.hosts.put("paris.test", List.of("127.0.0.9", "127.0.0.8"));
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.9"));
                ServerSocket next = new ServerSocket(silent.getLocalPort(), 1, InetAddress.getByName("127.0.0.8"))) {
            alice.dial(new PeerAddress("ws", "paris.test", next.getLocalPort(), "/ippan"));
            try (Socket first = silent.accept()) {
                alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:1", "proxyUser", "user", "proxyPassword",
                        "secret");
                assertTrue(first.isConnected());
            }

            try (Socket second = next.accept()) {
                assertEquals(UPGRADE, new BufferedReader(new InputStreamReader(second.getInputStream(),
                        StandardCharsets.US_ASCII)).readLine());
            }
        }
    }

    /** That is for browsers: a proxy that checks it lets in its own pages alone. */
    @Test
    void shouldNameNoOrigin() throws Exception {
        try (HttpProxy server = HttpProxy.answering("404 Not Found")) {
            alice.dial(new PeerAddress("ws", "127.0.0.1", server.port(), "")).awaitEvent("dialFailed");

            String request = server.requests.get(0).toLowerCase(Locale.ROOT);
            assertTrue(request.contains("\nhost: 127.0.0.1:" + server.port()), request);
            assertFalse(request.contains("\norigin:"), request);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET /other HTTP/1.1  | 404
            GET /ippan HTTP/1.1  | 426
            POST /ippan HTTP/1.1 | 400
            HELO                 | 400
            """)
    void shouldAnswerOthersInWordsOfHttp(String request, int status) throws Exception {
        String answer = HttpProxy.ask(listen("ws").port(), request, "Host: localhost");

        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertEquals(1, bob.transport.webSockets().snapshot().refused());
        TestNode.await(() -> bob.transport.snapshot().connections() == 0, "the end of the connection");
    }

    @Test
    void shouldRefuseOtherProtocolsInsideWebSocket() throws Exception {
        String[] lines = withHeaders();
        lines[lines.length - 1] = "Sec-WebSocket-Protocol: chat";

        String answer = HttpProxy.ask(listen("ws").port(), lines);

        assertTrue(answer.startsWith("HTTP/1.1 400") && answer.contains("ippan-net.1"), answer);
    }

    @Test
    void shouldDialNoWebSocketWhileItIsOffAndKeepLinksOfTcp() throws Exception {
        PeerAddress address = listen("ws");
        Recorder tcp = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        alice.webSocket("enabled", false);

        alice.dial(address).awaitEvent("dialFailed nothing here dials ws addresses");

        bob.webSocket("enabled", false);
        TestNode.await(() -> bob.transport.webSockets().snapshot().boundAddress().isEmpty(), "the end of listening");
        tcp.send(FrameClass.NORMAL, 30);
        accepted.awaitThat(it -> it.frames == 1, "the message");
    }
}
