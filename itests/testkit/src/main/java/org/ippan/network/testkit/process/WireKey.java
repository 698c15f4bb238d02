// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A new Ed25519 key with a certificate it signed itself, and TLS 1.3 with it, by what the JDK has: nothing of the
 * product is used. Confined to the thread that makes it.
 */
final class WireKey {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int OID = 0x06;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int UTF8 = 0x0C;
    private static final int TIME = 0x18;
    private static final int VERSION = 0xA0;
    private static final int SHORT_FORM = 0x80;
    private static final int ONE_BYTE = 0x100;
    private static final int PEM_WIDTH = 64;
    private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private final KeyPair pair;
    private final X509Certificate certificate;

    /** A key whose certificate never ends. */
    WireKey() {
        this(Instant.parse("9999-12-31T23:59:59Z"));
    }

    /** A key whose certificate ends. */
    WireKey(Instant end) {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            certificate = certificate(TIMES.format(end));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash of its public key. */
    byte[] id() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key without what X.509 puts before it. */
    byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - WireFrames.HASH_LENGTH, encoded.length);
    }

    byte[] sign(byte[] what) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(what);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate certificate(String end) throws GeneralSecurityException {
        byte[] algorithm = der(SEQUENCE, der(OID, new byte[] {0x2B, 0x65, 0x70}));
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OID, new byte[] {0x55, 0x04, 0x03}),
                der(UTF8, "wire".getBytes(StandardCharsets.US_ASCII)))));
        byte[] validity = der(SEQUENCE, der(TIME, "20200101000000Z".getBytes(StandardCharsets.US_ASCII)),
                der(TIME, end.getBytes(StandardCharsets.US_ASCII)));
        byte[] toSign = der(SEQUENCE, der(VERSION, der(INTEGER, new byte[] {2})), der(INTEGER, new byte[] {1}),
                algorithm, name, validity, name, pair.getPublic().getEncoded());
        byte[] whole = der(SEQUENCE, toSign, algorithm, der(BITS, new byte[1], sign(toSign)));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(whole));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteBuffer value = ByteBuffer.allocate(length + 4).put((byte) tag);
        if (length < SHORT_FORM) {
            value.put((byte) length);
        } else if (length < ONE_BYTE) {
            value.put((byte) (SHORT_FORM + 1)).put((byte) length);
        } else {
            value.put((byte) (SHORT_FORM + 2)).putShort((short) length);
        }
        value.put(content.toByteArray());
        byte[] bytes = new byte[value.position()];
        value.flip().get(bytes);
        return bytes;
    }

    /** Writes key and certificate into a file, as servers other than nodes want them. */
    void write(Path file) {
        try {
            Files.writeString(file, pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem("CERTIFICATE", certificate.getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(PEM_WIDTH, new byte[] {'\n'})
                .encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    /** Speaks TLS over a connection, and has shaken hands. */
    Socket tls(Socket plaintext) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", pair.getPrivate(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {new Anyone()}, null);
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plaintext, null,
                    plaintext.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            parameters.setApplicationProtocols(new String[] {"ippan-net/1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts any node: tests dial only their own. */
    private static final class Anyone extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            // Any will do.
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
