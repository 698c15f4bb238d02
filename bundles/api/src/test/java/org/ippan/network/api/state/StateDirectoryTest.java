// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {

    @TempDir
    private Path folder;

    @Test
    void shouldPreferTheFrameworkPropertyThenKarafThenTheBundlesOwn() {
        Map<String, String> both = Map.of(StateDirectory.PROPERTY, "/state", "karaf.data", "/karaf");
        Map<String, String> karaf = Map.of("karaf.data", "/karaf");

        assertEquals(Path.of("/state/peers/book"),
                StateDirectory.of(both::get, folder.toFile(), "peers").path("book"));
        assertEquals(Path.of("/karaf/ippan-network/peers/book"),
                StateDirectory.of(karaf::get, folder.toFile(), "peers").path("book"));
        assertEquals(folder.resolve("peers/book"),
                StateDirectory.of(name -> null, folder.toFile(), "peers").path("book"));
    }

    @Test
    void shouldReplaceAFileAsAWhole() throws IOException {
        StateDirectory state = new StateDirectory(folder.resolve("made"));

        assertTrue(state.read("book", 100).isEmpty());
        state.write("book", new byte[] {1, 2, 3});
        state.write("book", new byte[] {4});

        assertArrayEquals(new byte[] {4}, state.read("book", 100).orElseThrow());
        assertFalse(Files.exists(state.path("book.tmp")));
    }

    /** A damaged one of 60 MiB once ended a node of 64 MiB at each start. */
    @Test
    void shouldReadNoFileThatIsALargePartOfTheHeap() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        state.write("book", new byte[1]);
        long most = Runtime.getRuntime().maxMemory() / 8;
        try (RandomAccessFile file = new RandomAccessFile(state.path("book").toFile(), "rw")) {
            file.setLength(most + 1);
        }

        assertEquals("it is too long: " + (most + 1) + " bytes, and at most " + most + " are read",
                assertThrows(FileSystemException.class, () -> state.read("book", Long.MAX_VALUE)).getReason());
    }

    /** As a console does when its user gives up on a command that starts bundles. */
    @Test
    void shouldReadAndWriteOnAThreadThatIsInterrupted() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        Thread.currentThread().interrupt();

        state.write("book", new byte[] {1, 2, 3});
        byte[] read = state.read("book", 100).orElseThrow();
        PrivateFiles.create(folder.resolve("key"), read);

        assertTrue(Thread.interrupted());
        assertArrayEquals(new byte[] {1, 2, 3}, read);
        assertEquals(3, Files.size(folder.resolve("key")));
    }

    @Test
    void shouldKeepTheOldContentWhenWritingFails() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        state.write("book", new byte[] {1});
        Files.createDirectories(folder.resolve("book.tmp").resolve("full"));

        assertThrows(IOException.class, () -> state.write("book", new byte[] {2}));

        assertArrayEquals(new byte[] {1}, state.read("book", 100).orElseThrow());
    }

    @Test
    void shouldSetAsideWhatCannotBeRead() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        state.write("book", new byte[] {9});

        Path aside = state.setAside("book");

        assertTrue(state.read("book", 100).isEmpty());
        assertArrayEquals(new byte[] {9}, Files.readAllBytes(aside));
    }

    @Test
    void shouldMakeFoldersAndFilesForTheirOwnerOnly() throws IOException {
        StateDirectory state = new StateDirectory(folder.resolve("state").resolve("peers"));

        state.write("book", new byte[] {1});

        assertEquals("rwx------", mode(folder.resolve("state")));
        assertEquals("rwx------", mode(folder.resolve("state/peers")));
        assertEquals("rw-------", mode(state.path("book")));
        assertEquals(List.of(), PrivateFiles.exposed(state.path("")));
    }

    @Test
    void shouldReplaceAFileThatIsOpenToOthersByOneThatIsNot() throws IOException {
        StateDirectory state = new StateDirectory(folder.resolve("peers"));
        state.write("book", new byte[] {1});
        Files.setPosixFilePermissions(state.path("book"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(state.path("book.tmp"), "left by a crash, readable by all");

        assertEquals(List.of(state.path("book") + " is open to other users: group read, others read"),
                PrivateFiles.exposed(state.path("")).stream().filter(line -> !line.contains(".tmp")).toList());
        state.write("book", new byte[] {2});

        assertEquals("rw-------", mode(state.path("book")));
        assertEquals(List.of(), PrivateFiles.exposed(state.path("")));
    }

    @Test
    void shouldFollowNoSymbolicLink() throws IOException {
        StateDirectory state = new StateDirectory(folder.resolve("peers"));
        state.write("book", new byte[] {1});
        Path elsewhere = Files.write(folder.resolve("elsewhere"), new byte[] {7});
        Files.createSymbolicLink(state.path("book.tmp"), elsewhere);
        Files.createSymbolicLink(state.path("scores"), elsewhere);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("peers"));

        state.write("book", new byte[] {2});

        assertArrayEquals(new byte[] {7}, Files.readAllBytes(elsewhere));
        assertArrayEquals(new byte[] {2}, state.read("book", 100).orElseThrow());
        assertSaid("symbolic link", () -> state.read("scores", 100));
        StateDirectory linked = new StateDirectory(folder.resolve("link"));
        assertSaid("symbolic link", () -> linked.read("book", 100));
        assertSaid("symbolic link", () -> linked.write("book", new byte[] {3}));
        assertSaid("symbolic link", () -> linked.setAside("book"));
        assertTrue(Files.exists(state.path("book")));
    }

    @Test
    void shouldNotWaitForAPipe() throws IOException, InterruptedException {
        StateDirectory state = new StateDirectory(folder.resolve("peers"));
        state.write("other", new byte[] {1});
        assertEquals(0, new ProcessBuilder("mkfifo", state.path("book").toString()).start().waitFor());

        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertSaid("a pipe, socket or device", () -> state.read("book", 100)));
        assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> assertSaid("a pipe, socket or device", () -> PrivateFiles.open(state.path("book")).close()));
        assertSaid("a pipe, socket or device", () -> PrivateFiles.read(Path.of("/dev/zero"), 100));
        assertSaid("too long", () -> state.read("other", 0));
    }

    @Test
    void shouldRefuseAFileOfAnotherUser() throws IOException {
        StateDirectory state = new StateDirectory(folder.resolve("peers"));
        state.write("book", new byte[] {1});
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a file away");
        Files.setOwner(state.path("book"), FileSystems.getDefault().getUserPrincipalLookupService()
                .lookupPrincipalByName("nobody"));

        assertSaid("belongs to nobody", () -> state.read("book", 100));
        assertEquals(List.of(state.path("book") + " is open to other users: it belongs to nobody"),
                PrivateFiles.exposed(state.path("")));
    }

    @Test
    void shouldKeepEarlierDamagedFiles() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        for (int i = 1; i <= StateDirectory.ASIDE + 2; i++) {
            state.write("book", new byte[] {(byte) i});
            state.setAside("book");
        }

        assertArrayEquals(new byte[] {3}, Files.readAllBytes(folder.resolve("book.unreadable")));
        assertArrayEquals(new byte[] {4}, Files.readAllBytes(folder.resolve("book.unreadable-2")));
        assertArrayEquals(new byte[] {StateDirectory.ASIDE + 2},
                Files.readAllBytes(folder.resolve("book.unreadable-" + StateDirectory.ASIDE)));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertSaid(String words, Executable action) {
        String message = assertThrows(FileSystemException.class, action).getMessage();
        assertTrue(message.contains(words), message);
    }
}
