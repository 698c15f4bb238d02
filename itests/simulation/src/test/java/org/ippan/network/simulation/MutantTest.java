// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The random runs are worth what they find: each mistake sown into a core has to be caught by one of the seeds. */
@Tag("mutants")
class MutantTest {

    /** Most mistakes show among few nodes as well, and much sooner. */
    private static final long[] SMALLEST_FIRST = LongStream.rangeClosed(1, Chaos.SEEDS).boxed()
            .sorted(Comparator.comparing(Chaos::nodes)).mapToLong(Long::longValue).toArray();

    @ParameterizedTest
    @EnumSource
    void shouldCatch(Mutant mutant) throws IOException, ReflectiveOperationException {
        Method run = new MutantLoader(mutant).loadClass(Chaos.class.getName()).getDeclaredMethod("run", long.class);
        run.setAccessible(true);
        for (long seed : LongStream.concat(LongStream.of(mutant.seed), LongStream.of(SMALLEST_FIRST)).toArray()) {
            try {
                run.invoke(null, seed);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof AssertionError caught) {
                    System.out.println(mutant + ": " + caught.getMessage());
                    return;
                }
                throw e;
            }
        }
        fail(mutant + " was caught by none of " + Chaos.SEEDS + " seeds");
    }
}
