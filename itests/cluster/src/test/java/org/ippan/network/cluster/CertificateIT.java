// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Counterpart;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The certificate of a node that is its own web server: renewed in place, damaged, and renewed again. */
@Tag(Nodes.WAITING)
class CertificateIT {

    private static final String WEB_SOCKET = "org.ippan.network.transport.websocket";
    private static final String RENEW = " Renew it in the files that certificate and privateKey of " + WEB_SOCKET
            + " name; they are read again by themselves.";
    private static final Duration SOON = Duration.ofMinutes(1);

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private IppanNode tokyo;

    @Test
    void shouldShowARenewedCertificateAndKeepItsLinks() throws Exception {
        Path file = nodes.path("server.pem");
        Counterpart.certificate(file, Instant.now().plus(10, ChronoUnit.DAYS));
        tokyo = nodes.embed("tokyo", builder -> builder.set(WEB_SOCKET, "enabled", "true")
                .set(WEB_SOCKET, "listenAddress", "127.0.0.1:0").set(WEB_SOCKET, "certificate", file.toString())
                .set(WEB_SOCKET, "privateKey", file.toString()));
        Eventually.until("it listens", Nodes.SOON, () -> !Nodes.webSocket(tokyo).boundAddress().isEmpty());
        nodes.embed("quito", builder -> builder.set(WEB_SOCKET, "enabled", "true"),
                "wss://" + Nodes.webSocket(tokyo).boundAddress() + "/ippan");
        Nodes.awaitPeers(tokyo, 1);
        final long handshakes = tokyo.peers().snapshot().handshakes();
        Diagnosis.of(tokyo).tells("WARN websocket: The certificate of WebSocket connections ends in 9 d…." + RENEW);
        Certificate first = shown();

        Counterpart.certificate(file, Instant.now().minus(1, ChronoUnit.DAYS));
        Certificate second = shownAfter(first);
        logged.says("INFO ", "WebSocket read its certificates again: ");
        Diagnosis.of(tokyo).tells("WARN websocket: The certificate of WebSocket connections ended 1 d… ago: peers that"
                + " check it do not connect." + RENEW);
        Files.writeString(file, "no certificate");
        Eventually.until("it is refused: " + error(), SOON, () -> error().startsWith(WEB_SOCKET + ": certificate = "
                + file + ": must be a PEM file"));
        assertEquals(second, shown());
        Counterpart.certificate(file, Instant.now().plus(100, ChronoUnit.DAYS));

        shownAfter(second);
        assertEquals("", error());
        Diagnosis.of(tokyo).finds("OK websocket: The node accepts WebSocket connections at "
                + Nodes.webSocket(tokyo).boundAddress() + ".");
        assertEquals(((X509Certificate) shown()).getNotAfter().getTime(),
                Nodes.webSocket(tokyo).certificateEndsMillis());
        assertEquals(handshakes, tokyo.peers().snapshot().handshakes());
        assertEquals(1, tokyo.peers().connected().size());
    }

    /** Asks the node whether it has another one, as it takes no connection of a client that comes again and again. */
    private Certificate shownAfter(Certificate known) {
        long ends = ((X509Certificate) known).getNotAfter().getTime();
        Eventually.until("there is another certificate", SOON,
                () -> Nodes.webSocket(tokyo).certificateEndsMillis() != ends);
        Certificate now = shown();
        assertNotEquals(known, now);
        return now;
    }

    private String error() {
        return tokyo.findAll(Configurable.class).stream().map(Configurable::settings)
                .filter(settings -> settings.schema().pid().equals(WEB_SOCKET)).findFirst().orElseThrow()
                .lastConfigError().orElse("");
    }

    private Certificate shown() {
        PeerAddress address = PeerAddress.parse(Nodes.webSocket(tokyo).boundAddress());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.host(),
                    address.port())) {
                socket.startHandshake();
                return socket.getSession().getPeerCertificates()[0];
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Looks at certificates, and trusts none of them with anything. */
    private static final class Anyone implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // Any will do.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
