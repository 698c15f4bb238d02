// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ippan.network.survey.record.StatusRecord.Word;
import org.ippan.network.survey.record.ToldLink;

/**
 * Which nodes a way of standing links leads to from this node. A link that both ends tell stands. One that only the
 * node to be reached tells stands too, until the other end has spoken since: a link that has just come up is told by
 * one end first. What only others say of a node never makes it reachable, and never takes more than their own link
 * away: a liar lies about itself. For one look, on one thread.
 */
final class Reach {

    private final RecordTable table;
    private final Entry own;
    /** Who names a node. */
    private final Map<Long, List<Entry>> namedBy = new HashMap<>();
    private final Set<Long> reached = new HashSet<>();

    Reach(RecordTable table, Entry own) {
        this.table = table;
        this.own = own;
        note(own);
        table.entries().stream().filter(entry -> entry.record != null && !entry.isLeaving()).forEach(this::note);
        walk();
    }

    private void note(Entry entry) {
        for (ToldLink link : entry.record.links()) {
            namedBy.computeIfAbsent(link.to(), key -> new ArrayList<>(1)).add(entry);
        }
    }

    private void walk() {
        Deque<Long> next = new ArrayDeque<>();
        reached.add(own.prefix());
        next.add(own.prefix());
        while (!next.isEmpty()) {
            long from = next.poll();
            for (long to : neighbours(from)) {
                if (!reached.contains(to) && stands(from, to)) {
                    reached.add(to);
                    next.add(to);
                }
            }
        }
    }

    private List<Long> neighbours(long node) {
        List<Long> all = new ArrayList<>();
        Entry entry = find(node);
        if (entry != null && entry.record != null) {
            entry.record.links().forEach(link -> all.add(link.to()));
        }
        namedBy(node).forEach(naming -> all.add(naming.prefix()));
        return all;
    }

    private boolean stands(long from, long to) {
        Entry near = find(from);
        Entry far = find(to);
        if (near == own) {
            // This node sees its own links.
            return own.lists(to);
        }
        Word there = word(far, from);
        Word here = word(near, to);
        return switch (there) {
            case LACKS -> false;
            case UNKNOWN -> here == Word.TELLS;
            case TELLS -> here != Word.LACKS || near.heardNanos < far.heardNanos;
        };
    }

    private static Word word(Entry entry, long to) {
        return entry == null ? Word.UNKNOWN : entry.word(to);
    }

    private Entry find(long node) {
        return node == own.prefix() ? own : table.find(node);
    }

    boolean reaches(long node) {
        return reached.contains(node);
    }

    /** The nodes whose records name one. */
    List<Entry> namedBy(long node) {
        return namedBy.getOrDefault(node, List.of());
    }

    /** All nodes that are named. */
    Set<Long> named() {
        return namedBy.keySet();
    }

    /** Whether both ends tell a link. */
    boolean isFull(Entry entry, long to) {
        Entry other = find(to);
        return other != null && !other.isLeaving() && other.lists(entry.prefix()) && entry.lists(to);
    }
}
