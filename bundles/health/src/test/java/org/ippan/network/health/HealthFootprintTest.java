// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerId;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.leak.LiveHeap;
import org.junit.jupiter.api.Test;

class HealthFootprintTest {

    private static final int MAX_BYTES_PER_PEER = 96;

    private final ManualScheduler clock = new ManualScheduler();
    private final Health monitor = monitor();

    private Health monitor() {
        return new Health(new HealthSettings(30, 5, 1_000, 3, 300, 0, HealthTest.MOST), clock, clock, event -> { });
    }

    @Test
    void shouldUseAtMost96BytesForAPeerBesidesItsId() {
        PeerId[] peers = IntStream.range(0, HealthTest.MOST).mapToObj(Peers::peer).toArray(PeerId[]::new);

        // What else the JVM begins to hold meanwhile is not ours: the least of three is.
        double bytes = IntStream.range(0, 3).mapToDouble(i -> bytesForEach(peers)).min().orElseThrow();

        assertTrue(bytes > 0 && bytes <= MAX_BYTES_PER_PEER, bytes + " bytes per peer");
    }

    private double bytesForEach(PeerId[] peers) {
        Health full = monitor();
        long before = LiveHeap.bytes();
        for (PeerId peer : peers) {
            full.recordSuccess(peer, 1_000);
        }
        double bytes = (LiveHeap.bytes() - before) / (double) peers.length;
        Reference.reachabilityFence(full);
        return bytes;
    }

    private void record(PeerId peer, int rounds) {
        for (int i = 0; i < rounds; i++) {
            monitor.recordSuccess(peer);
            monitor.recordSuccess(peer, i);
            monitor.health(peer);
        }
    }

    @Test
    void shouldAllocateNothingToRecordForAKnownPeer() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 100_000;
        record(Peers.alice(), rounds);

        PeerId peer = Peers.alice();
        long before = threads.getCurrentThreadAllocatedBytes();
        record(peer, rounds);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < rounds / 10, allocated + " bytes for " + 3 * rounds + " calls");
    }
}
