// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The even ones of the seeds of {@link ChaosTest}. */
class EvenChaosTest {

    static LongStream seeds() {
        return ChaosTest.all().filter(seed -> seed % 2 == 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldStaySafeThroughFaultsAndComeBackAfterThem(long seed) {
        Chaos.run(seed);
    }
}
