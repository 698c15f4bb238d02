// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ippan.network.api.MessageId;

/**
 * The way of a message through the network.
 *
 * @param id of the message
 * @param phase how far the question is
 * @param note a sentence for operators: how many nodes answered, or why the network was not asked
 * @param nodes as a tree: each node is followed by those that have the message from it, the earliest first
 */
public record NetworkTrace(MessageId id, Phase phase, String note, List<NodeTrace> nodes) {

    static final long LOOK_MILLIS = 250;

    private static final String ROW = "%-32s  %-9s  %4s  %6s  %s";

    /** How far a question is. */
    public enum Phase {
        /** This node asked something else a moment ago, and asks when it may again. */
        WAITING,
        /** Answers come in. */
        ASKING,
        /** No more answers are to come. */
        DONE,
        /** The network cannot be asked. */
        OFF;

        /** {@return whether a later call tells more} */
        public boolean goesOn() {
            return this == WAITING || this == ASKING;
        }
    }

    /**
     * The tree as text, for terminals.
     *
     * @return the note last
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!nodes.isEmpty()) {
            lines.add(line("node", "age", "hops", "copies", "what became of it"));
        }
        nodes.stream().map(NetworkTrace::line).forEach(lines::add);
        lines.add(note);
        return lines;
    }

    private static String line(NodeTrace node) {
        String name = "  ".repeat(Math.min(node.depth(), 8)) + (node.slowest() ? "> " : "") + node.name();
        boolean known = node.fate().isInCache();
        return line(name, known ? node.age().toMillis() + " ms" : "-", known ? node.hops() : "-",
                known ? node.copies() : "-", node.text());
    }

    private static String line(Object... columns) {
        return String.format(Locale.ROOT, ROW, columns).stripTrailing();
    }
}
