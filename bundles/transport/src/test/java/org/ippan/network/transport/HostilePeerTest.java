// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.transport.identity.Ed25519;
import org.ippan.network.transport.identity.Identity;
import org.ippan.network.transport.identity.LongCertificate;
import org.ippan.network.transport.sending.Frames;
import org.ippan.network.transport.tls.NodeKey;
import org.ippan.network.transport.tls.PeerTrust;
import org.ippan.network.transport.tls.Tls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers that speak TLS, but not as we do, or something else altogether. They never reach the protocol. */
final class HostilePeerTest {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Identity mallory = Identity.create();
    private TestNode node;
    private PeerAddress address;

    @BeforeEach
    void start() {
        node = new TestNode("handshakeTimeoutSeconds", 2);
        node.listen();
        address = node.address();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(address.host(), address.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private SSLSocket tls(KeyManager key, String protocol, String... alpn)
            throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(key == null ? null : new KeyManager[] {key}, new TrustManager[] {new PeerTrust()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(connect(), address.host(),
                address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {protocol});
        parameters.setApplicationProtocols(alpn);
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Ends the stream one way or the other. */
    private static void readToEnd(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // A reset or an alert is an end too.
        }
    }

    private static void shakeHands(SSLSocket socket) {
        try {
            socket.startHandshake();
        } catch (IOException e) {
            // The node may refuse before or after our side is done.
        }
        readToEnd(socket);
    }

    private void shouldHaveBeenRefused(CloseCause cause) throws InterruptedException {
        Recorder refused = node.nextAccepted().awaitEvent("closed");
        assertFalse(refused.has("opened"), refused.events::toString);
        assertEquals(cause, refused.cause, refused.events::toString);
        TestNode.await(() -> node.transport.snapshot().handshakesFailed() == 1
                && node.transport.snapshot().pendingHandshakes() == 0, "the count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "SSH-2.0-OpenSSH_9.0\r\n", "IPPAN/1\n",
        "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007"})
    void shouldEndWhatIsNotTls(String bytes) throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            readToEnd(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    @Test
    void shouldNotMindWhoConnectsAndCloses() throws IOException, InterruptedException {
        connect().close();

        shouldHaveBeenRefused(CloseCause.REMOTE);
    }

    @Test
    void shouldEndSilenceWhenTheHandshakeTakesTooLong() throws IOException, InterruptedException {
        try (Socket socket = connect()) {
            readToEnd(socket);
        }

        shouldHaveBeenRefused(CloseCause.LOCAL);
    }

    @Test
    void shouldRefuseTls12() throws IOException, GeneralSecurityException, InterruptedException {
        try (SSLSocket socket = tls(new NodeKey(mallory), "TLSv1.2", Tls.ALPN)) {
            shakeHands(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    @Test
    void shouldRefuseAPeerWithoutCertificate() throws IOException, GeneralSecurityException, InterruptedException {
        try (SSLSocket socket = tls(null, "TLSv1.3", Tls.ALPN)) {
            shakeHands(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    @Test
    void shouldRefuseAnotherApplicationProtocol() throws IOException, GeneralSecurityException, InterruptedException {
        try (SSLSocket socket = tls(new NodeKey(mallory), "TLSv1.3", "h2", "http/1.1")) {
            shakeHands(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    @Test
    void shouldRefuseNoApplicationProtocol() throws IOException, GeneralSecurityException, InterruptedException {
        try (SSLSocket socket = tls(new NodeKey(mallory), "TLSv1.3")) {
            shakeHands(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    @Test
    void shouldRefuseTwoCertificates() throws IOException, GeneralSecurityException, InterruptedException {
        X509Certificate[] chain = {mallory.certificate(), node.identity.certificate()};
        try (SSLSocket socket = tls(new ChainKey(mallory, chain), "TLSv1.3", Tls.ALPN)) {
            shakeHands(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    @ParameterizedTest
    @ValueSource(ints = {9 * 1024, 64 * 1024})
    void shouldRefuseALongCertificate(int length)
            throws IOException, GeneralSecurityException, InterruptedException {
        KeyPair pair = Ed25519.newKey();
        X509Certificate padded = LongCertificate.of(pair, length);
        assertTrue(padded.getEncoded().length > length);
        try (SSLSocket socket = tls(new ChainKey(new Identity(pair.getPrivate(), Ed25519.certificate(pair)),
                new X509Certificate[] {padded}), "TLSv1.3", Tls.ALPN)) {
            shakeHands(socket);
        }

        shouldHaveBeenRefused(CloseCause.NOT_OURS);
    }

    /** A session is never taken up again: with the same client context, the key is proved each time. */
    @Test
    void shouldSendNoSessionTickets() throws IOException, GeneralSecurityException, InterruptedException {
        try (SSLSocket socket = tls(new NodeKey(mallory), "TLSv1.3", Tls.ALPN)) {
            socket.startHandshake();
            Recorder accepted = node.nextAccepted().awaitOpened();
            accepted.connection.close(Frames.goodbye());
            byte[] answer = socket.getInputStream().readAllBytes();

            assertEquals(14, answer.length);
            assertEquals(1, java.util.Collections.list(socket.getSession().getSessionContext().getIds()).size(),
                    "a ticket would have made a second session");
        }
    }

    @Test
    void shouldLimitPendingHandshakesOfOneAddress() throws IOException {
        node.change("maxPendingPerAddress", 3);
        Socket[] sockets = new Socket[8];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = connect();
        }

        TestNode.await(() -> node.transport.snapshot().accepted() + node.transport.snapshot().refused() == 8, "all");

        assertEquals(3, node.transport.snapshot().accepted());
        for (Socket socket : sockets) {
            socket.close();
        }
        TestNode.await(() -> node.transport.snapshot().connections() == 0, "the end of all");
    }

    @Test
    void shouldLetTheOldestPendingHandshakeGiveWay() throws IOException, InterruptedException {
        node.change("maxPendingHandshakes", 2);
        Socket[] sockets = {connect(), connect(), connect()};

        Recorder oldest = node.nextAccepted().awaitEvent("closed LOCAL");

        assertTrue(oldest.has("closed LOCAL too many"), oldest.events::toString);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void shouldCloseAtOnceWhomTheOwnerDoesNotAdmit() throws IOException {
        node.admitting(false);

        try (Socket socket = connect()) {
            readToEnd(socket);
        }

        assertEquals(1, node.transport.snapshot().refused());
        assertEquals(0, node.accepted.size());
    }

    /** Shows any chain with its key. */
    private static final class ChainKey extends X509ExtendedKeyManager {

        private final NodeKey key;
        private final X509Certificate[] chain;

        ChainKey(Identity identity, X509Certificate... chain) {
            this.key = new NodeKey(identity);
            this.chain = Arrays.copyOf(chain, chain.length);
        }

        @Override
        public String[] getClientAliases(String type, java.security.Principal[] issuers) {
            return key.getClientAliases(type, issuers);
        }

        @Override
        public String[] getServerAliases(String type, java.security.Principal[] issuers) {
            return key.getServerAliases(type, issuers);
        }

        @Override
        public String chooseClientAlias(String[] types, java.security.Principal[] issuers, Socket socket) {
            return key.chooseClientAlias(types, issuers, socket);
        }

        @Override
        public String chooseServerAlias(String type, java.security.Principal[] issuers, Socket socket) {
            return key.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key.getPrivateKey(alias);
        }
    }
}
