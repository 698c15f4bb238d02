// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.SplittableRandom;
import org.ippan.network.jmh.OneStep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Checks and marks one id, with a memory that is full. */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class DedupBenchmark extends OneStep {

    @Param
    public Seen.Product product;
    @Param({"10000", "1000000"})
    public int capacity;

    private final SplittableRandom random = new SplittableRandom(7);
    private Seen seen;
    private long newest;

    @Setup(Level.Trial)
    public void fill() {
        seen = product.of(capacity);
        for (int i = 0; i < 2 * capacity; i++) {
            seen.isFirst(++newest);
        }
    }

    @TearDown
    public void close() {
        seen.close();
    }

    @Benchmark
    public boolean fresh() {
        return seen.isFirst(++newest);
    }

    @Benchmark
    public boolean duplicate() {
        return seen.isFirst(newest - random.nextInt(capacity));
    }
}
