// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.jmh.OneStep;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Records answers to probes of so many peers in turn; the clock is read each time, and measured by itself. */
@State(Scope.Benchmark)
public class HealthBenchmark extends OneStep {

    @Param({"1", "100", "10000"})
    public int peers;

    private final Health health = new Health(new HealthSettings(30, 5, 1_000, 3, 300, 0, 100_000), Ticker.system(),
            new ManualScheduler(), event -> { });
    private PeerId[] ids;
    private int next;

    @Setup
    public void fill() {
        ids = new PeerId[peers];
        for (int i = 0; i < peers; i++) {
            ids[i] = Peers.peer(i);
            health.recordSuccess(ids[i], 1_000_000);
        }
    }

    private PeerId next() {
        next = next + 1 == peers ? 0 : next + 1;
        return ids[next];
    }

    @Benchmark
    public void success() {
        health.recordSuccess(next(), 1_000_000);
    }

    @Benchmark
    public Object lookUp() {
        return health.health(next());
    }

    @Benchmark
    public long clockAlone() {
        return System.nanoTime();
    }
}
