// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in the form that web servers have them in. What fails is said in words. Stateless. */
final class PemFile {

    private static final Pattern CERTIFICATE = block("CERTIFICATE");
    private static final Pattern KEY = block("PRIVATE KEY");
    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");
    /** Larger ones are no certificates. */
    private static final int MOST_BYTES = 1 << 20;

    private PemFile() {
    }

    private static Pattern block(String what) {
        return Pattern.compile("-----BEGIN " + what + "-----([^-]+)-----END " + what + "-----");
    }

    /** All certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> all = new ArrayList<>();
        Matcher blocks = CERTIFICATE.matcher(read(file));
        while (blocks.find()) {
            try {
                all.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(
                        decoded(blocks.group(1)))));
            } catch (IllegalArgumentException | CertificateException e) {
                throw new GeneralSecurityException(file + ": a certificate in it is damaged", e);
            }
        }
        if (all.isEmpty()) {
            throw new GeneralSecurityException(file + ": it has no BEGIN CERTIFICATE");
        }
        return all;
    }

    /** The key of a file. */
    static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
        Matcher block = KEY.matcher(read(file));
        if (!block.find()) {
            throw new GeneralSecurityException(file + ": it has no BEGIN PRIVATE KEY; openssl pkcs8 -topk8 -nocrypt"
                    + " writes other keys in this form");
        }
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(decoded(block.group(1))));
            } catch (IllegalArgumentException | InvalidKeySpecException e) {
                continue; // Another kind, or none.
            }
        }
        throw new GeneralSecurityException(file + ": its key is damaged, or neither RSA, EC nor Ed25519");
    }

    private static byte[] decoded(String block) {
        return Base64.getMimeDecoder().decode(block);
    }

    /** A device would have no end, and a pipe would be waited for. */
    private static String read(Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
            throw new FileSystemException(file.toString(), null, "it is no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new FileSystemException(file.toString(), null, "it is longer than 1 MiB");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
