// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.SourceLog;

/**
 * The places of one link in all logs. Each log of a priority is in its turn the first to be sent. One that is silent
 * has its turns, too: where only those that had something took turns, some nodes could hardly publish. Guarded by its
 * {@link Outbound}; the array of all is for any thread.
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

    /** Those of a priority; not to be changed. */
    List<Cursor> of(int priority) {
        return byPriority.get(priority);
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

    /** Begins a round through those of a priority: where it begins, for {@link #at}. */
    int round(int priority) {
        return rotation[priority]++;
    }

    /** One of a priority; counting goes round. */
    Cursor at(int priority, int index) {
        List<Cursor> some = byPriority.get(priority);
        return some.get((index & Integer.MAX_VALUE) % some.size());
    }
}
