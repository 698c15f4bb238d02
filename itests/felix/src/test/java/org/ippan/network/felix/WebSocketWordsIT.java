// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import static org.junit.Assert.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.testkit.Eventually;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** What is said where a link inside WebSocket does not come up, and of its certificates and keys. */
public class WebSocketWordsIT {

    private static final String WEB_SOCKET = "org.ippan.network.transport.websocket";
    private static final Path FOLDER = Container.TARGET.resolve("felix")
            .resolve(WebSocketWordsIT.class.getSimpleName());
    /** What is no request after that is another protocol. */
    private static final int PATIENCE_MILLIS = 300;
    private static final String DEFAULT_ANSWER = "HTTP/1.1 400 Bad Request\r\n";
    private static final Map<String, String> ANSWERS = Map.of(
            "302", "HTTP/1.1 302 Found\r\nLocation: https://paris.example/\r\n", "400", DEFAULT_ANSWER,
            "426", "HTTP/1.1 426 Upgrade Required\r\n", "502", "HTTP/1.1 502 Bad Gateway\r\n",
            "503", "HTTP/1.1 503 Service Unavailable\r\n", "403", "HTTP/1.1 403 Forbidden\r\n",
            "407", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n",
            "497", "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Digest realm=\"x\"\r\n",
            "220", "220 mail.invalid ESMTP\r\n", "101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: other\r\n");

    private final List<String> wrong = new ArrayList<>();
    private PlainFelix felix;
    private ServerSocket server;

