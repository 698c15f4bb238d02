// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepASecondNodeOutUntilTheFirstIsClosed() {
        DataDirectory first = DataDirectory.of(folder);

        NodeException refused = assertThrows(NodeException.class, () -> DataDirectory.of(folder));
        first.close();
        DataDirectory.of(folder).close();

        assertEquals("another node uses " + folder + "; give this one a directory of its own", refused.getMessage());
    }

    @Test
    void shouldSayWhyADirectoryCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        NodeException refused = assertThrows(NodeException.class, () -> DataDirectory.of(file));

        assertEquals("cannot use the data directory " + file + ": " + file + " (FileAlreadyExists)",
                refused.getMessage());
    }

    @Test
    void shouldLeaveNothingOfATemporaryDirectory() throws IOException {
        DataDirectory temporary = DataDirectory.temporary();
        Files.writeString(Files.createDirectories(temporary.state().resolve("a")).resolve("b"), "c");
        Path root = temporary.state().getParent();
        assertTrue(Files.exists(root));

        temporary.close();

        assertFalse(Files.exists(root));
    }
}
