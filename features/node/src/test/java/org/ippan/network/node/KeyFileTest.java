// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.node.CommandLine.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {

    @TempDir
    Path folder;

    @Test
    void shouldMakeAKeyThatOnlyItsOwnerReadsAndUseIt() throws UsageException, IOException {
        Path file = folder.resolve("net.key");

        RunArguments parsed = RunArguments.parse(List.of("--new-key", file.toString()), Set.of());

        assertEquals(Optional.of(file), parsed.keyFile());
        assertTrue(Files.readString(file).matches("[0-9a-f]{64}\n"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldNeverWriteOverAKey() throws UsageException, IOException {
        Path file = folder.resolve("net.key");
        KeyFile.create(file);
        String key = Files.readString(file);

        UsageException refused = assertThrows(UsageException.class, () -> KeyFile.create(file));

        assertEquals("--new-key " + file + ": there is such a file; use it with --key-file", refused.getMessage());
        assertEquals(key, Files.readString(file));
    }

    @Test
    void shouldRefuseTwoKeys() {
        assertThrows(UsageException.class, () -> RunArguments.parse(List.of("--new-key",
                folder.resolve("a").toString(), "--key-file", "b"), Set.of()));
    }
}
