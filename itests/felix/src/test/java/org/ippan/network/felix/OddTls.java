// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.ippan.network.testkit.process.Programs;

/** Servers on loopback that speak TLS, and nothing inside it, with certificates that no node has. */
final class OddTls implements AutoCloseable {

    private static final char[] PASSWORD = "of this test".toCharArray();
    private static final int MANY_NAMES = 200;

    private final Path folder;
    private final List<SSLServerSocket> servers = new ArrayList<>();

    /** Which certificate is shown: each has its place in the store by its name. */
    enum Shown {
        /** Of its own authority, with a key that no node has. */
        AUTHORITY("-keyalg", "EC", "-ext", "bc:c"),
        /** Two of them, of which the first has ended. */
        EXPIRED("-keyalg", "EC", "-signer", "authority", "-signerkeypass", String.valueOf(PASSWORD), "-startdate",
                "-3d", "-validity", "1"),
        /** One for so many names that no node would send it. */
        LONG("-keyalg", "EC", "-ext", "san=" + Stream.generate(() -> "dns:" + "x".repeat(50)).limit(MANY_NAMES)
                .collect(Collectors.joining(","))),
        /** Such a key as nodes have. */
        KEY_OF_A_NODE("-keyalg", "Ed25519");

        private final List<String> options;

        Shown(String... options) {
            this.options = List.of(options);
        }

        private String alias() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    OddTls(Path folder) {
        this.folder = folder;
    }

    /** Makes a certificate by the tool of the JDK. */
    private KeyStore store(Shown shown) throws IOException, GeneralSecurityException {
        Path file = folder.resolve("odd.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        if (!isIn(file, store, shown)) {
            List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                    .toString(), "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair", "-keystore",
                    file.toString(), "-storepass", String.valueOf(PASSWORD), "-alias", shown.alias(), "-dname",
                    "CN=127.0.0.1"));
            command.addAll(shown.options);
            Programs.run(folder, command.toArray(String[]::new));
            isIn(file, store, shown);
        }
        return store;
    }

    private static boolean isIn(Path file, KeyStore store, Shown shown) throws IOException, GeneralSecurityException {
        if (!Files.exists(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store.containsAlias(shown.alias());
    }

    /** The one that has signed some of them. */
    Certificate authority() throws IOException, GeneralSecurityException {
        return store(Shown.AUTHORITY).getCertificate(Shown.AUTHORITY.alias());
    }

    /** Where a new server shows this certificate. */
    String listen(Shown shown) throws IOException, GeneralSecurityException {
        KeyStore all = store(shown);
        Key key = all.getKey(shown.alias(), PASSWORD);
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry("server", key, PASSWORD, all.getCertificateChain(shown.alias()));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(one, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50,
                InetAddress.getLoopbackAddress());
        servers.add(server);
        Thread thread = new Thread(() -> serve(server), "odd-tls");
        thread.setDaemon(true);
        thread.start();
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static void serve(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                ((SSLSocket) socket).startHandshake();
                socket.getInputStream().read();
            } catch (IOException e) {
                // The client did not like what it was shown, or the test is over.
                continue;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (SSLServerSocket server : servers) {
            server.close();
        }
    }
}
