// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Load;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.doctor.checks.Sizing;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Told;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.Test;

/** What each node of a network needs, with the defaults. */
class SizingTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "sizing.md");

    private static Map<String, Finding> size(int nodes, int messages, int bytes) {
        Services none = new Services(null, null, null, null, null, null, null, List.of(),
                new StoredComponent(() -> null), List.of(), List.of(),
                new Told(new CallbackFaults(() -> 0, (line, trace) -> { })));
        return Sizing.find(none, new Load(nodes, messages, bytes), new Sizing.Machine(512 << 20, 2)).stream()
                .collect(Collectors.toMap(Finding::check, finding -> finding));
    }

    private static void says(Map<String, Finding> found, String check, Severity severity, String text) {
        assertEquals(severity, found.get(check).severity(), found.toString());
        assertTrue(found.get(check).toString().contains(text), found.get(check).toString());
    }

    @Test
    void shouldPrintWhatThePageShows() {
        List<CodeBlock> blocks = CodeBlock.of(PAGE, SizingTest.class);
        String[] words = blocks.get(0).text().lines().findFirst().orElseThrow().split(" ");

        Map<String, Finding> found = size(Integer.parseInt(words[words.length - 3]),
                Integer.parseInt(words[words.length - 2]), Integer.parseInt(words[words.length - 1]));

        assertEquals(blocks.get(0).text().lines().skip(1).sorted().toList(), found.values().stream()
                .flatMap(finding -> finding.toString().lines()).sorted().toList());
    }

    @Test
    void shouldFindALightLoadWell() {
        Map<String, Finding> found = size(3, 10, 100);

        assertEquals(List.of(), found.values().stream().filter(each -> each.severity() != Severity.OK).toList());
        says(found, "bandwidth", Severity.OK, "Each node has about 2 links");
    }

    @Test
    void shouldCountEachCopyWhereAllLinksCarryBodies() {
        // Three links each carry every body: two copies come to each node. A tree brings one, and announcements.
        says(size(4, 1000, 940), "bandwidth", Severity.OK, "receives and sends 16.8 Mbit/s");
        says(size(100, 1000, 940), "bandwidth", Severity.OK, "receives and sends 12.2 Mbit/s");
    }

    @Test
    void shouldNameEachSettingThatHasToChange() {
        Map<String, Finding> found = size(20, 20_000, 2_000_000);

        says(found, "length", Severity.WARN, "longer than maxMessageBytes = 1048576");
        says(found, "dedup-capacity", Severity.WARN, "Set capacity of org.ippan.network.dedup to 6000000 or more.");
        says(found, "memory", Severity.WARN, "Start the JVM with -Xmx");
        says(found, "repair", Severity.WARN, "hold the messages of 1 s instead of cacheSeconds");
        says(found, "processor", Severity.WARN, "This machine has 2.");
    }

    @Test
    void shouldRefuseWhatNoNetworkHas() {
        assertEquals("nodes = 1: must be a whole number from 2 to 100000",
                assertThrows(IllegalArgumentException.class, () -> new Load(1, 1, 1)).getMessage());
        assertEquals("messages = 0: must be a whole number from 1 to 10000000",
                assertThrows(IllegalArgumentException.class, () -> new Load(2, 0, 1)).getMessage());
        assertEquals("bytes = -1: must be a whole number from 0 to 16777216",
                assertThrows(IllegalArgumentException.class, () -> new Load(2, 1, -1)).getMessage());
    }
}
