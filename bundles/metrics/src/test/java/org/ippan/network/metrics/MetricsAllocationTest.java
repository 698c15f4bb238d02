// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

class MetricsAllocationTest {

    private static final int ROUNDS = 100_000;

    private final ManualScheduler clock = new ManualScheduler();
    private final Metrics metrics = new Metrics(new MetricsSettings(0.1, TimeUnit.MINUTES.toNanos(1)), clock, clock);

    private void recordAll() {
        for (int i = 0; i < ROUNDS; i++) {
            metrics.recordMessageSent(i);
            metrics.recordMessagesSent(2, i);
            metrics.recordMessageReceived(i);
            metrics.recordMessageFailed();
            metrics.recordMessageDropped(DropReason.DUPLICATE);
            metrics.recordConnectionOpened();
            metrics.recordConnectionFailed();
            metrics.recordConnectionClosed();
            metrics.recordLatency(i * 1_000L);
            metrics.recordDeliveryAge(i * 1_000_000_000L);
            metrics.recordRoundTrip(i);
        }
    }

    @Test
    void shouldAllocateNothingToRecord() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        recordAll();

        long before = threads.getCurrentThreadAllocatedBytes();
        recordAll();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < ROUNDS / 10, allocated + " bytes for " + 11 * ROUNDS + " records");
    }
}
