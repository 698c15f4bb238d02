// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ippan.network.api.state.PrivateFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path folder;

    @Test
    void shouldKeepASecondNodeOutUntilTheFirstIsClosed() {
        DataDirectory first = DataDirectory.of(folder);

        LaunchException refused = assertThrows(LaunchException.class, () -> DataDirectory.of(folder));
        first.close();
        DataDirectory.of(folder).close();

        assertEquals("another node uses " + folder + "; wait until it has ended, or give this one a directory of its"
                + " own", refused.getMessage());
    }

    @Test
    void shouldSayWhyADirectoryCannotBeUsed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        LaunchException refused = assertThrows(LaunchException.class, () -> DataDirectory.of(file));

        assertEquals("cannot use the data directory " + file + ": " + file + ": it is a file, not a folder",
                refused.getMessage());
    }

    @Test
    void shouldBeForItsUserAlone() throws IOException {
        Path root = folder.resolve("data");

        DataDirectory.of(root).close();

        assertEquals(List.of(), PrivateFiles.exposed(root));
        assertTrue(Files.isDirectory(root.resolve("state")) && Files.isDirectory(root.resolve("cache")));
    }

    @Test
    void shouldFollowNoLinkAndWaitForNoPipe() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("real")));
        assertTrue(assertThrows(LaunchException.class, () -> DataDirectory.of(link)).getMessage().contains("symbolic"));

        Path root = Files.createDirectory(folder.resolve("data"));
        assertEquals(0, new ProcessBuilder("mkfifo", root.resolve("lock").toString()).start().waitFor());
        assertTrue(assertThrows(LaunchException.class, () -> DataDirectory.of(root)).getMessage().contains("a pipe"));
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
