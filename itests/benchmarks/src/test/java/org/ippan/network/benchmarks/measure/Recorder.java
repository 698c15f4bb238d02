// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.benchmarks.measure;

import java.util.Arrays;
import java.util.stream.Stream;

/** What one node received, for each phase and publisher apart. */
public final class Recorder {

    /** The warm-up, and what is measured. */
    public static final int PHASES = 2;

    private final Arrivals[][] arrivals;

    /**
     * Nothing received yet.
     *
     * @param publishers how many publish, its own node included if it does
     */
    public Recorder(int publishers) {
        arrivals = Stream.generate(() -> Stream.generate(Arrivals::new).limit(publishers).toArray(Arrivals[]::new))
                .limit(PHASES).toArray(Arrivals[][]::new);
    }

    /** Notes a delivery; see {@link Stamp} for the words. */
    void heard(long origin, long number, long nanos) {
        arrivals[(int) (origin >>> Integer.SIZE)][(int) origin].heard(number, nanos);
    }

    /**
     * What came of one publisher's messages.
     *
     * @param phase which phase they were published in
     * @param publisher whose they are
     * @return grows while messages arrive
     */
    public Arrivals of(int phase, int publisher) {
        return arrivals[phase][publisher];
    }

    /**
     * How many different messages of a phase arrived.
     *
     * @param phase which
     * @return of all publishers together
     */
    public long distinct(int phase) {
        return Arrays.stream(arrivals[phase]).mapToLong(Arrivals::distinct).sum();
    }
}
