// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** One key for all members of a case: what an encrypted link costs does not depend on whose key it is. */
public final class KeyFile {

    static final String PASSWORD = "benchmark";

    private KeyFile() {
    }

    /**
     * Makes a key with the JDK's own tool.
     *
     * @param file a PKCS 12 file, which may exist already
     * @throws IOException if that fails
     * @throws InterruptedException if the thread was interrupted
     */
    public static void make(Path file) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            return;
        }
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(tool, "-genkeypair", "-keystore", file.toString(), "-storetype",
                "PKCS12", "-storepass", PASSWORD, "-alias", "member", "-keyalg", "EC", "-groupname", "secp256r1",
                "-dname", "CN=benchmark").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }

    static KeyManagerFactory keys(Path file) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(file), PASSWORD.toCharArray());
        return factory;
    }

    static TrustManagerFactory trusted(Path file) throws IOException, GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(load(file));
        return factory;
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
