// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ippan.network.discovery.search.Candidate;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {

    @TempDir
    private Path folder;
    private Path file;
    private FileSource source;

    @BeforeEach
    void name() {
        file = folder.resolve("peers.txt");
        source = new FileSource(file.toString(), 2, new RefusalCounts());
    }

    private Sighting read(String content) throws IOException {
        Files.writeString(file, content);
        return source.look();
    }

    private static List<String> addresses(Sighting sighting) {
        return sighting.candidates().stream().map(candidate -> candidate.address().toString()).toList();
    }

    @Test
    void shouldReadAddressesPinsAndComments() throws IOException {
        Sighting seen = read("# ours\n\n  192.0.2.1:9700  \r\n[2001:db8::1]:9700 # with a comment\nwss://h.example/x\n"
                + "host.example:9700#" + Peers.peer(1) + " # pinned\nwss://h.example:443/x\n");

        assertEquals(List.of("192.0.2.1:9700", "[2001:db8::1]:9700", "host.example:9700", "wss://h.example:443/x"),
                addresses(seen));
        assertEquals(Optional.of(Peers.peer(1)), seen.candidates().get(2).pin());
        assertTrue(seen.error().contains("line 5 of"), seen.error());
    }

    @Test
    void shouldReadWhatEditorsOfOtherSystemsWrite() throws IOException {
        Sighting seen = read("\uFEFF192.0.2.1:9700\r\n192.0.2.2:9700\r\n");

        assertEquals(List.of("192.0.2.1:9700", "192.0.2.2:9700"), addresses(seen));
        assertEquals("", seen.error());
    }

    @Test
    void shouldSayWhereARelativePathLeads() {
        IOException missing = assertThrows(IOException.class, () -> new FileSource("no/such/peers", 2,
                new RefusalCounts()).look());

        assertEquals(Path.of("no/such/peers").toAbsolutePath() + " does not exist", missing.getMessage());
    }

    @Test
    void shouldPassOverBadLinesAndNameTheFirst() throws IOException {
        Sighting seen = read("192.0.2.1:9700\n192.0.2.2\nhost:0\nhost:1#abc\n\u0000\n192.0.2.3:9700");

        assertEquals(List.of("192.0.2.1:9700", "192.0.2.3:9700"), addresses(seen));
        assertTrue(seen.error().contains("line 2 of") && seen.error().contains("host:port"), seen.error());
    }

    @Test
    void shouldSeeAnotherContentAndAnotherTargetOfALink() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "192.0.2.1:1");
        Path two = Files.writeString(folder.resolve("two"), "192.0.2.2:1");
        Files.setLastModifiedTime(two, Files.getLastModifiedTime(one));
        Files.createSymbolicLink(file, one);
        assertEquals(List.of("192.0.2.1:1"), addresses(source.look()));

        Files.delete(file);
        Files.createSymbolicLink(file, two);

        assertEquals(List.of("192.0.2.2:1"), addresses(source.look()));
        assertEquals(List.of(), addresses(read("")));
    }

    @Test
    void shouldFailWhileTheFileIsMissingOrNoFileOrTooLarge() throws IOException {
        assertTrue(assertThrows(IOException.class, source::look).getMessage().contains("does not exist"));

        Files.createDirectory(file);
        assertTrue(assertThrows(IOException.class, source::look).getMessage().contains("no regular file"));

        Files.delete(file);
        Files.write(file, new byte[(1 << 20) + 1]);
        assertTrue(assertThrows(IOException.class, source::look).getMessage().contains("more than 1048576 bytes"));

        assertEquals(List.of("192.0.2.1:1"), addresses(read("192.0.2.1:1")));
    }

    @Test
    void shouldReadNoMoreAddressesThanANodeTakes() throws IOException {
        Sighting seen = read("192.0.2.1:9700\n".repeat(69_000));

        assertEquals(1000, seen.candidates().size());
        assertEquals(Candidate.parse("192.0.2.1:9700"), seen.candidates().get(0));
    }
}
