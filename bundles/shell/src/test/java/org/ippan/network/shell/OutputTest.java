// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell;

import static org.ippan.network.shell.Fakes.lines;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.gossip.Overflow;
import org.ippan.network.shell.output.Cells;
import org.ippan.network.shell.output.Output.Form;
import org.junit.jupiter.api.Test;

class OutputTest {

    private record Row(PeerId peer, Duration roundTrip, Optional<Instant> nextTry) {
    }

    private static final Row ROW = new Row(PeerId.parse("3f2a91cc" + "0".repeat(56)), Duration.ofNanos(1_234_567),
            Optional.of(Instant.parse("2026-01-01T10:00:00.5Z")));

    @Test
    void shouldWriteATableForPeople() throws Exception {
        assertEquals(List.of("peer     | round trip | next try",
                "---------+------------+---------------------",
                "3f2a91cc | 1.23 ms    | 2026-01-01T10:00:00Z"),
                lines(Form.TABLE, out -> out.table(Row.class, List.of(ROW))));
        assertTrue(lines(Form.TABLE, out -> out.table(Row.class, List.of())).contains("(none)"));
    }

    @Test
    void shouldWriteTabsForScripts() throws Exception {
        assertEquals(List.of("3f2a91cc\t1.23 ms\t2026-01-01T10:00:00Z"),
                lines(Form.PLAIN, out -> out.table(Row.class, List.of(ROW))));
    }

    @Test
    void shouldWriteJsonOnlyWhereItIsWanted() throws Exception {
        assertEquals(List.of("[1]"), lines(Form.JSON, out -> assertTrue(out.json(List.of(1)))));
        assertEquals(List.of("false"), lines(Form.TABLE, out -> out.line(out.json(List.of(1)) + "")));
    }

    @Test
    void shouldWriteFactsBelowEachOther() throws Exception {
        assertEquals(List.of("peer       | 3f2a91cc", "round trip | 1.23 ms", "next try   | 2026-01-01T10:00:00Z"),
                lines(Form.TABLE, out -> out.facts(ROW)));
    }

    @Test
    void shouldWriteWhatToDoBelowWhatWasFound() throws Exception {
        List<Finding> findings = List.of(
                new Finding("listener", Severity.FAIL, "It does not listen.", "Free the port."),
                new Finding("dedup", Severity.OK, "All is well.", ""));

        assertEquals(List.of("FAIL  listener  It does not listen.", "                -> Free the port.",
                "OK    dedup     All is well."), lines(Form.TABLE, out -> out.findings(findings)));
        assertEquals(List.of("listener\tfail\tIt does not listen.\tFree the port.", "dedup\tok\tAll is well."),
                lines(Form.PLAIN, out -> out.findings(findings)));
    }

    @Test
    void shouldShowValuesShortWithTheirUnits() {
        assertEquals("-", Cells.text(Optional.empty()));
        assertEquals("-", Cells.text(Duration.ZERO));
        assertEquals("1h 2m 3s", Cells.text(Duration.ofMillis(3_723_400)));
        assertEquals("1h", Cells.text(Duration.ofHours(1)));
        assertEquals("0.33", Cells.text(1 / 3.0));
        assertEquals("drop-oldest", Cells.text(Overflow.DROP_OLDEST));
    }

    @Test
    void shouldLetStrangersWriteNothingATerminalObeys() {
        assertEquals(".[31mred.a.b.c", Cells.printable("\u001b[31mred\u009ba\u202eb\nc"));
        assertEquals("x".repeat(500) + " ...", Cells.printable("x".repeat(501)));
    }
}
