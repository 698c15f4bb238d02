// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;

/**
 * Prints what a check costs, full at 10 000 and at 1 000 000 ids, one thread; medians of several rounds. Run by hand:
 * {@code java -cp <test class path> org.ippan.network.dedup.DedupTiming}.
 */
final class DedupTiming {

    private static final int ROUNDS = 15;
    private static final int OPERATIONS = 1_000_000;
    private static final int WORDS = 4;

    private final SplittableRandom random = new SplittableRandom(7);
    private final int capacity;
    private final Dedup dedup;
    private final long[] remembered;
    private int next;
    private int wrong;

    private DedupTiming(int capacity, ScheduledExecutorService timer) {
        this.capacity = capacity;
        this.remembered = new long[capacity * WORDS];
        this.dedup = new Dedup(new DedupSettings(capacity, 300), Ticker.system(), timer, random, text -> { });
    }

    /** Measures and prints. */
    public static void main(String[] arguments) {
        ScheduledExecutorService timer = DedupThreads.timer();
        System.out.println("ids        duplicate  hasSeen   new       bytes/id  heap/id");
        for (int capacity : new int[] {10_000, 1_000_000, 10_000, 1_000_000}) {
            new DedupTiming(capacity, timer).run();
        }
        timer.shutdownNow();
    }

    private void run() {
        long before = heap();
        for (int i = 0; i < Math.max(2 * capacity, 3 * OPERATIONS); i++) {
            fresh(random.nextLong());
        }
        double heap = (double) (heap() - before) / capacity;
        int[] order = random.ints(OPERATIONS, 0, capacity).toArray();
        double[] duplicate = new double[ROUNDS];
        double[] seen = new double[ROUNDS];
        double[] fresh = new double[ROUNDS];
        long allocated = allocated();
        for (int round = 0; round < ROUNDS; round++) {
            duplicate[round] = duplicates(order);
            seen[round] = lookups(order);
            fresh[round] = news();
        }
        System.out.printf(Locale.ROOT, "%-10d %-10.1f %-9.1f %-9.1f %-9.1f %-9.1f  (allocated %d bytes, wrong %d)%n",
                capacity, median(duplicate), median(seen), median(fresh),
                (double) dedup.snapshot().bytesUsed() / capacity, heap, allocated() - allocated, wrong);
        dedup.close();
    }

    private double duplicates(int[] order) {
        long start = System.nanoTime();
        for (int number : order) {
            int at = number * WORDS;
            if (dedup.checkAndMark(remembered[at], remembered[at + 1], remembered[at + 2], remembered[at + 3])) {
                wrong++;
            }
        }
        return (double) (System.nanoTime() - start) / OPERATIONS;
    }

    private double lookups(int[] order) {
        long start = System.nanoTime();
        for (int number : order) {
            int at = number * WORDS;
            if (!dedup.hasSeen(remembered[at], remembered[at + 1], remembered[at + 2], remembered[at + 3])) {
                wrong++;
            }
        }
        return (double) (System.nanoTime() - start) / OPERATIONS;
    }

    private double news() {
        long start = System.nanoTime();
        for (int i = 0; i < OPERATIONS; i++) {
            fresh(random.nextLong());
        }
        return (double) (System.nanoTime() - start) / OPERATIONS;
    }

    /** Marks an id that was never seen and remembers it in place of the oldest. */
    private void fresh(long word) {
        int at = next * WORDS;
        next = next + 1 == capacity ? 0 : next + 1;
        remembered[at] = word;
        remembered[at + 1] = ~word;
        remembered[at + 2] = word * 31;
        remembered[at + 3] = word ^ capacity;
        if (!dedup.checkAndMark(word, ~word, word * 31, word ^ capacity)) {
            wrong++;
        }
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

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
