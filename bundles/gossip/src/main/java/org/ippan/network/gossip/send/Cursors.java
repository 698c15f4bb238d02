// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.SourceLog;

/**
 * The places of one link in all logs. Those of a priority take turns to be the first that is sent, and one that has
 * nothing to send leaves its turn to the next. Guarded by its {@link Outbound}; the array of all is for any thread.
 */
final class Cursors {

    private static final int PRIORITIES = Priority.values().length;

    private final List<List<Cursor>> byPriority = new ArrayList<>();
    /** Which log of each priority is next to be first. */
    private final int[] rotation = new int[PRIORITIES];
    private volatile Cursor[] all = {};

    Cursors() {
        for (int i = 0; i < PRIORITIES; i++) {
            byPriority.add(new ArrayList<>());
        }
    }

    void add(Cursor cursor) {
        byPriority.get(cursor.log().priority()).add(cursor);
        list();
    }

    void remove(SourceLog log) {
        byPriority.get(log.priority()).removeIf(cursor -> {
            if (cursor.log() == log) {
                log.leave(cursor);
            }
            return cursor.log() == log;
        });
        list();
    }

    void clear() {
        for (Cursor cursor : all) {
            cursor.log().leave(cursor);
        }
        byPriority.forEach(List::clear);
        list();
    }

    private void list() {
        all = byPriority.stream().flatMap(List::stream).toArray(Cursor[]::new);
    }

    /** All of them; not to be changed. */
    Cursor[] all() {
        return all;
    }

    /** The place in a log; null if it is not read. Any thread. */
    Cursor of(SourceLog log) {
        for (Cursor cursor : all) {
            if (cursor.log() == log) {
                return cursor;
            }
        }
        return null;
    }

    /** Whether one of a priority has more to send. */
    boolean hasMore(int priority) {
        for (Cursor cursor : byPriority.get(priority)) {
            if (cursor.hasMore() && cursor.isSending()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Has those of a priority written, one after another.
     *
     * @param writes writes one; whether it had something to write, and room for it
     */
    void write(int priority, Predicate<Cursor> writes) {
        List<Cursor> some = byPriority.get(priority);
        int first = rotation[priority];
        boolean begun = false;
        for (int i = 0; i < some.size(); i++) {
            int at = (first + i) % some.size();
            if (writes.test(some.get(at)) && !begun) {
                begun = true;
                rotation[priority] = at + 1;
            }
        }
    }
}
