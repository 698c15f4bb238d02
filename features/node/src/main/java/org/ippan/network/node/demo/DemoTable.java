// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The counters of the demo's nodes as a table. */
final class DemoTable {

    private static final double MEGABYTE = 1e6;
    private static final String HEAD = String.format(Locale.ROOT, "%-6s %-8s %-21s %5s %11s %11s %11s %11s %9s %9s",
            "node", "id", "listen", "peers", "published", "received", "relayed", "copies", "MB in", "MB out");

    /**
     * One node.
     *
     * @param name what it is called
     * @param id its id, or empty before it is known
     * @param listen where it listens, or empty; {@code ended} if it ended by itself
     * @param counters its counters
     */
    record Row(String name, String id, String listen, DemoCounters counters) {

        private String text() {
            return String.format(Locale.ROOT, "%-6s %-8.8s %-21s %5d %,11d %,11d %,11d %,11d %9.1f %9.1f", name, id,
                    listen, counters.peers(), counters.published(), counters.received(), counters.relayed(),
                    counters.duplicates(), counters.bytesRead() / MEGABYTE, counters.bytesWritten() / MEGABYTE);
        }
    }

    private DemoTable() {
    }

    /** The table under a line that says how far the demo is. */
    static String of(String progress, List<Row> rows) {
        return progress + "\n" + HEAD + "\n" + rows.stream().map(Row::text).collect(Collectors.joining("\n"));
    }

    /** How far the slowest receiver is. */
    static String progress(List<DemoCounters> receivers, long lines, double seconds) {
        long slowest = receivers.stream().mapToLong(DemoCounters::received).min().orElse(0);
        return String.format(Locale.ROOT, "%5.1f %%  every node has %,d of %,d lines, %.0f s",
                lines == 0 ? 100 : 100.0 * slowest / lines, slowest, lines, seconds);
    }
}
