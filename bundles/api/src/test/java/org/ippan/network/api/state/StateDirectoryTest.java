// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

        assertTrue(state.read("book").isEmpty());
        state.write("book", new byte[] {1, 2, 3});
        state.write("book", new byte[] {4});

        assertArrayEquals(new byte[] {4}, state.read("book").orElseThrow());
        assertFalse(Files.exists(state.path("book.tmp")));
    }

    @Test
    void shouldKeepTheOldContentWhenWritingFails() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        state.write("book", new byte[] {1});
        Files.createDirectory(folder.resolve("book.tmp"));

        assertThrows(IOException.class, () -> state.write("book", new byte[] {2}));

        assertArrayEquals(new byte[] {1}, state.read("book").orElseThrow());
    }

    @Test
    void shouldSetAsideWhatCannotBeRead() throws IOException {
        StateDirectory state = new StateDirectory(folder);
        state.write("book", new byte[] {9});

        Path aside = state.setAside("book");

        assertTrue(state.read("book").isEmpty());
        assertArrayEquals(new byte[] {9}, Files.readAllBytes(aside));
    }
}
