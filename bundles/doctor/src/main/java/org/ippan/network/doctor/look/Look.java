// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What checks look at: the services, what they tell now, and what they told a little earlier.
 *
 * @param services those that are there
 * @param now what they tell
 * @param before what they told
 * @param between how long that was ago; zero if nothing is known from before
 */
public record Look(Services services, Snapshots now, Snapshots before, Duration between) {

    /** By how much a counter has grown between: all of it if its service came, or began again, only since then. */
    public <S> long grown(Function<Snapshots, S> of, ToLongFunction<S> counter) {
        S newer = of.apply(now);
        S older = of.apply(before);
        long counted = newer == null ? 0 : counter.applyAsLong(newer);
        long known = older == null ? 0 : counter.applyAsLong(older);
        return counted < known ? counted : counted - known;
    }

    /** The same a second; 0 if nothing is known from before. */
    public <S> double rate(Function<Snapshots, S> of, ToLongFunction<S> counter) {
        return between.isZero() ? 0 : grown(of, counter) / (between.toNanos() / 1e9);
    }

    /** For sentences: {@code in the last 14 s}. */
    public String period() {
        return between.isZero() ? "so far" : "in the last " + Times.span(between);
    }
}
