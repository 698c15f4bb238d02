// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS around WebSocket, as web servers and proxies know it: only the way through. Who a peer is the stream inside
 * proves. Immutable.
 */
final class OuterTls {

    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");
    /** Larger ones are no certificates. */
    private static final long MOST_BYTES = 1 << 20;
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final boolean checkNames;

    private OuterTls(SSLContext context, boolean checkNames) {
        this.context = context;
        this.checkNames = checkNames;
    }

    /**
     * Shows a certificate to clients.
     *
     * @param chain PEM file, the server's own certificate first
     * @param key PEM file, PKCS #8 without a password
     * @throws GeneralSecurityException if they cannot be used
     * @throws IOException if they cannot be read
     */
    static OuterTls showing(Path chain, Path key) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("server", privateKey(read(key)), NO_PASSWORD,
                certificates(chain).toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        return of(false, keys, null);
    }

    /** Believes any server: what it could read or change is protected by the stream inside. */
    static OuterTls trustingAny() {
        try {
            return of(false, null, new TrustManager[] {new AnyServer()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 17 has TLS", e);
        }
    }

    /** Believes servers whose name an authority certifies that the JDK knows. */
    static OuterTls trustingSystem() {
        try {
            return of(true, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 17 has authorities", e);
        }
    }

    /**
     * Believes servers whose name one of these certifies.
     *
     * @param file PEM, one or several certificates
     * @throws GeneralSecurityException if they cannot be used
     * @throws IOException if they cannot be read
     */
    static OuterTls trusting(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return of(true, null, trust.getTrustManagers());
    }

    private static OuterTls of(boolean checkNames, KeyManagerFactory keys, TrustManager[] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust, null);
        return new OuterTls(context, checkNames);
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("the file is too long");
        }
        return Files.readString(file);
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new GeneralSecurityException("there is no certificate in it");
            }
            return all;
        }
    }

    private static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        Matcher key = KEY.matcher(pem);
        if (!key.find()) {
            throw new GeneralSecurityException("there is no BEGIN PRIVATE KEY in it (PKCS #8, without a password)");
        }
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                continue; // Another kind.
            }
        }
        throw new GeneralSecurityException("the key is of no kind that servers use: " + KINDS);
    }

    /** For a connection that a client opened. */
    SSLEngine engine() {
        return with(context.createSSLEngine(), false);
    }

    /** For a connection to a server. */
    SSLEngine engine(String host, int port) {
        return with(context.createSSLEngine(host, port), true);
    }

    private SSLEngine with(SSLEngine engine, boolean client) {
        engine.setUseClientMode(client);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        if (client && checkNames) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
