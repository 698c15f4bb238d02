// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.metrics.Rates;

/**
 * What the counters were each second of the last minute, from which rates are computed. Written by a timer and read
 * for snapshots, under its own lock: never on the way of a message.
 */
final class RateHistory {

    /** A minute, the sample that lies just beyond it, and the newest. */
    private static final int SAMPLES = 62;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Totals> samples = new ArrayDeque<>(SAMPLES);
    private final Totals start;

    /** Counters at one moment. */
    record Totals(long nanos, long messagesSent, long messagesReceived, long bytesSent, long bytesReceived) {

        /** Less than a second counts as a second: the first message after a start is no rate of thousands. */
        private Rates since(Totals earlier) {
            double seconds = Math.max(nanos - earlier.nanos, SECOND_NANOS) / (double) SECOND_NANOS;
            return new Rates((messagesSent - earlier.messagesSent) / seconds,
                    (messagesReceived - earlier.messagesReceived) / seconds,
                    (bytesSent - earlier.bytesSent) / seconds,
                    (bytesReceived - earlier.bytesReceived) / seconds);
        }
    }

    RateHistory(long startNanos) {
        this.start = new Totals(startNanos, 0, 0, 0, 0);
        samples.add(start);
    }

    synchronized void add(Totals now) {
        if (samples.size() == SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(now);
    }

    Rates sinceStart(Totals now) {
        return now.since(start);
    }

    /** Over the shortest span between samples that is at least so long, or over all there is. */
    synchronized Rates last(int seconds, Totals now) {
        Iterator<Totals> newestFirst = samples.descendingIterator();
        Totals earlier = newestFirst.next();
        while (newestFirst.hasNext() && now.nanos - earlier.nanos < seconds * SECOND_NANOS) {
            earlier = newestFirst.next();
        }
        return now.since(earlier);
    }
}
