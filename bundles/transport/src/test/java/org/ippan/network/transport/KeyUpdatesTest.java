// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.transport.identity.Identity;
import org.ippan.network.transport.sending.Frames;
import org.ippan.network.transport.tls.NodeKey;
import org.ippan.network.transport.tls.PeerTrust;
import org.ippan.network.transport.tls.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that changes its TLS keys: each time costs this end far more than it costs the peer. */
final class KeyUpdatesTest {

    private static final int FEW = 8;
    private static final int MANY = 1000;

    private TestNode node;

    @BeforeEach
    void start() {
        node = new TestNode();
        node.listen();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        return connect(node.address(), "TLSv1.3", Tls.ALPN);
    }

    private static SSLSocket connect(PeerAddress address, String version, String protocol)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance(version);
        context.init(new KeyManager[] {new NodeKey(Identity.create())}, new TrustManager[] {new PeerTrust()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version});
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Of JDKs, a handshake after the first one is a KeyUpdate that asks for another in return. */
    private static void change(SSLSocket socket, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            socket.startHandshake();
        }
    }

    /** One handshake after the other: each goes on only as the other end's answers are read. */
    private static void shakeHands(SSLSocket socket, int times) throws IOException {
        socket.setSoTimeout(100);
        byte[] rest = new byte[4096];
        for (int i = 0; i < times; i++) {
            socket.startHandshake();
            try {
                while (socket.getInputStream().read(rest) >= 0) {
                    Thread.onSpinWait();
                }
                return;
            } catch (SocketTimeoutException e) {
                continue;
            }
        }
    }

    @Test
    void shouldBearFewChangesOfKeys() throws Exception {
        try (SSLSocket socket = connect()) {
            Recorder accepted = node.nextAccepted().awaitOpened();

            change(socket, FEW);
            socket.getOutputStream().write(Frames.message(new byte[100]));

            accepted.awaitThat(one -> one.frames == 1, "the frame after them");
            assertFalse(accepted.has("KEY_UPDATES"), accepted.events::toString);
        }
    }

    @Test
    void shouldEndAConnectionWhoseKeysChangeAgainAndAgain() throws Exception {
        try (SSLSocket socket = connect()) {
            Recorder accepted = node.nextAccepted().awaitOpened();

            try {
                change(socket, MANY);
            } catch (IOException e) {
                // The node has ended it meanwhile.
                accepted.awaitEvent("closed");
            }

            accepted.awaitEvent("KEY_UPDATES");
            accepted.awaitEvent("closed");
            assertTrue(accepted.events.stream().anyMatch(event ->
                    event.contains("TLS keys were changed more than 10 times a minute")), accepted.events::toString);
        }
    }

    /** Of the TLS around it, which may be that of a proxy on the way: no peer is to blame. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldEndWebSocketWhoseOuterKeysChangeAgainAndAgain(String version, @TempDir Path folder) throws Exception {
        Pem pem = Pem.create(folder);
        // Else its time limit ends it.
        node.change("handshakeTimeoutSeconds", 60);
        node.webSocket("listenAddress", "127.0.0.1:0", "certificate", pem.certificate().toString(), "privateKey",
                pem.key().toString());
        try (SSLSocket socket = connect(node.webSocketAddress("wss"), version, "http/1.1")) {
            Recorder accepted = node.nextAccepted();
            socket.getOutputStream().write(WebSocketFramesTest.UPGRADE.getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 101", new String(socket.getInputStream().readNBytes(12),
                    StandardCharsets.US_ASCII));

            try {
                if (version.equals("TLSv1.2")) {
                    shakeHands(socket, FEW);
                } else {
                    change(socket, MANY);
                }
            } catch (IOException e) {
                // The node has ended it meanwhile.
                accepted.awaitEvent("closed");
            }

            accepted.awaitEvent("closed NOT_OURS TLS keys were changed more than 10 times a minute");
            assertFalse(accepted.has("KEY_UPDATES"), accepted.events::toString);
        }
    }
}
