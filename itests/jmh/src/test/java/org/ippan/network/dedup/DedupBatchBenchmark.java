// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.util.SplittableRandom;
import org.ippan.network.jmh.OneStep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Checks and marks the ids of one read, 200 at a time; figures are for one id. */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class DedupBatchBenchmark extends OneStep {

    private static final int BATCH = 200;

    @Param({"10000", "1000000"})
    public int capacity;

    private final SplittableRandom random = new SplittableRandom(7);
    private final long[] ids = new long[4 * BATCH];
    private final boolean[] results = new boolean[BATCH];
    private Seen.Ours seen;
    private long newest;

    @Setup(Level.Trial)
    public void fill() {
        seen = new Seen.Ours(capacity);
        for (int i = 0; i < 2 * capacity; i++) {
            seen.isFirst(++newest);
        }
    }

    @TearDown
    public void close() {
        seen.close();
    }

    private void put(int place, long number) {
        for (int word = 0; word < 4; word++) {
            ids[4 * place + word] = Ids.word(number, word);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int fresh() {
        for (int i = 0; i < BATCH; i++) {
            put(i, ++newest);
        }
        return seen.dedup.checkAndMarkAll(ids, BATCH, results);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int duplicate() {
        for (int i = 0; i < BATCH; i++) {
            put(i, newest - random.nextInt(capacity));
        }
        return seen.dedup.checkAndMarkAll(ids, BATCH, results);
    }
}
