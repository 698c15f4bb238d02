// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Threads that meet before each round and run it at the same moment: what makes a lost update likely, also on two
 * cores. Free running is a race of one round.
 */
public final class Racers {

    private static final int LIMIT_SECONDS = 30;

    private Racers() {
    }

    /**
     * Lets the racers run, each on a thread of its own.
     *
     * @param rounds how often they meet
     * @param racers are told the round, from 0
     * @throws Exception what a racer threw, wrapped; or that they did not end in time
     */
    public static void race(int rounds, IntConsumer... racers) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(racers.length);
        AtomicInteger arrived = new AtomicInteger();
        try {
            List<Future<?>> racing = Arrays.stream(racers).<Future<?>>map(racer -> pool.submit(() -> {
                for (int round = 0; round < rounds && !Thread.currentThread().isInterrupted(); round++) {
                    arrived.incrementAndGet();
                    await(arrived, (round + 1) * racers.length);
                    racer.accept(round);
                }
            })).toList();
            for (Future<?> thread : racing) {
                thread.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(AtomicInteger arrived, int all) {
        while (arrived.get() < all && !Thread.currentThread().isInterrupted()) {
            Thread.yield();
        }
    }
}
