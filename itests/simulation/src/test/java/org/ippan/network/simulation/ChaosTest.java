// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random runs: {@code -Dseeds=1000} for more of them, {@code -Dseed=N} for one again. */
class ChaosTest {

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.rangeClosed(1, Long.getLong("seeds", 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldStaySafeThroughFaultsAndComeBackAfterThem(long seed) {
        Chaos.run(seed);
    }
}
