// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ippan.network.node.run.Terminal;
import org.junit.jupiter.api.Test;

class DemoTableTest {

    private static final DemoCounters COUNTERS = new DemoCounters(2, 0, 20_001, 3, 12_345, 5_400_000, 5_600_000);

    @Test
    void shouldAlignItsColumns() {
        String table = DemoTable.of("", List.of(
                new DemoTable.Row("node-1", "0123456789abcdef", "127.0.0.1:43211", COUNTERS),
                new DemoTable.Row("node-2", "", "", DemoCounters.NONE)));

        List<String> lines = table.lines().toList();
        assertEquals("node-1 01234567 127.0.0.1:43211           2           0      20,001           3      12,345"
                + "       5.4       5.6", lines.get(2));
        assertEquals(1, lines.stream().skip(1).map(String::length).distinct().count(), table);
    }

    @Test
    void shouldTellTheProgressOfTheSlowestReceiver() {
        assertEquals(" 50.0 %  every node has 20,001 of 40,002 lines, 3 s",
                DemoTable.progress(List.of(COUNTERS, new DemoCounters(1, 0, 30_000, 0, 0, 0, 0)), 40_002, 3.2));
    }

    @Test
    void shouldUpdateInPlaceOnATerminalOnly() {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(new PrintStream(screen, true, StandardCharsets.UTF_8), true);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Terminal plain = new Terminal(new PrintStream(file, true, StandardCharsets.UTF_8), false);

        for (Terminal each : List.of(terminal, plain)) {
            each.update("a\nb");
            each.update("c\nd");
            each.end();
        }

        assertTrue(screen.toString(StandardCharsets.UTF_8).contains("\r\033[1Ac\033[K\nd\033[K"));
        assertEquals(String.format("a\nb%nc\nd%n"), file.toString(StandardCharsets.UTF_8));
    }
}
