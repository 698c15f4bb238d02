// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.survey.settings.SurveySettings;

/**
 * When this node sends its next record. The interval grows with the network, so that all records together cost each
 * node the same. A change is sent at once from a bucket of 2 tokens, which gets one each interval and gives one to each
 * regular record too. Guarded by the lock of its owner, but for the interval, which any thread may read.
 */
final class Pace {

    /** What a record costs each node, its announcements and requests included; measured with the simulator. */
    private static final int BYTES_PER_RECORD = 1000;
    private static final double MAX_SECONDS = 600;
    /** Intervals are longer or shorter by up to this share, so that nodes that start together drift apart. */
    private static final double SPREAD = 0.1;
    private static final int TOKENS = 2;
    /** More than the gap below which records are ignored, for one that is held up on its way. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final RandomGenerator random;
    private final TokenBucket bucket;
    private volatile double seconds;
    private boolean started;
    private long sentNanos;
    private double share = 1;

    Pace(RandomGenerator random, SurveySettings settings, long now) {
        this.random = random;
        this.seconds = seconds(settings, 1);
        this.bucket = new TokenBucket(rate(), now);
        this.sentNanos = now - GAP_NANOS;
    }

    /** Adapts the interval to the number of nodes. */
    void adapt(SurveySettings settings, int nodes) {
        seconds = seconds(settings, nodes);
        bucket.adapt(rate());
    }

    private static double seconds(SurveySettings settings, int nodes) {
        double wanted = (double) nodes * BYTES_PER_RECORD / settings.budgetBytesPerSecond();
        return Math.min(MAX_SECONDS, Math.max(settings.leastSeconds(), wanted));
    }

    private Rate rate() {
        return Rate.oneIn(nanos(seconds), TOKENS);
    }

    /** The interval without its spread. */
    double seconds() {
        return seconds;
    }

    /**
     * Whether to send a record now.
     *
     * @param changed whether it has news
     */
    boolean isDue(boolean changed, long now) {
        long since = now - sentNanos;
        if (!started) {
            return since >= GAP_NANOS;
        }
        return bucket.tokens(now) >= 1 && since >= GAP_NANOS && (changed || since >= nanos(seconds * share));
    }

    private static long nanos(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** One was sent. */
    void sent(long now) {
        started = true;
        bucket.take(1, now);
        sentNanos = now;
        share = 1 + SPREAD * (2 * random.nextDouble() - 1);
    }

    /** The last one of a life was sent: the first one of the next is due as soon as others take it. */
    void left(long now) {
        started = false;
        sentNanos = now;
    }
}
