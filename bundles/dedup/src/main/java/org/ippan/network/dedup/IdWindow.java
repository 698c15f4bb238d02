// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.TimeUnit;

/**
 * Which ids are remembered for how long: {@link SeenIds} with time and counts. A tick marks which ids came since the
 * last one; an id expires with the tick <em>after</em> it came, so a late tick makes ids stay longer, never shorter.
 * Changed only by the thread that holds the {@link VersionWord}.
 */
final class IdWindow {

    private static final int TICKS_PER_WINDOW = 32;
    private static final long MAX_TICK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final SeenIds ids;
    private final TimeMarks marks;
    private final EarlyEviction early = new EarlyEviction();
    private long length;
    private long marked;
    private long expired;
    private long young;

    IdWindow(SeenIds ids, long length, long now) {
        this.ids = ids;
        this.marks = new TimeMarks(now);
        this.length = length;
    }

    /** How often to {@link #forget} with a window of this length. */
    static long tickNanos(long length) {
        return Math.min(length / TICKS_PER_WINDOW, MAX_TICK_NANOS);
    }

    /** Adds an id; false if it is remembered. */
    boolean addIfNew(long tag, long word0, long word1, long word2, long word3) {
        boolean fresh = !ids.contains(tag, word0, word1, word2, word3);
        if (fresh) {
            add(tag, word0, word1, word2, word3);
        }
        return fresh;
    }

    /** Adds an id that is not remembered. */
    void add(long tag, long word0, long word1, long word2, long word3) {
        if (ids.isFull()) {
            evictTo(ids.capacity() - 1);
        }
        ids.add(tag, word0, word1, word2, word3);
        marked++;
    }

    /** Forgets the oldest ids so that this many are left. */
    private void evictTo(int most) {
        long from = ids.floor();
        long to = ids.head() - most;
        long old = Math.max(0, Math.min(to, young) - from);
        expired += old;
        early.add(to - from - old);
        ids.forgetBefore(to);
    }

    /** Takes over settings. Returns whether the length of the window is another one. */
    boolean apply(DedupSettings settings, long now) {
        boolean changed = length != settings.windowNanos();
        ids.capacity(settings.capacity());
        length = settings.windowNanos();
        forget(now);
        return changed;
    }

    /** Forgets what is too old or too much. The time was read while holding the word: no id came after it. */
    void forget(long now) {
        marks.tick(now, ids.head(), length);
        young = marks.young(now, length - tickNanos(length), ids.head());
        long from = ids.floor();
        ids.forgetBefore(marks.expired(now, length));
        expired += ids.floor() - from;
        if (ids.size() > ids.capacity()) {
            evictTo(ids.capacity());
        }
    }

    /** Whether ids are forgotten too early since the last tick, and were not before. */
    boolean beginsEarly(long now) {
        return early.begins(now);
    }

    WindowReading reading(long now) {
        long oldest = ids.size() == 0 ? 0 : now - marks.arrival(ids.floor(), now, ids.head());
        return new WindowReading(ids.size(), ids.capacity(), length, oldest, marked, early.count(), early.isRecent(now),
                expired, ids.bytes());
    }
}
