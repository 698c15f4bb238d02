// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.survey.settings.SurveySettings;

/**
 * How many signatures are checked for each link: a peer that sends or relays false records without end costs this node
 * a few per cent of a processor, and records that come over other links are checked all the same. A network whose nodes
 * all change at once stays within it. Safe for any thread.
 */
final class Checks {

    /** 4 % of a processor. */
    private static final long LEAST_PER_SECOND = 100;
    /** More often than all nodes together send: they keep to budgets, of which the largest may be theirs. */
    private static final int MARGIN = 4;
    private static final int BYTES_PER_RECORD = 1000;
    /** Two records of each node at once: more do not come even if all nodes change. */
    private static final int AT_ONCE = 2;
    private static final int MOST_LINKS = 1024;

    private final Map<PeerId, TokenBucket> links = new ConcurrentHashMap<>();
    private final TokenBucket others;
    private volatile Rate rate;

    Checks(SurveySettings settings, long now) {
        rate = rate(settings);
        others = new TokenBucket(rate, now);
    }

    private static Rate rate(SurveySettings settings) {
        long perSecond = Math.max(LEAST_PER_SECOND, MARGIN * settings.budgetBytesPerSecond() / BYTES_PER_RECORD);
        long atOnce = Math.max(AT_ONCE * LEAST_PER_SECOND, AT_ONCE * settings.maxNodes());
        return Rate.perSecond(perSecond, TimeUnit.SECONDS.toNanos(atOnce) / perSecond);
    }

    void apply(SurveySettings settings) {
        rate = rate(settings);
        others.adapt(rate);
        links.values().forEach(bucket -> bucket.adapt(rate));
    }

    /** Whether one more signature may be checked of what a peer brings; it counts then. */
    boolean allow(PeerId peer, long now) {
        return bucket(peer, now).tryTake(1, now);
    }

    private TokenBucket bucket(PeerId peer, long now) {
        TokenBucket known = links.get(peer);
        if (known != null || links.size() >= MOST_LINKS) {
            return known == null ? others : known;
        }
        return links.computeIfAbsent(peer, id -> new TokenBucket(rate, now));
    }

    /** Forgets peers that have brought nothing for so long that all is theirs again. */
    void tick(long now) {
        long all = new TokenBucket(rate, now).tokens(now);
        links.values().removeIf(bucket -> bucket.tokens(now) >= all);
    }

    /** Peers that are remembered. */
    int size() {
        return links.size();
    }
}
