// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.StrangersPart;
import org.ippan.network.api.rate.TokenBucket;

/**
 * How many connections are taken in: so many a second in all, of which one place (an IPv4 address, an IPv6 /64) may use
 * a quarter at once and a sixteenth for long, so that none shuts out the others. The last quarter is kept for places
 * where this node reached a peer before, by a dial of its own. Both tables are bounded: the place unheard of for
 * longest gives way. Callers lock.
 */
final class AcceptBudget {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_PLACES = 4096;
    /** A rate so low that shares of it would shut out a single peer is not shared. */
    private static final int LEAST_SHARED = 64;
    private static final int AT_ONCE = 4;
    private static final int FOR_LONG = 16;
    private static final int IPV6_HOST_BYTES = 8;

    private final Map<Object, TokenBucket> places = bounded();
    private final Map<Object, Boolean> known = bounded();
    /** Made when the first one comes. */
    private TokenBucket all;

    private static <V> Map<Object, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, V> eldest) {
                return size() > MAX_PLACES;
            }
        };
    }

    /** What counts as one place: who has one address of an IPv6 network has them all. */
    static Object place(InetAddress address) {
        return address instanceof Inet6Address ? ByteBuffer.wrap(address.getAddress(), 0, IPV6_HOST_BYTES).getLong()
                : address;
    }

    /** Takes a connection in; false if that would be too many. */
    boolean take(Object place, int perSecond, long now) {
        boolean shared = perSecond >= LEAST_SHARED;
        Rate whole = Rate.perSecond(perSecond);
        Rate share = shared ? new Rate(perSecond, FOR_LONG * SECOND_NANOS, FOR_LONG * SECOND_NANOS / AT_ONCE) : whole;
        all = bucket(all, whole, now);
        TokenBucket own = places.compute(place, (any, before) -> bucket(before, share, now));
        long kept = shared && !known.containsKey(place) ? StrangersPart.left(perSecond) : 0;
        if (own.tokens(now) < 1 || all.tokens(now) < 1 + kept) {
            return false;
        }
        own.take(1, now);
        all.take(1, now);
        return true;
    }

    /** Whether one more would be taken in from anywhere; takes nothing. */
    boolean hasRoom(int perSecond, long now) {
        all = bucket(all, Rate.perSecond(perSecond), now);
        return all.tokens(now) >= 1;
    }

    private static TokenBucket bucket(TokenBucket before, Rate rate, long now) {
        if (before == null) {
            return new TokenBucket(rate, now);
        }
        before.adapt(rate);
        return before;
    }

    /** This node dialled a peer there. */
    void reached(Object place) {
        known.put(place, true);
    }

    /** Whether this node reached a peer there before. */
    boolean isKnown(Object place) {
        return known.containsKey(place);
    }
}
