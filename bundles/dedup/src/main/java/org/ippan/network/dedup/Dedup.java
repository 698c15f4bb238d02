// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.Arrays;
import java.util.Objects;
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
 * The deduplicator. {@link SeenIds} keeps the ids and {@link IdWindow} says for how long; {@link VersionWord} makes it
 * safe: a duplicate is answered without a write, and a new id takes the word with the version it was looked up at,
 * which proves that it is still new. A batch does so in slices: it loads what all ids of a slice need, so that the
 * processor waits for all at once, and takes the word once for those that may be new.
 *
 * <p>No id reads the clock: a timer ticks many times in a window. Ticks forget at once and then give back room in
 * slices of a few microseconds, between which other threads get the word.
 */
final class Dedup implements MessageDeduplicator {

    /** More than a thread loses in a fair race; who loses them all takes the word without looking first. */
    private static final int LOOKS = 16;

    /** More misses than a core has under way at once, and few enough to hold the word for: a few microseconds. */
    private static final int SLICE_IDS = 64;

    /** Work of a few microseconds, too: a write for each chunk given back, most slots moved from cache to cache. */
    private static final int SLICE_CHUNKS = 32;
    private static final int SLICE_SLOTS = 512;

    private final SeenIds ids;
    private final VersionWord word = new VersionWord();
    private final LongAdder hits = new LongAdder();
    private final Ticker ticker;
    private final ScheduledExecutorService scheduler;
    private final Consumer<String> onEarly;
    private final IdWindow window;

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
        this.window = new IdWindow(ids, settings.windowNanos(), ticker.nanos());
        this.timer = startTimer(settings);
    }

    private Future<?> startTimer(DedupSettings settings) {
        long period = IdWindow.tickNanos(settings.windowNanos());
        return scheduler.scheduleAtFixedRate(this::tick, period, period, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean checkAndMark(long word0, long word1, long word2, long word3) {
        long tag = ids.tag(word0, word1, word2, word3);
        for (int look = 0; look < LOOKS; look++) {
            long version = word.read();
            if (ids.contains(tag, word0, word1, word2, word3)) {
                if (word.same(version)) {
                    hits.increment();
                    return false;
                }
            } else if (word.take(version)) {
                addAndRelease(tag, word0, word1, word2, word3);
                return true;
            }
        }
        return checkAndMarkAlone(tag, word0, word1, word2, word3);
    }

    private boolean checkAndMarkAlone(long tag, long word0, long word1, long word2, long word3) {
        boolean fresh;
        word.take();
        try {
            fresh = window.addIfNew(tag, word0, word1, word2, word3);
        } finally {
            word.release();
        }
        if (!fresh) {
            hits.increment();
        }
        return fresh;
    }

    private void addAndRelease(long tag, long word0, long word1, long word2, long word3) {
        try {
            window.add(tag, word0, word1, word2, word3);
        } finally {
            word.release();
        }
    }

    @Override
    public int checkAndMarkAll(long[] batch, int count, boolean[] fresh) {
        Objects.requireNonNull(batch, "ids");
        Objects.requireNonNull(fresh, "fresh");
        Objects.checkFromIndexSize(0, count, Math.min(batch.length / ID_WORDS, fresh.length));
        int news = 0;
        boolean mostlyNew = false;
        for (int from = 0; from < count; from += SLICE_IDS) {
            int to = Math.min(count, from + SLICE_IDS);
            int newsOfSlice = markSlice(batch, from, to, fresh, mostlyNew);
            news += newsOfSlice;
            mostlyNew = 2 * newsOfSlice > to - from;
        }
        hits.add(count - news);
        return news;
    }

    /** A look first saves the word for duplicates, and costs more than it saves if most ids are new. */
    private int markSlice(long[] batch, int from, int to, boolean[] fresh, boolean mostlyNew) {
        boolean empty = !touch(batch, from, to);
        if (empty || mostlyNew) {
            Arrays.fill(fresh, from, to, true);
        } else if (look(batch, from, to, fresh) == 0) {
            return 0;
        }
        return decide(batch, from, to, fresh);
    }

    /** Loads what a search reads first, for all ids at once instead of one after the other; false if all is empty. */
    private boolean touch(long[] batch, int from, int to) {
        long touched = 0;
        for (int at = ID_WORDS * from; at < ID_WORDS * to; at += ID_WORDS) {
            touched |= ids.touch(ids.tag(batch[at], batch[at + 1], batch[at + 2], batch[at + 3]));
        }
        return touched != 0;
    }

    /** Writes nothing. Sorts out ids that are duplicates whatever the others are; returns how many others there are. */
    private int look(long[] batch, int from, int to, boolean[] fresh) {
        long version = word.read();
        int open = 0;
        for (int i = from; i < to; i++) {
            int at = ID_WORDS * i;
            long tag = ids.tag(batch[at], batch[at + 1], batch[at + 2], batch[at + 3]);
            fresh[i] = !ids.outlasts(to - from, tag, batch[at], batch[at + 1], batch[at + 2], batch[at + 3]);
            open += fresh[i] ? 1 : 0;
        }
        if (word.same(version)) {
            return open;
        }
        Arrays.fill(fresh, from, to, true);
        return to - from;
    }

    /** Decides in order, while no other thread changes anything, which of those that may be new are. */
    private int decide(long[] batch, int from, int to, boolean[] fresh) {
        int news = 0;
        word.take();
        try {
            for (int i = from; i < to; i++) {
                if (fresh[i]) {
                    int at = ID_WORDS * i;
                    long tag = ids.tag(batch[at], batch[at + 1], batch[at + 2], batch[at + 3]);
                    fresh[i] = window.addIfNew(tag, batch[at], batch[at + 1], batch[at + 2], batch[at + 3]);
                    news += fresh[i] ? 1 : 0;
                }
            }
        } finally {
            word.release();
        }
        return news;
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
        boolean otherPeriod;
        word.take();
        try {
            otherPeriod = window.apply(settings, ticker.nanos());
        } finally {
            word.release();
        }
        if (otherPeriod) {
            timer.cancel(false);
            timer = startTimer(settings);
        }
        scheduler.execute(this::tidy);
    }

    void close() {
        timer.cancel(false);
    }

    private void tick() {
        WindowReading reading;
        boolean begins;
        word.take();
        try {
            long now = ticker.nanos();
            window.forget(now);
            reading = window.reading(now);
            begins = window.beginsEarly(now);
        } finally {
            word.release();
        }
        if (begins) {
            onEarly.accept(reading.advice());
        }
        tidy();
    }

    private void tidy() {
        boolean more = true;
        while (more) {
            word.take();
            try {
                more = ids.tidy(SLICE_CHUNKS, SLICE_SLOTS);
            } finally {
                word.release();
            }
            Thread.yield();
        }
    }

    @Override
    public DedupSnapshot snapshot() {
        WindowReading reading;
        word.take();
        try {
            reading = window.reading(ticker.nanos());
        } finally {
            word.release();
        }
        return reading.snapshot(hits.sum());
    }
}
