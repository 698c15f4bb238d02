// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;

/**
 * Keeps the last two looks at all counters, so that a question about now is answered by what changed in the last 10 to
 * 20 s and not since the start. {@link #sample} is for one thread at a time, the rest for any.
 */
public final class Trend {

    public static final long INTERVAL_SECONDS = 10;

    private final Ticker ticker;
    private volatile Pair last;

    private record Sample(long nanos, Snapshots told) {
    }

    private record Pair(Sample older, Sample newer) {
    }

    public Trend(Ticker ticker) {
        this.ticker = ticker;
    }

    public void sample(Supplier<Services> services) {
        Sample taken = new Sample(ticker.nanos(), services.get().snapshots());
        Pair before = last;
        last = new Pair(before == null ? taken : before.newer(), taken);
    }

    /** The services now beside what they told up to 20 s ago. */
    public Look look(Services services) {
        Snapshots now = services.snapshots();
        Pair known = last;
        return known == null ? new Look(services, now, now, Duration.ZERO)
                : new Look(services, now, known.older().told(), Duration.ofNanos(
                        ticker.nanos() - known.older().nanos()).truncatedTo(TimeUnit.SECONDS.toChronoUnit()));
    }
}
