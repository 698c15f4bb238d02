// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the file system really throws is told without the name of a class. */
class FileErrorsTest {

    @TempDir
    private Path folder;

    private static void isSaid(String words, Executable action) {
        assertEquals(words, FileErrors.words(assertThrows(IOException.class, action)));
    }

    @Test
    void shouldPutIntoWordsWhatTheFileSystemThrows() throws Exception {
        Path gone = folder.resolve("gone");
        Path full = Files.createDirectories(folder.resolve("full").resolve("inner")).getParent();
        Path text = Files.write(folder.resolve("text"), new byte[] {(byte) 0xC3, 0x28});

        isSaid(gone + ": there is no such file or folder", () -> Files.size(gone));
        isSaid(full + ": it is a folder that is not empty", () -> Files.delete(full));
        isSaid(full + ": something else is there already", () -> Files.createDirectory(full));
        isSaid(full + ": Is a directory", () -> Files.newOutputStream(full));
        isSaid(text + " to " + full + ": Is a directory", () -> Files.move(text, full,
                StandardCopyOption.ATOMIC_MOVE));
        isSaid("it is no text in UTF-8", () -> Files.readString(text));
    }

    @Test
    void shouldSayWhatIsKnownOfOtherFailures() {
        assertEquals("the system gives no reason", FileErrors.words(new IOException()));
        assertEquals("/x: the system gives no reason", FileErrors.words(new FileSystemException("/x")));
        assertEquals("/x: the user of this process may not open it", FileErrors.words(new UncheckedIOException(
                new AccessDeniedException("/x"))));
        assertEquals("the disk is full", FileErrors.words(new IOException("the disk is full")));
    }
}
