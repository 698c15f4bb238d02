// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ippan.network.api.state.FileErrors;
import org.ippan.network.api.state.PrivateFiles;
import org.ippan.network.doctor.look.Look;

/** Whether the node's key is there, is its own, and is no other's. */
public final class IdentityChecks {

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE);
    private static final Pattern CERTIFICATE = Pattern.compile(
            "-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END CERTIFICATE-----");
    /** A key and a certificate are shorter by far. */
    private static final int MOST_BYTES = 1 << 16;

    private final Look look;
    private final Supplier<Path> place;

    /** Checks of one look; the identity lies where transport keeps it. */
    public IdentityChecks(Look look, Supplier<Path> place) {
        this.look = look;
        this.place = place;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of("identity", this::identity, "shared-identity", this::sharedIdentity);
    }

    private void identity(Findings findings) {
        if (look.services().transport() == null) {
            return;
        }
        Path identity = place.get();
        if (!Files.exists(identity)) {
            findings.warn("identity", "There is no key at " + identity + ".",
                    "Restore it from a copy, or, if it could never be written, make room or the folder writable:"
                    + " without it the node becomes another one at its next start.");
            return;
        }
        try {
            Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(identity));
            others.removeAll(OWNER);
            if (others.isEmpty() && !isOwn(identity)) {
                findings.warn("identity", "The key at " + identity + " is not that of this node: another node uses the"
                        + " same folder, or the file was replaced.", "Give each node a folder of its own; restarted,"
                        + " this node uses the key that is there.");
            } else if (others.isEmpty()) {
                findings.ok("identity", "The key at " + identity + " is readable by its owner only.");
            } else {
                findings.fail("identity", "The key at " + identity + " is open to more than its owner: "
                        + others.stream().map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .collect(Collectors.joining(", ")) + ".",
                        "Run chmod 600 on it; a user who copied it can be this node.");
            }
        } catch (IOException e) {
            findings.warn("identity", "Who may read the key at " + identity + " cannot be found out: "
                    + FileErrors.words(e) + ".", "See to it that only the user of the node may.");
        } catch (UnsupportedOperationException e) {
            findings.warn("identity", "This file system does not tell who may read the key at " + identity + ".",
                    "See to it that only the user of the node may.");
        }
    }

    /** Whether the key is the one the node runs with, or cannot be told: what is no key is told of at the start. */
    private boolean isOwn(Path identity) throws IOException {
        String id = look.now().peers() == null ? "" : look.now().peers().localId();
        return id.isEmpty() || idOf(new String(PrivateFiles.read(identity, MOST_BYTES), StandardCharsets.US_ASCII))
                .filter(found -> !found.equals(id)).isEmpty();
    }

    private static Optional<String> idOf(String pem) {
        Matcher certificate = CERTIFICATE.matcher(pem);
        if (!certificate.find()) {
            return Optional.empty();
        }
        try {
            byte[] key = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(
                    Base64.getMimeDecoder().decode(certificate.group(1)))).getPublicKey().getEncoded();
            return Optional.of(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Found by their instance ids: only a copied key makes two living nodes the same peer. */
    private void sharedIdentity(Findings findings) {
        if (look.now().peers() == null) {
            return;
        }
        String advice = "Stop one of them, move its identity file away and start it again: it makes a key of its own.";
        String own = look.now().peers().identityElsewhere();
        String others = look.now().peers().sharedIdentities();
        if (!own.isEmpty()) {
            findings.fail("shared-identity", "Another living node uses this node's identity; seen at, or told by the"
                    + " peer at, " + own + ". Peers keep one of the two connected.", advice);
        }
        if (!others.isEmpty()) {
            findings.warn("shared-identity", "Two living nodes use one identity: " + others + ".", advice);
        }
    }
}
