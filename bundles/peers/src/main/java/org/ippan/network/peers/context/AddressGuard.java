// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.peers.address.Prefix;

/**
 * Counts failed authentications and broken protocol by address prefix, for those whose identity is not known yet; who
 * fails too often is not let in for a while. Both tables are bounded: the oldest entry gives way. Recording is confined
 * to one thread, asking is safe for any.
 */
public final class AddressGuard {

    /** Failures a minute that are forgiven. */
    static final int FORGIVEN = 10;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long BLOCK_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int MAX_ENTRIES = 4096;

    private final Ticker ticker;
    private final Map<Prefix, Count> counts = new LinkedHashMap<>();
    private final Map<Prefix, Long> blocked = new ConcurrentHashMap<>();

    /** Failures since the window began. */
    private record Count(int failures, long since) {
    }

    public AddressGuard(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Somebody there failed; true if that was once too often. */
    public boolean failed(InetAddress address) {
        Prefix prefix = Prefix.host(address);
        long now = ticker.nanos();
        Count old = counts.remove(prefix);
        Count count = old == null || now - old.since >= WINDOW_NANOS ? new Count(1, now)
                : new Count(old.failures + 1, old.since);
        if (count.failures > FORGIVEN) {
            makeRoom(now);
            blocked.put(prefix, now + BLOCK_NANOS);
            return true;
        }
        counts.put(prefix, count);
        if (counts.size() > MAX_ENTRIES) {
            counts.remove(counts.keySet().iterator().next());
        }
        return false;
    }

    private void makeRoom(long now) {
        blocked.values().removeIf(until -> now - until >= 0);
        while (blocked.size() >= MAX_ENTRIES) {
            blocked.remove(blocked.keySet().iterator().next());
        }
    }

    /** Whether somebody from there is not let in now. */
    public boolean blocks(InetAddress address) {
        if (blocked.isEmpty()) {
            return false;
        }
        Long until = blocked.get(Prefix.host(address));
        return until != null && ticker.nanos() - until < 0;
    }
}
