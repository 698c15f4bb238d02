// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;

/**
 * Says that something is refused when it begins, and again only after it had not happened for a minute: a client that
 * knocks cannot write our log. How often it happens is counted elsewhere. For one thread at a time.
 */
public final class RefusalLog {

    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Ticker ticker;
    /** When each kind was refused last. There are as many kinds as we have ways to refuse. */
    private final Map<Object, Long> last = new HashMap<>();

    public RefusalLog(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * Takes note of a refusal.
     *
     * @param kind what clients cannot make up
     * @param say logs it, once for all that follow
     */
    public void note(Object kind, Runnable say) {
        long now = ticker.nanos();
        Long before = last.put(kind, now);
        if (before == null || now - before >= QUIET_NANOS) {
            say.run();
        }
    }
}
