// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.ippan.network.api.state.StateDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The node's key: how its id is made, where it lies, and what happens when it cannot be read. */
final class IdentityTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("transport").resolve(IdentityFile.NAME);
    }

    private IdentityFile.Loaded load() {
        return new IdentityFile(new StateDirectory(folder.resolve("transport"))).load();
    }

    /** The checked bytes of the protocol. */
    @ParameterizedTest
    @CsvSource({
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8,"
            + "a050837d85070582ccf7394b0988847cc312cb88259b894899f6f239cf1791a5",
        "29acbae141bccaf0b22e1a94d34d0bc7361e526d0bfe12c89794bc9322966dd7,"
            + "824c89aa8efb95ef93629b4519599129cace4adac9a6180daba31ceed41ecee6",
    })
    void shouldMakeTheIdOfThePublicKey(String publicKey, String id) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(
                new X509EncodedKeySpec(HexFormat.of().parseHex("302a300506032b6570032100" + publicKey)));

        assertTrue(Ed25519.isKey(key));
        assertEquals(id, Ed25519.id(key).toString());
        assertEquals(publicKey, HexFormat.of().formatHex(Ed25519.rawKey(key)));
    }

    @Test
    void shouldMakeACertificateThatVerifiesAndIsTheSameForTheSameKey() throws GeneralSecurityException {
        Identity identity = Identity.create();

        identity.certificate().verify(identity.certificate().getPublicKey());
        identity.certificate().checkValidity();

        assertEquals(3, identity.certificate().getVersion());
        assertEquals(1, identity.certificate().getSerialNumber().signum());
        assertTrue(identity.certificate().getEncoded().length < 500);
    }

    @Test
    void shouldWriteLengthsOfDerInTheirShortestForm() {
        assertArrayEquals(new byte[] {0x30, 0x00}, Der.value(Der.SEQUENCE));
        assertArrayEquals(new byte[] {0x30, 0x7F}, head(new byte[127], 2));
        assertArrayEquals(new byte[] {0x30, (byte) 0x81, (byte) 0x80}, head(new byte[128], 3));
        assertArrayEquals(new byte[] {0x30, (byte) 0x81, (byte) 0xFF}, head(new byte[255], 3));
        assertArrayEquals(new byte[] {0x30, (byte) 0x82, 0x01, 0x00}, head(new byte[256], 4));
        assertArrayEquals(new byte[] {0x30, (byte) 0x83, 0x01, 0x00, 0x00}, head(new byte[65_536], 5));
    }

    private static byte[] head(byte[] content, int length) {
        return java.util.Arrays.copyOf(Der.value(Der.SEQUENCE, content), length);
    }

    @Test
    void shouldSignWithTheKeyItShows() throws GeneralSecurityException {
        Identity identity = Identity.create();
        byte[] data = "address record".getBytes(StandardCharsets.US_ASCII);

        byte[] signature = identity.sign(data);

        assertEquals(64, signature.length);
        assertEquals(32, identity.publicKey().length);
        assertTrue(Ed25519.verify(identity.certificate().getPublicKey(), data, signature));
    }

    @Test
    void shouldBeTheSameNodeAfterARestart() {
        IdentityFile.Loaded first = load();

        IdentityFile.Loaded second = load();

        assertEquals(first.identity().id(), second.identity().id());
        assertTrue(second.warning().isEmpty() && second.failure().isEmpty());
    }

    @Test
    void shouldKeepTheKeyReadableByItsOwnerOnly() throws IOException {
        load();

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void shouldRefuseToServeAndKeepTheFileWhenItCannotBeRead() throws IOException {
        load();
        String damaged = Files.readString(file()).replace('M', 'N');
        Files.writeString(file(), damaged);

        IdentityFile.Loaded loaded = load();

        assertTrue(loaded.failure().orElseThrow().contains(file().toString()));
        assertEquals(damaged, Files.readString(file()));
    }

    @Test
    void shouldRefuseAKeyThatIsNotTheCertificates() throws IOException {
        load();
        String mine = Files.readString(file());
        Files.delete(file());
        load();
        String other = Files.readString(file());
        String boundary = "-----BEGIN CERTIFICATE";
        Files.writeString(file(), mine.substring(0, mine.indexOf(boundary)) + other.substring(other.indexOf(boundary)));

        assertTrue(load().failure().isPresent());
    }

    @Test
    void shouldRunWithAPassingIdentityWhenNothingCanBeWritten() throws IOException {
        Files.writeString(folder.resolve("transport.blocked"), "");

        IdentityFile.Loaded loaded = new IdentityFile(
                new StateDirectory(folder.resolve("transport.blocked").resolve("below"))).load();

        assertTrue(loaded.failure().isEmpty() && loaded.warning().isPresent(), loaded::toString);
        assertNotEquals(load().identity().id(), loaded.identity().id());
    }
}
