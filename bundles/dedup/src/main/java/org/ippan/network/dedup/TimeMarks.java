// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.Arrays;

/**
 * When ids came, without a time for each: a mark says which position was next at a time. Ids between two marks came
 * no later than the second, so forgetting them by that one is never too early, and too late by the distance of
 * the marks at most. The last mark begins the segment that is still open; while no ids come, one empty segment grows
 * before it. Confined to one thread at a time.
 */
final class TimeMarks {

    /** Segments in a window. With a tick in each 32nd of it an id is kept 5/64 longer at most, if ticks are in time. */
    private static final int SEGMENTS = 64;

    private static final int INITIAL_MARKS = 96;

    private long[] times = new long[INITIAL_MARKS];
    private long[] positions = new long[INITIAL_MARKS];
    private int count = 1;

    TimeMarks(long now) {
        times[0] = now;
    }

    /** Closes the open segment if it is long enough; {@code now} was read after the id before {@code head} came. */
    void tick(long now, long head, long window) {
        int last = count - 1;
        if (last > 0 && positions[last - 1] == head) {
            times[last] = now;
        } else if (positions[last] == head || now - times[last] >= window / SEGMENTS) {
            add(now, head);
        }
    }

    private void add(long now, long head) {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
        }
        times[count] = now;
        positions[count] = head;
        count++;
    }

    /** The position before which all ids are older than the window, as far as closed segments tell. */
    long expired(long now, long window) {
        int first = 0;
        while (first + 1 < count && now - times[first + 1] >= window) {
            first++;
        }
        if (first > 0) {
            count -= first;
            System.arraycopy(times, first, times, 0, count);
            System.arraycopy(positions, first, positions, 0, count);
        }
        return positions[0];
    }

    /** The position from which on all ids are surely younger than the window. */
    long young(long now, long window, long head) {
        for (int i = 0; i < count; i++) {
            if (now - times[i] < window) {
                return positions[i];
            }
        }
        return head;
    }

    /** About when the id at a position came, taking arrivals as even between two marks. */
    long arrival(long position, long now, long head) {
        int i = 0;
        while (i + 1 < count && positions[i + 1] <= position) {
            i++;
        }
        boolean open = i + 1 == count;
        long span = (open ? now : times[i + 1]) - times[i];
        long ids = (open ? head : positions[i + 1]) - positions[i];
        return ids <= 0 ? now : times[i] + (long) ((double) span * (position - positions[i]) / ids);
    }
}
