// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import org.ippan.network.testkit.leak.LiveHeap;

/**
 * Whether what remembers ids remembers them: how many of the newest are forgotten when it is full, how many ids two
 * threads both take for new, and bytes an id. Prints a line for each product; ours has to have zeros.
 */
public final class Exactness {

    private static final int CAPACITY = 100_000;
    private static final int ROUNDS = 20;

    private Exactness() {
    }

    /** Prints the lines; exits with 1 if ours is not exact. */
    public static void main(String[] arguments) throws Exception {
        System.out.printf("%-16s %10s %14s %12s %10s%n", "product", "forgotten", "two winners", "no winner",
                "bytes/id");
        boolean exact = true;
        for (Seen.Product product : Seen.Product.values()) {
            long before = LiveHeap.bytes();
            try (Seen seen = product.of(CAPACITY)) {
                int forgotten = forgotten(seen);
                double bytes = (double) (LiveHeap.bytes() - before) / CAPACITY;
                int[] winners = winners(product);
                System.out.printf("%-16s %10d %14d %12d %10.1f%n", product, forgotten, winners[2], winners[0], bytes);
                exact &= product != Seen.Product.IPPAN || forgotten + winners[0] + winners[2] == 0;
            }
        }
        System.exit(exact ? 0 : 1);
    }

    /** How many of the newest ids are taken for new again. */
    private static int forgotten(Seen seen) {
        for (long number = 0; number < 5L * CAPACITY; number++) {
            seen.isFirst(number);
        }
        int forgotten = 0;
        for (long number = 5L * CAPACITY - 1; number >= 4L * CAPACITY; number--) {
            forgotten += seen.isFirst(number) ? 1 : 0;
        }
        return forgotten;
    }

    /** How many ids have no, one and two winners when two threads offer the same ones. */
    private static int[] winners(Seen.Product product) throws Exception {
        int[] all = new int[3];
        for (int round = 0; round < ROUNDS; round++) {
            try (Seen seen = product.of(2 * CAPACITY)) {
                byte[] mine = new byte[CAPACITY];
                byte[] theirs = new byte[CAPACITY];
                CyclicBarrier begin = new CyclicBarrier(2);
                Thread other = new Thread(() -> offer(seen, theirs, begin), "other");
                other.start();
                offer(seen, mine, begin);
                other.join();
                for (int i = 0; i < CAPACITY; i++) {
                    all[mine[i] + theirs[i]]++;
                }
            }
        }
        return all;
    }

    private static void offer(Seen seen, byte[] won, CyclicBarrier begin) {
        try {
            begin.await();
        } catch (Exception e) {
            Arrays.fill(won, (byte) 2);
            return;
        }
        for (int number = 0; number < won.length; number++) {
            won[number] = (byte) (seen.isFirst(number) ? 1 : 0);
        }
    }
}
