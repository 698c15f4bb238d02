// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;

/**
 * The deduplicator. {@link SeenIds} keeps the ids; {@link VersionWord} makes it safe: a duplicate is answered without a
 * write, and a new id takes the word with the version it was looked up at, which proves that it is still new.
 *
 * <p>No id reads the clock. A timer ticks 32 times in a window and marks which ids came since; an id expires with
 * the tick <em>after</em> it came, so a late tick makes ids stay longer, never shorter. Ticks forget at once and then
 * give back room in slices of a few microseconds, between which everybody else gets the word.
 */
final class Dedup implements MessageDeduplicator {

    /** More than a thread loses in a fair race; who loses them all takes the word without looking first. */
    private static final int LOOKS = 16;

    private static final int TICKS_PER_WINDOW = 32;
    private static final long MAX_TICK_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** 32 cache misses: about 5 µs. */
    private static final int SLICE_IDS = 32;

    private final SeenIds ids;
    private final VersionWord word = new VersionWord();
    private final LongAdder duplicates = new LongAdder();
    private final Ticker ticker;
    private final ScheduledExecutorService scheduler;
    private final Consumer<String> onEarly;

    /** From here on: changed only by who holds the word. */
    private final TimeMarks marks;
    private final EarlyEviction early = new EarlyEviction();
    private long window;
    private long marked;
    private long expired;
    private long young;

    private Future<?> timer;

    /**
     * Ticks until it is closed.
     *
     * @param onEarly is told, once each time it begins, that ids are forgotten too early
     */
    Dedup(DedupSettings settings, Ticker ticker, ScheduledExecutorService scheduler, RandomGenerator random,
            Consumer<String> onEarly) {
        this.ticker = ticker;
        this.scheduler = scheduler;
        this.onEarly = onEarly;
        this.ids = new SeenIds(new KeyedHash(random), settings.capacity());
        this.marks = new TimeMarks(ticker.nanos());
        this.window = settings.windowNanos();
        this.timer = startTimer(settings);
    }

    private Future<?> startTimer(DedupSettings settings) {
        long period = tickNanos(settings.windowNanos());
        return scheduler.scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS);
    }

    private static long tickNanos(long window) {
        return Math.min(window / TICKS_PER_WINDOW, MAX_TICK_NANOS);
    }

    @Override
    public boolean checkAndMark(long word0, long word1, long word2, long word3) {
        long tag = ids.tag(word0, word1, word2, word3);
        for (int look = 0; look < LOOKS; look++) {
            long version = word.read();
            int found = ids.find(tag, word0, word1, word2, word3);
            if (found >= 0) {
                if (word.same(version)) {
                    duplicates.increment();
                    return false;
                }
            } else if (word.take(version)) {
                addAndRelease(found, tag, word0, word1, word2, word3);
                return true;
            }
        }
        return checkAndMarkAlone(tag, word0, word1, word2, word3);
    }

    private boolean checkAndMarkAlone(long tag, long word0, long word1, long word2, long word3) {
        word.take();
        int found = ids.find(tag, word0, word1, word2, word3);
        if (found >= 0) {
            word.release();
            duplicates.increment();
            return false;
        }
        addAndRelease(found, tag, word0, word1, word2, word3);
        return true;
    }

    private void addAndRelease(int found, long tag, long word0, long word1, long word2, long word3) {
        try {
            if (ids.isFull()) {
                evictTo(ids.capacity() - 1);
            }
            ids.add(found, tag, word0, word1, word2, word3);
            marked++;
        } finally {
            word.release();
        }
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

    @Override
    public boolean hasSeen(long word0, long word1, long word2, long word3) {
        long tag = ids.tag(word0, word1, word2, word3);
        for (int look = 0; look < LOOKS; look++) {
            long version = word.read();
            boolean seen = ids.contains(tag, word0, word1, word2, word3);
            if (word.same(version)) {
                return seen;
            }
        }
        word.take();
        try {
            return ids.contains(tag, word0, word1, word2, word3);
        } finally {
            word.release();
        }
    }

    @Override
    public int size() {
        word.take();
        try {
            return ids.size();
        } finally {
            word.release();
        }
    }

    @Override
    public void clear() {
        word.take();
        try {
            ids.clear();
        } finally {
            word.release();
        }
    }

    /** Takes over settings at once: every id that still qualifies stays. By one thread at a time, as {@link #close}. */
    void apply(DedupSettings settings) {
        word.take();
        boolean newWindow = window != settings.windowNanos();
        try {
            ids.capacity(settings.capacity());
            window = settings.windowNanos();
            forget(ticker.nanos());
        } finally {
            word.release();
        }
        if (newWindow) {
            timer.cancel(false);
            timer = startTimer(settings);
        }
        scheduler.execute(this::tidy);
    }

    void close() {
        timer.cancel(false);
    }

    private void tick() {
        Reading reading;
        boolean begins;
        word.take();
        try {
            long now = ticker.nanos();
            forget(now);
            reading = reading(now);
            begins = early.begins(now);
        } finally {
            word.release();
        }
        if (begins) {
            onEarly.accept(reading.advice());
        }
        tidy();
    }

    /** Forgets what is too old or too much. The time was read while holding the word: no id came after it. */
    private void forget(long now) {
        marks.tick(now, ids.head(), window);
        young = marks.young(now, window - tickNanos(window), ids.head());
        long from = ids.floor();
        ids.forgetBefore(marks.expired(now, window));
        expired += ids.floor() - from;
        if (ids.size() > ids.capacity()) {
            evictTo(ids.capacity());
        }
    }

    private void tidy() {
        boolean more = true;
        while (more) {
            word.take();
            try {
                more = ids.tidy(SLICE_IDS);
            } finally {
                word.release();
            }
            Thread.yield();
        }
    }

    @Override
    public DedupSnapshot snapshot() {
        Reading reading;
        word.take();
        try {
            reading = reading(ticker.nanos());
        } finally {
            word.release();
        }
        return reading.snapshot(duplicates.sum());
    }

    private Reading reading(long now) {
        long oldest = ids.size() == 0 ? 0 : now - marks.arrival(ids.floor(), now, ids.head());
        return new Reading(ids.size(), ids.capacity(), window, oldest, marked, early.count(), early.isRecent(now),
                expired, ids.bytes());
    }
}
