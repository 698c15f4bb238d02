// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.ippan.network.api.Ticker;

/** Prints what a record costs; a figure for people, not a test. Run its {@code main} from the test class path. */
final class MetricsTiming {

    private static final int RECORDS = 20_000_000;
    private static final int RUNS = 9;

    private MetricsTiming() {
    }

    /**
     * Measures one thread and two.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws InterruptedException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Metrics metrics = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)), Ticker.system(), timer);
        LongConsumer sent = nanos -> metrics.recordMessageSent(nanos);
        LongConsumer latency = nanos -> metrics.recordLatency(nanos);
        LongConsumer both = sent.andThen(latency);

        print("sent", sent);
        print("latency", latency);
        print("sent + latency", both);
        Thread other = new Thread(() -> run(both, 2 * RUNS * RECORDS), "other");
        other.setDaemon(true);
        other.start();
        print("sent + latency, another thread recording too", both);
        timer.shutdownNow();
    }

    private static void print(String what, LongConsumer record) {
        double[] nanos = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            run(record, RECORDS);
            nanos[i] = (System.nanoTime() - start) / (double) RECORDS;
        }
        Arrays.sort(nanos);
        System.out.printf("%-46s %6.1f ns (median of %d)%n", what, nanos[RUNS / 2], RUNS);
    }

    private static void run(LongConsumer record, int times) {
        for (int i = 0; i < times; i++) {
            record.accept(20_000 + (i * 7_919L & 0xF_FFFF));
        }
    }
}
