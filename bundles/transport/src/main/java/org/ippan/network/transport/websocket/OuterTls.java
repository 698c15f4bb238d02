// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
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

    /** How a key of a kind signs. */
    private static final Map<String, String> SIGNING = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA",
            "EdDSA", "Ed25519");
    private static final char[] NO_PASSWORD = {};

    private final SSLContext context;
    private final boolean checkNames;
    private final long endsMillis;

    private OuterTls(SSLContext context, boolean checkNames, long endsMillis) {
        this.context = context;
        this.checkNames = checkNames;
        this.endsMillis = endsMillis;
    }

    /**
     * Shows a certificate to clients.
     *
     * @param chain the server's own certificate first
     * @param key of that one
     * @throws GeneralSecurityException if they do not fit, or cannot be used
     */
    static OuterTls showing(List<X509Certificate> chain, PrivateKey key) throws GeneralSecurityException {
        if (!fits(chain.get(0), key)) {
            throw new GeneralSecurityException("the key is another certificate's");
        }
        KeyStore store = empty();
        store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new Certificate[0]));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, NO_PASSWORD);
        long ends = chain.stream().mapToLong(each -> each.getNotAfter().getTime()).min().orElseThrow();
        return of(false, keys, null, ends);
    }

    /** What the key signs the certificate confirms. */
    private static boolean fits(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = SIGNING.get(key.getAlgorithm());
        if (algorithm == null || !certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(certificate.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(certificate.getEncoded());
        try {
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // A key of another length.
        }
    }

    /** Believes any server: what it could read or change is protected by the stream inside. */
    static OuterTls trustingAny() {
        try {
            return of(false, null, new TrustManager[] {new AnyServer()}, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 17 has TLS", e);
        }
    }

    /** Believes servers whose name an authority certifies that the JDK knows. */
    static OuterTls trustingSystem() {
        try {
            return of(true, null, null, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 17 has authorities", e);
        }
    }

    /**
     * Believes servers whose name one of these certifies.
     *
     * @param authorities one or several
     * @throws GeneralSecurityException if they cannot be used
     */
    static OuterTls trusting(List<X509Certificate> authorities) throws GeneralSecurityException {
        KeyStore store = empty();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("authority-" + i, authorities.get(i));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return of(true, null, trust.getTrustManagers(), 0);
    }

    private static OuterTls of(boolean checkNames, KeyManagerFactory keys, TrustManager[] trust, long endsMillis)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : keys.getKeyManagers(), trust, null);
        return new OuterTls(context, checkNames, endsMillis);
    }

    private static KeyStore empty() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new GeneralSecurityException("nothing is read", e);
        }
        return store;
    }

    /** When the first certificate that clients are shown ends, in milliseconds since 1970; 0 if they are shown none. */
    long endsMillis() {
        return endsMillis;
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