    @Before
    public void start() throws Exception {
        Container.delete(FOLDER);
        Files.createDirectories(FOLDER);
        felix = new PlainFelix(FOLDER);
        felix.configure("org.ippan.network.transport", "listenAddress", "127.0.0.1:0");
        felix.configure(WEB_SOCKET, "enabled", "true");
        felix.start(Container.PROVIDERS);
        Eventually.until("the node listens", NodeInside.SOON, () -> felix.context().getServiceReference(Transport.class)
                != null && felix.service(Transport.class).listenAddress().isPresent());
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::answer, "stranger");
        thread.setDaemon(true);
        thread.start();
    }

    @After
    public void stop() throws IOException {
        server.close();
        felix.close();
    }

    /** Each request names the answer that it gets. */
    private void answer() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                String answer = ANSWERS.getOrDefault(wanted(socket), DEFAULT_ANSWER);
                socket.getOutputStream().write((answer + "Content-Length: 0\r\n\r\n").getBytes(
                        StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The one who dialled has gone, or the test is over.
                continue;
            }
        }
    }

    private static String wanted(Socket socket) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                    StandardCharsets.ISO_8859_1));
            String request = in.readLine();
            for (String line = request; line != null && !line.isEmpty();) {
                line = in.readLine();
            }
            return String.valueOf(request).replaceFirst("^(?:GET /|CONNECT host)(\\d{3})\\D.*", "$1");
        } catch (IOException e) {
            return "";
        }
    }

    private void isNotReached(String address, String why) {
        felix.service(PeerAdmin.class).add(PeerAddress.parse(address), "");
        Eventually.until(() -> address + ": " + why + ", not " + error(address), NodeInside.SOON,
                () -> error(address).contains(why));
        felix.service(PeerAdmin.class).remove(PeerAddress.parse(address));
    }

    private String error(String address) {
        return felix.service(PeerDirectory.class).peers().stream()
                .filter(peer -> peer.address().equals(PeerAddress.parse(address))).map(Peer::lastError).findFirst()
                .orElse("");
    }

    @Test
    public void shouldSayWhatAServerAnswersThatIsNoNode() throws Exception {
        String at = "ws://127.0.0.1:" + server.getLocalPort() + "/";
        String answers = " instead of speaking WebSocket: ";
        isNotReached(at + "302", "the server answers 302 Found" + answers + "it points to https://paris.example/");
        isNotReached(at + "400", answers + "if it wants TLS, write wss; a proxy has to pass on Upgrade and Connection");
        isNotReached(at + "426", answers + "a proxy has to pass on Upgrade and Connection");
        isNotReached(at + "502", answers + "compare proxy_pass of the proxy with listenAddress of the node behind it");
        isNotReached(at + "503", answers + "it takes no further connections just now");
        isNotReached(at + "403", answers + "compare " + at + "403 with what the node advertises");
        isNotReached(at + "220", "what answers at 127.0.0.1:" + server.getLocalPort() + " does not speak HTTP");
        isNotReached(at + "101", "the server speaks another WebSocket protocol: ");
        isNotReached(at.replace("ws:", "wss:") + "400", " failed: no TLS is spoken there; a node without a certificate"
                + " has a ws:// address");
        isNotReached("wss://" + felix.service(Transport.class).listenAddress().orElseThrow() + "/ippan",
                " failed: the server does not speak HTTP/1.1");

        String identity = FOLDER.resolve("state").resolve("transport").resolve("identity.pem").toString();
        felix.configure(WEB_SOCKET, Map.of("enabled", "true", "listenAddress", "127.0.0.1:0", "certificate", identity,
                "privateKey", identity, "outerTrust", "system"));
        Eventually.until("it listens", NodeInside.SOON, () -> !bound().isEmpty());
        isNotReached("wss://" + bound().replaceFirst("^\\w+://", "").replaceFirst("/.*", "") + "/ippan",
                " failed: outerTrust knows no authority that certifies the server");
    }

    private String bound() {
        return felix.told(WebSocketSnapshot.class).map(WebSocketSnapshot::boundAddress).findFirst().orElse("");
    }

    @Test
    public void shouldSayWhatAProxyAnswers() throws Exception {
        String proxy = "http://127.0.0.1:" + server.getLocalPort();
        felix.configure(WEB_SOCKET, Map.of("enabled", "true", "proxy", proxy));
        isNotReached("wss://host403.invalid:443/x", " answers 403 Forbidden: have its operator allow CONNECT to"
                + " host403.invalid:443");
        isNotReached("wss://host502.invalid:443/x", " answers 502 Bad Gateway: it does not reach host502.invalid:443");
        isNotReached("wss://host407.invalid:443/x", ": set proxyUser and proxyPassword");
        isNotReached("wss://host497.invalid:443/x", ": it wants another login than Basic, which nodes do not have");
        isNotReached("wss://host220.invalid:443/x", "the proxy 127.0.0.1:" + server.getLocalPort() + " does not speak"
                + " HTTP");
        felix.configure(WEB_SOCKET, Map.of("enabled", "true", "proxy", proxy, "proxyUser", "me", "proxyPassword",
                "not-the-right-one"));
        isNotReached("wss://host407.invalid:443/y", ": it does not take this proxyUser and proxyPassword");
    }

    /** As a machine between has them that ends TLS itself. */
    @Test
    public void shouldSayWhatIsWrongWithTheCertificateOfAServer() throws Exception {
        try (OddTls server = new OddTls(FOLDER)) {
            isNotReached(server.listen(OddTls.Shown.AUTHORITY), "the certificate's key is not Ed25519");
            isNotReached(server.listen(OddTls.Shown.EXPIRED), "exactly one certificate is expected");
            isNotReached(server.listen(OddTls.Shown.LONG), "the certificate is longer than 8192 bytes");
            isNotReached(server.listen(OddTls.Shown.KEY_OF_A_NODE), "the peer does not speak ippan-net/1");

            felix.configure(WEB_SOCKET, Map.of("enabled", "true", "outerTrust", file("authority", pem("CERTIFICATE",
                    server.authority().getEncoded()))));
            isNotReached("wss://" + server.listen(OddTls.Shown.EXPIRED) + "/ippan", " failed: the certificate of the"
                    + " server has expired");

            felix.configure("org.ippan.network.discovery.http", "urls", "https://"
                    + server.listen(OddTls.Shown.AUTHORITY) + "/records");
            felix.start(List.of("org.ippan.network.discovery"));
            Eventually.until(() -> "it says so, not " + felix.told(DiscoverySnapshot.class).toList(), NodeInside.SOON,
                    () -> felix.told(DiscoverySnapshot.class).anyMatch(each -> each.lastError().contains(
                            ": no authority that Java trusts certifies the server")));
        }
    }

    private void refuses(String why, Map<String, Object> files) {
        String said = felix.settings(WEB_SOCKET).check(files).orElse("nothing");
        if (!said.contains(why)) {
            wrong.add(why + ", not " + said);
        }
    }

    private static String file(String name, String text) {
        try {
            return Files.writeString(FOLDER.resolve(name), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + what
                + "-----\n";
    }

    @Test
    public void shouldSayWhatIsWrongWithACertificateOrItsKey() throws Exception {
        Path identity = FOLDER.resolve("state").resolve("transport").resolve("identity.pem");
        String good = Files.writeString(FOLDER.resolve("good"), Files.readString(identity)).toString();
        String empty = file("empty", "");
        String other = file("other", pem("PRIVATE KEY", KeyPairGenerator.getInstance("Ed25519").generateKeyPair()
                .getPrivate().getEncoded()));
        refuses("certificate = " + FOLDER + ": must be a PEM file with the certificate and those that certify it"
                + " (correct the path or the file: " + FOLDER + ": it is no file)", Map.of("certificate",
                        FOLDER.toString(), "privateKey", good));
        refuses(empty + ": it has no BEGIN CERTIFICATE", Map.of("certificate", empty, "privateKey", good));
        refuses(": a certificate in it is damaged", Map.of("certificate", file("damaged", pem("CERTIFICATE",
                new byte[9])), "privateKey", good));
        refuses(": it is longer than 1 MiB", Map.of("certificate", file("long", "x".repeat((1 << 20) + 1)),
                "privateKey", good));
        refuses(empty + ": it has no BEGIN PRIVATE KEY; openssl pkcs8 -topk8 -nocrypt writes other keys in this form",
                Map.of("certificate", good, "privateKey", empty));
        refuses(": its key is damaged, or neither RSA, EC nor Ed25519", Map.of("certificate", good, "privateKey",
                file("cut", pem("PRIVATE KEY", new byte[9]))));
        refuses("the key is another certificate's", Map.of("certificate", good, "privateKey", other));

        assertEquals("", String.join("\n", wrong));
    }
}
