// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.Ticker;

/**
 * Prints what a check costs, full at 10 000 and at 1 000 000 ids, one thread; medians of several rounds, in ns of CPU
 * time, one by one and in batches, beside a synchronized {@link LinkedHashMap}. Run by hand:
 * {@code java -cp <test class path> org.ippan.network.dedup.DedupTiming}.
 */
final class DedupTiming {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 1_000_000;
    /** Ids in a batch: what a read of 64 KiB brings of small messages. */
    private static final int BATCH = 200;

    private final SplittableRandom random = new SplittableRandom(7);
    private final int capacity;
    private final Dedup dedup;
    private final long[] batch = new long[4 * BATCH];
    private final boolean[] results = new boolean[BATCH];
    private long newest;
    private int wrong;

    private DedupTiming(int capacity, ScheduledExecutorService timer) {
        this.capacity = capacity;
        this.dedup = new Dedup(new DedupSettings(capacity, 300), Ticker.system(), timer, random, text -> { });
    }

    /** Measures and prints. */
    public static void main(String[] arguments) {
        ScheduledExecutorService timer = DedupThreads.timer();
        System.out.println("ids        duplicate  hasSeen   new       batch dup.  batch new  bytes/id  heap/id");
        for (int capacity : new int[] {10_000, 1_000_000, 10_000}) {
            new DedupTiming(capacity, timer).run();
        }
        timer.shutdownNow();
    }

    private void run() {
        long before = heap();
        fresh(Math.max(2 * capacity, 3 * OPERATIONS));
        double heap = (double) (heap() - before) / capacity;
        int[] order = random.ints(OPERATIONS, 0, capacity).toArray();
        double[] duplicate = new double[ROUNDS];
        double[] seen = new double[ROUNDS];
        double[] fresh = new double[ROUNDS];
        double[] duplicateBatch = new double[ROUNDS];
        double[] freshBatch = new double[ROUNDS];
        long allocated = allocated();
        for (int round = 0; round < ROUNDS; round++) {
            duplicate[round] = duplicates(order);
            seen[round] = lookups(order);
            fresh[round] = fresh(OPERATIONS);
            duplicateBatch[round] = duplicateBatches(order);
            freshBatch[round] = freshBatches();
        }
        System.out.printf(Locale.ROOT, "%-10d %-10.1f %-9.1f %-9.1f %-11.1f %-10.1f %-9.1f %-9.1f"
                + "  (allocated %d bytes, wrong %d)%n",
                capacity, median(duplicate), median(seen), median(fresh),
                median(duplicateBatch), median(freshBatch), (double) dedup.snapshot().bytesUsed() / capacity, heap,
                allocated() - allocated, wrong);
        dedup.close();
        anchor(order);
    }

    /** What a Java user would write: the anchor that tells how fast the machine is just now. */
    private void anchor(int[] order) {
        Map<MessageId, Boolean> map = Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<MessageId, Boolean> eldest) {
                return size() > capacity;
            }
        });
        double[] duplicate = new double[ROUNDS];
        double[] fresh = new double[ROUNDS];
        long last = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpu();
            for (int i = 0; i < OPERATIONS; i++) {
                map.put(id(++last), true);
            }
            fresh[round] = (double) (cpu() - start) / OPERATIONS;
            start = cpu();
            for (int number : order) {
                if (!map.containsKey(id(last - number))) {
                    wrong++;
                }
            }
            duplicate[round] = (double) (cpu() - start) / OPERATIONS;
        }
        System.out.printf(Locale.ROOT, "%-10d %-10.1f %-9s %-9.1f  synchronized LinkedHashMap%n",
                capacity, median(duplicate), "", median(fresh));
    }

    private MessageId id(long number) {
        long word = word(number);
        return MessageId.of(word, ~word, word * 31, word ^ capacity);
    }

    private double duplicates(int[] order) {
        long start = cpu();
        for (int number : order) {
            if (mark(newest - number)) {
                wrong++;
            }
        }
        return (double) (cpu() - start) / OPERATIONS;
    }

    private double lookups(int[] order) {
        long start = cpu();
        for (int number : order) {
            long word = word(newest - number);
            if (!dedup.hasSeen(word, ~word, word * 31, word ^ capacity)) {
                wrong++;
            }
        }
        return (double) (cpu() - start) / OPERATIONS;
    }

    private double fresh(int count) {
        long start = cpu();
        for (int i = 0; i < count; i++) {
            if (!mark(++newest)) {
                wrong++;
            }
        }
        return (double) (cpu() - start) / count;
    }

    private double duplicateBatches(int[] order) {
        long start = cpu();
        for (int from = 0; from < OPERATIONS; from += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                fill(i, newest - order[from + i]);
            }
            wrong += dedup.checkAndMarkAll(batch, BATCH, results);
        }
        return (double) (cpu() - start) / OPERATIONS;
    }

    private double freshBatches() {
        long start = cpu();
        for (int from = 0; from < OPERATIONS; from += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                fill(i, ++newest);
            }
            wrong += BATCH - dedup.checkAndMarkAll(batch, BATCH, results);
        }
        return (double) (cpu() - start) / OPERATIONS;
    }

    private void fill(int i, long number) {
        long word = word(number);
        batch[4 * i] = word;
        batch[4 * i + 1] = ~word;
        batch[4 * i + 2] = word * 31;
        batch[4 * i + 3] = word ^ capacity;
    }

    private boolean mark(long number) {
        long word = word(number);
        return dedup.checkAndMark(word, ~word, word * 31, word ^ capacity);
    }

    /** Looks like a hash and costs next to nothing, so that the check is what is measured. */
    private static long word(long number) {
        long mixed = number * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 32;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Time this thread ran: a busy machine disturbs it less than time that passed. */
    private static long cpu() {
        return THREADS.getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
