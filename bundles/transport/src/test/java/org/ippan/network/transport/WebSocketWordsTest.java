// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.ippan.network.api.PeerAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator is told when no link inside WebSocket comes up, and what to do. */
final class WebSocketWordsTest extends TwoNodes {

    @BeforeEach
    void start() {
        alice.webSocket("noProxy", "");
    }

    @Test
    void shouldSayWhatAProxyAnswersButNotThePassword() throws Exception {
        try (HttpProxy proxy = HttpProxy.connecting("proxy-authorization: Basic other")) {
            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.port(), "proxyUser", "user",
                    "proxyPassword", "secret");

            Recorder dialled = alice.dial(PeerAddress.parse("ws://nowhere.invalid:80/ippan"));

            dialled.awaitEvent("dialFailed the proxy 127.0.0.1:" + proxy.port() + " answers 407 Proxy Authentication"
                    + " Required: it does not take this proxyUser and proxyPassword");
            assertFalse(alice.log.toString().contains("secret"), alice.log.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 OK               | compare ws://127.0.0.1:
            302 Found            | it points to another address
            400 Bad Request      | if it wants TLS, write wss
            404 Not Found        | compare ws://127.0.0.1:
            426 Upgrade Required | a proxy has to pass on Upgrade and Connection
            502 Bad Gateway      | compare proxy_pass of the proxy with listenAddress of the node behind it
            """)
    void shouldSayWhatAServerAnswersThatSpeaksNoWebSocket(String status, String remedy) throws Exception {
        try (HttpProxy server = HttpProxy.answering(status)) {
            Recorder dialled = alice.dial(new PeerAddress("ws", "127.0.0.1", server.port(), ""));

            dialled.awaitEvent("dialFailed the server answers " + status + " instead of speaking WebSocket: " + remedy);
            assertTrue(server.requests.get(0).startsWith("GET /ippan HTTP/1.1"), server.requests.toString());
        }
    }

    @Test
    void shouldSayWhatAnAnswerMeansHoweverLongItsPageIs() throws Exception {
        String status = "403 Forbidden";
        try (HttpProxy proxy = HttpProxy.answering(status, 100_000)) {
            alice.dial(new PeerAddress("ws", "127.0.0.1", proxy.port(), "/ippan"))
                    .awaitEvent("dialFailed the server answers " + status + " instead of speaking WebSocket: compare");
            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.port());

            alice.dial(PeerAddress.parse("wss://nowhere.invalid:443/ippan")).awaitEvent("dialFailed the proxy"
                    + " 127.0.0.1:" + proxy.port() + " answers " + status + ": have its operator allow CONNECT to"
                    + " nowhere.invalid:443");
        }
    }

    @Test
    void shouldReadTheLongHeadersThatProxiesAddForBrowsers() throws Exception {
        String rules = "\r\nContent-Security-Policy: " + "x".repeat(12_000);
        try (HttpProxy server = HttpProxy.answering("404 Not Found" + rules)) {
            alice.dial(new PeerAddress("ws", "127.0.0.1", server.port(), "/ippan"))
                    .awaitEvent("dialFailed the server answers 404 Not Found instead of speaking WebSocket: compare");
        }
    }

    /** The first line is right, and the headers have no end. */
    @Test
    void shouldTakeNoAnswerThatCannotBeReadWhole() throws Exception {
        String endless = "\r\nX-Long: " + "x".repeat(20_000);
        try (HttpProxy server = HttpProxy.answering("101 Switching Protocols" + endless)) {
            alice.dial(new PeerAddress("ws", "127.0.0.1", server.port(), "/ippan")).awaitEvent("dialFailed what answers"
                    + " at 127.0.0.1:" + server.port() + " does not speak HTTP");
        }
        try (HttpProxy proxy = HttpProxy.answering("200 Connected" + endless)) {
            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.port());

            alice.dial(PeerAddress.parse("wss://nowhere.invalid:443/ippan")).awaitEvent("dialFailed the proxy"
                    + " 127.0.0.1:" + proxy.port() + " does not speak HTTP");
        }
    }

    @Test
    void shouldNameTheProxyThatIsAwayOrDoesNotAnswer() throws Exception {
        PeerAddress wanted = PeerAddress.parse("wss://nowhere.invalid:443/ippan");
        String name;
        try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            name = "the proxy 127.0.0.1:" + proxy.getLocalPort();
            alice.change("handshakeTimeoutSeconds", 1);
            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.getLocalPort());

            alice.dial(wanted).awaitEvent("dialFailed the handshake took too long: " + name + " does not answer");

            proxy.accept().close();
            Recorder dialled = alice.dial(wanted);
            try (Socket client = proxy.accept()) {
                assertTrue(client.getInputStream().read(new byte[4096]) > 0);
            }
            dialled.awaitEvent("dialFailed " + name + " closed without an answer");

            PeerAddress silent = PeerAddress.parse("ws://127.0.0.1:" + proxy.getLocalPort() + "/ippan");
            alice.webSocket();
            alice.dial(silent).awaitEvent("dialFailed the handshake took too long: the server of " + silent + " does"
                    + " not answer");

            alice.webSocket("noProxy", "", "proxy", "http://127.0.0.1:" + proxy.getLocalPort());
        }
        alice.dial(wanted).awaitEvent("dialFailed " + name + " is not reached: Connection refused");
    }

    @Test
    void shouldSayThatAnotherProtocolIsSpokenThere() throws Exception {
        bob.webSocket("listenAddress", "127.0.0.1:0");
        PeerAddress plain = bob.webSocketAddress("ws");

        alice.dial(new PeerAddress("wss", plain.host(), plain.port(), "/ippan")).awaitEvent("dialFailed TLS with wss://"
                + "127.0.0.1:" + plain.port() + "/ippan failed: no TLS is spoken there; a node without a certificate"
                + " has a ws:// address");
        alice.dial(PeerAddress.tcp(plain.host(), plain.port())).awaitEvent("dialFailed TLS failed: HTTP is spoken"
                + " there; a peer inside WebSocket has a ws:// or wss:// address");
    }

    @Test
    void shouldTrustOnlyTheServersItIsToldTo(@TempDir Path folder) throws Exception {
        Pem pem = Pem.create(folder);
        bob.webSocket("listenAddress", "127.0.0.1:0", "certificate", pem.certificate().toString(), "privateKey",
                pem.key().toString());
        PeerAddress address = bob.webSocketAddress("wss");
        alice.webSocket("noProxy", "", "outerTrust", "system");

        alice.dial(address).awaitEvent("dialFailed TLS with wss://127.0.0.1:" + address.port() + "/ippan failed:"
                + " outerTrust knows no authority that certifies the server");
        alice.dial(PeerAddress.tcp(address.host(), address.port())).awaitEvent("dialFailed TLS failed: a server of TLS"
                + " that is no node is there");
        alice.webSocket("noProxy", "");
        PeerAddress node = new PeerAddress("wss", bob.address().host(), bob.address().port(), "/ippan");
        alice.dial(node).awaitEvent("dialFailed TLS with " + node + " failed: the server does not speak HTTP/1.1");
    }
}
