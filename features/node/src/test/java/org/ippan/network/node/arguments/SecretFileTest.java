// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.ippan.network.node.arguments.CommandLine.UsageException;
import org.ippan.network.node.jmx.JmxUsers;
import org.ippan.network.node.launch.Pids;
import org.ippan.network.node.run.RunArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets come from files, and files with secrets are for their owner. */
class SecretFileTest {

    @TempDir
    Path folder;

    @Test
    void shouldMakeAKeyThatOnlyItsOwnerReadsAndUseIt() throws UsageException, IOException {
        Path file = folder.resolve("net.key");

        RunArguments parsed = RunArguments.parse(List.of("--new-key", file.toString()), Set.of());

        assertEquals(List.of(file), parsed.secrets().stream().map(SecretFile::file).toList());
        assertTrue(Files.readString(file).matches("[0-9a-f]{64}\n"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldNeverWriteOverAKey() throws UsageException, IOException {
        Path file = folder.resolve("net.key");
        key(file).create();
        String key = Files.readString(file);

        UsageException refused = assertThrows(UsageException.class, () -> key(file).create());

        assertEquals("--new-key " + file + ": there is such a file; use it with --key-file", refused.getMessage());
        assertEquals(key, Files.readString(file));
        assertEquals("--new-key " + folder + ": it is a folder; name a file in it",
                assertThrows(UsageException.class, () -> key(folder).create()).getMessage());
    }

    @Test
    void shouldRefuseTwoKeys() {
        assertThrows(UsageException.class, () -> RunArguments.parse(List.of("--new-key",
                folder.resolve("a").toString(), "--key-file", "b"), Set.of()));
    }

    @Test
    void shouldTakeTheTokenOfThePageFromAFile() throws UsageException, IOException {
        Path file = Files.writeString(folder.resolve("token"), " sixteen letters.\n");

        SecretFile parsed = RunArguments.parse(List.of("--token-file", file.toString()), Set.of()).secrets().get(0);

        assertEquals("org.ippan.network.web token", parsed.pid() + " " + parsed.key());
        assertEquals("sixteen letters.", parsed.read());
    }

    @Test
    void shouldNameAFileThatOthersMayRead() throws IOException {
        Path file = Files.writeString(folder.resolve("net.key"), "secret");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertEquals(List.of("--new-key: " + file + " is open to other users: group read; run chmod 600 " + file
                + ", and replace the secret"), key(file).warnings());

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of(), key(file).warnings());
    }

    @Test
    void shouldReadNoSecretThroughALinkOrFromAPipe() throws Exception {
        Path file = Files.writeString(folder.resolve("net.key"), "secret");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        assertTrue(assertThrows(UsageException.class, key(link)::read).getMessage().contains("symbolic link"));
        assertTrue(assertThrows(UsageException.class, key(pipe)::read).getMessage().contains("not waited for"));
        assertThrows(UsageException.class, () -> JmxUsers.read(pipe));
    }

    private static SecretFile key(Path file) {
        return new SecretFile("--new-key", Pids.PEERS, Pids.NETWORK_KEY, file);
    }
}
