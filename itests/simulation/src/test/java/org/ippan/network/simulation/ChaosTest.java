// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random runs: {@code -Dseeds=1000} for more of them, {@code -Dseed=N} for one again. Seeds that once found a mistake
 * are kept and always run.
 */
class ChaosTest {

    private static final long[] KEPT = {50, 63, 74};

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        LongStream some = LongStream.rangeClosed(1, Long.getLong("seeds", 20));
        return one != null ? LongStream.of(one) : LongStream.concat(some, LongStream.of(KEPT)).distinct();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldStaySafeThroughFaultsAndComeBackAfterThem(long seed) {
        Chaos.run(seed);
    }
}
