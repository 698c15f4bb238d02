// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.event;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.Ticker;

/**
 * The log lines of a bundle that peers and clients can cause: few in any second, of all of them together, and a count
 * of the rest. A bound for each peer would not do, as a hostile one comes with a new identity each time. The shares of
 * all bundles together are 10 lines a second; the page tells each kind of refusal once a minute. Safe for any thread.
 */
public final class LogBudget implements Consumer<String> {

    /** Lines a second of the bundle {@code peers}: links, handshakes. */
    public static final int PEERS = 4;
    /** Lines a second of the bundle {@code reputation}: warnings, bans. */
    public static final int REPUTATION = 2;
    /** Lines a second of the bundle {@code health}. */
    public static final int HEALTH = 2;
    /** Lines a second of the bundle {@code gossip}: overload. */
    public static final int GOSSIP = 1;

    /** Lines a second of the bundle {@code eventadmin}: events that are not carried. */
    public static final int EVENT_ADMIN = 1;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;
    private final Consumer<String> log;
    /** When the last lines were logged, oldest at the next place; guarded by this, as all below. */
    private final long[] logged;
    private int next;
    private boolean full;
    private long leftOut;

    /**
     * Nothing logged yet.
     *
     * @param ticker time
     * @param perSecond most lines in any second
     * @param log takes lines, say {@code LOG::info}
     */
    public LogBudget(Ticker ticker, int perSecond, Consumer<String> log) {
        this.ticker = ticker;
        this.log = log;
        this.logged = new long[perSecond];
    }

    /** Logs a line, or counts it; the count is told with the next line that is logged. */
    @Override
    public void accept(String line) {
        long missing;
        synchronized (this) {
            long now = ticker.nanos();
            if (full && now - logged[next] < SECOND_NANOS) {
                leftOut++;
                return;
            }
            logged[next] = now;
            next = (next + 1) % logged.length;
            full |= next == 0;
            missing = leftOut;
            leftOut = 0;
        }
        log.accept(missing == 0 ? line : line + " (" + missing + " other lines left out: more than " + logged.length
                + " a second)");
    }
}
