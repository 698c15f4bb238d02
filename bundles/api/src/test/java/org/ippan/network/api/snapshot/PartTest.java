// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every surface is made of. */
class PartTest {

    /** Keys of maps. */
    private enum Kind implements Described {
        RED, BLUE;

        @Override
        public String description() {
            return "Those that are " + name() + ".";
        }

        @Override
        public String unit() {
            return this == BLUE ? "bytes" : "";
        }
    }

    private record Inner(@Measure(value = "Its size.", unit = "items") int size, int secret) {
    }

    private record Told(@Measure("Inside.") Inner inner,
            @Measure(value = "By kind.", unit = "messages", counter = true) Map<Kind, Long> byKind,
            @Measure(value = "All.", unit = "messages", counter = true) Map<Kind, Long> counters,
            @Measure("A list.") List<Inner> items) {
    }

    private static final Told TOLD = new Told(new Inner(3, 4), Map.of(Kind.RED, 5L), Map.of(Kind.BLUE, 6L), List.of());

    private static Part part(String name) {
        return Part.of(Told.class).stream().filter(part -> said(part).equals(name)).findFirst().orElseThrow();
    }

    private static String said(Part part) {
        return String.join(".", part.names()) + (part.key() == null ? "" : ":" + part.key());
    }

    @Test
    void shouldGiveOneForEachComponentAndPartAndKey() {
        assertEquals("inner.size inner.secret byKind:RED byKind:BLUE counters:RED counters:BLUE items",
                Part.of(Told.class).stream().map(PartTest::said).collect(Collectors.joining(" ")));
        assertEquals("inner byKind:RED byKind:BLUE counters:RED counters:BLUE items",
                Part.of(Told.class, Inner.class).stream().map(PartTest::said).collect(Collectors.joining(" ")));
    }

    @Test
    void shouldSayWhatEachIs() {
        assertEquals("Inside. Its size.", part("inner.size").text());
        assertEquals("items", part("inner.size").unit());
        assertFalse(part("inner.size").grows());
        assertFalse(part("inner.secret").isDescribed());
        assertEquals("By kind.", part("byKind:RED").text());
        assertEquals(List.of("byKind"), part("byKind:RED").place());
        assertEquals("Those that are RED.", part("counters:RED").text());
        assertEquals(List.of(), part("counters:RED").place());
        assertEquals("messages", part("counters:RED").unit());
        assertEquals("bytes", part("counters:BLUE").unit());
        assertTrue(part("counters:RED").grows());
    }

    @Test
    void shouldReadItsValue() {
        assertEquals(3, part("inner.size").read(TOLD));
        assertEquals(new Inner(3, 4), Part.of(Told.class, Inner.class).get(0).read(TOLD));
        assertEquals(5L, part("byKind:RED").read(TOLD));
        assertNull(part("byKind:BLUE").read(TOLD));
        assertEquals(List.of(), part("items").read(TOLD));
        assertEquals(long.class, part("byKind:RED").type());
    }
}
