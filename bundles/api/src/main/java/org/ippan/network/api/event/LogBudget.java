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
    public static final int HEALTH = 1;
    /** Lines a second of the bundle {@code gossip}: overload. */
    public static final int GOSSIP = 1;
    /** Lines a second of the bundle {@code transport}: connections that are given up. */
    public static final int TRANSPORT = 1;
    /** Lines a second of the bundle {@code eventadmin}: events that are not carried. */
    public static final int EVENT_ADMIN = 1;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Of what others let change back and forth, so many lines tell enough in so long. */
    private static final int STATES = 6;
    private static final long STATES_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Ticker ticker;
    private final Consumer<String> log;
    private final long windowNanos;
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
        this(ticker, perSecond, SECOND_NANOS, log);
    }

    private LogBudget(Ticker ticker, int most, long windowNanos, Consumer<String> log) {
        this.ticker = ticker;
        this.log = log;
        this.windowNanos = windowNanos;
        this.logged = new long[most];
    }

    /**
     * A few lines in ten minutes that tell how something is now, where a server or a router decides how often that
     * changes. For {@link #offer}: who has a line keeps it until there is room, and tells then how it is by that time.
     *
     * @param ticker time
     * @param log takes lines, say {@code LOG::info}
     * @return one that has logged nothing yet
     */
    public static LogBudget ofStates(Ticker ticker, Consumer<String> log) {
        return new LogBudget(ticker, STATES, STATES_NANOS, log);
    }

    /** Logs a line, or counts it; the count is told with the next line that is logged. */
    @Override
    public void accept(String line) {
        long missing;
        synchronized (this) {
            if (!take()) {
                leftOut++;
                return;
            }
            missing = leftOut;
            leftOut = 0;
        }
        log.accept(missing == 0 ? line : line + " (" + missing + " other lines left out: more than " + logged.length
                + " a second)");
    }

    /**
     * Logs a line if there is room for it.
     *
     * @param line is lost otherwise
     * @return whether it was logged
     */
    public boolean offer(String line) {
        synchronized (this) {
            if (!take()) {
                return false;
            }
        }
        log.accept(line);
        return true;
    }

    private boolean take() {
        long now = ticker.nanos();
        if (full && now - logged[next] < windowNanos) {
            return false;
        }
        logged[next] = now;
        next = (next + 1) % logged.length;
        full |= next == 0;
        return true;
    }
}
