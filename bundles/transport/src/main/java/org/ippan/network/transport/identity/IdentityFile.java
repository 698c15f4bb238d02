// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.StateDirectory;

/**
 * The identity on disk: key (PKCS#8) and certificate in PEM, in a file only its owner may read from the moment it is
 * made. A file that cannot be read is never replaced: a node that loses the key gets another id.
 */
public final class IdentityFile {

    public static final String NAME = "identity.pem";

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final int LINE = 64;
    /** A key and a certificate of 8 KiB are shorter by far. */
    private static final int MAX_BYTES = 1 << 16;

    private final StateDirectory state;

    /**
     * What came of reading or making it.
     *
     * @param identity to be used
     * @param warning what an operator should know, if anything
     * @param failure why the node must not serve, if so
     */
    public record Loaded(Identity identity, Optional<String> warning, Optional<String> failure) {
    }

    public IdentityFile(StateDirectory state) {
        this.state = state;
    }

    /** Reads the identity, or makes one at the first start. Never throws: the outcome says what is wrong. */
    public Loaded load() {
        try {
            Optional<byte[]> content = read();
            return content.isEmpty() ? make() : new Loaded(parse(new String(content.get(), StandardCharsets.US_ASCII)),
                    Optional.empty(), Optional.empty());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return new Loaded(Identity.create(), Optional.empty(), Optional.of("the identity in " + state.path(NAME)
                    + " cannot be read (" + FileErrors.words(e) + "); put back a good copy, or move the file away to"
                    + " become a new node, and restart"));
        }
    }

    private Optional<byte[]> read() throws IOException {
        try {
            return state.read(NAME, MAX_BYTES);
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            if (Files.isDirectory(state.path(NAME).getParent())) {
                throw e;
            }
            // There is no such folder, and something else where it should be: nothing was ever kept here.
            return Optional.empty();
        }
    }

    private Loaded make() {
        Identity made = Identity.create();
        try {
            state.write(NAME, format(made).getBytes(StandardCharsets.US_ASCII));
            return new Loaded(made, Optional.empty(), Optional.empty());
        } catch (IOException e) {
            return new Loaded(made, Optional.of("the identity cannot be written to " + state.path(NAME) + " ("
                    + FileErrors.words(e) + "): the node becomes another one at its next start. Make room, or the"
                    + " folder writable, and restart"), Optional.empty());
        }
    }

    private static Identity parse(String pem) throws GeneralSecurityException {
        byte[] key = null;
        byte[] certificate = null;
        Matcher blocks = PEM.matcher(pem);
        while (blocks.find()) {
            byte[] der = Base64.getMimeDecoder().decode(blocks.group(2));
            switch (blocks.group(1)) {
                case PRIVATE_KEY -> key = der;
                case CERTIFICATE -> certificate = der;
                default -> throw new GeneralSecurityException("unexpected " + blocks.group(1));
            }
        }
        if (key == null || certificate == null) {
            throw new GeneralSecurityException("it has no " + (key == null ? PRIVATE_KEY : CERTIFICATE));
        }
        return new Identity(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key)),
                Ed25519.parse(certificate));
    }

    private static String format(Identity identity) {
        try {
            return block(PRIVATE_KEY, identity.key().getEncoded())
                    + block(CERTIFICATE, identity.certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made has an encoding", e);
        }
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
