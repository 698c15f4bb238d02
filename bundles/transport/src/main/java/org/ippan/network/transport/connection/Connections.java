// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.settings.TransportSettings.Accept;

/**
 * All connections, and who may come in: so many a second, so many handshakes at once from one address, so many in all,
 * of which the oldest gives way. Only connections others open are limited: a flood must not cost us our own dials.
 * Safe for any thread; the lock is taken only as connections come and go.
 */
public final class Connections {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long GOODBYE_MILLIS = 500;

    private final Ticker ticker;
    private final Counters counters;
    private final Set<LiveConnection> all = ConcurrentHashMap.newKeySet();
    private final Set<LiveConnection> accepting = new LinkedHashSet<>();
    private final Map<InetAddress, Integer> pendingByAddress = new HashMap<>();
    /** Begins full, whatever the rate is. */
    private double tokens = Double.MAX_VALUE;
    private long refilledNanos;

    public Connections(Ticker ticker, Counters counters) {
        this.ticker = ticker;
        this.counters = counters;
        this.refilledNanos = ticker.nanos();
    }

    /** Takes a place for an accepted connection; {@link #release} gives it back. */
    public synchronized boolean admit(InetAddress from, Accept limits) {
        long now = ticker.nanos();
        tokens = Math.min(limits.perSecond(), tokens + (now - refilledNanos) / NANOS_PER_SECOND * limits.perSecond());
        refilledNanos = now;
        if (tokens < 1) {
            counters.refusedByRate.increment();
            return false;
        }
        if (pendingByAddress.getOrDefault(from, 0) >= limits.maxPendingPerAddress()) {
            counters.refusedPending.increment();
            return false;
        }
        tokens--;
        pendingByAddress.merge(from, 1, Integer::sum);
        return true;
    }

    /** The handshake of an admitted connection is over. */
    public synchronized void release(InetAddress from) {
        pendingByAddress.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
    }

    /** A connection begins its handshake. */
    void add(LiveConnection connection, int maxPending) {
        all.add(connection);
        if (!connection.dialled()) {
            LiveConnection oldest = null;
            synchronized (this) {
                accepting.add(connection);
                if (accepting.size() > maxPending) {
                    oldest = accepting.iterator().next();
                    accepting.remove(oldest);
                }
            }
            if (oldest != null) {
                counters.gaveWay.increment();
                oldest.giveWay();
            }
        }
    }

    /** Its handshake is over, well or not. */
    synchronized void settled(LiveConnection connection) {
        if (!connection.dialled()) {
            accepting.remove(connection);
            release(connection.remoteIp());
        }
    }

    synchronized void remove(LiveConnection connection) {
        all.remove(connection);
        notifyAll();
    }

    /** Closes all, leaving those that say goodbye a moment to do so. Blocks. */
    public void closeAll() {
        all.forEach(LiveConnection::finish);
        Uninterrupted.await(ticker, GOODBYE_MILLIS, this::awaitNone);
        all.forEach(LiveConnection::abort);
    }

    private synchronized boolean awaitNone(long nanos) throws InterruptedException {
        long deadline = ticker.nanos() + nanos;
        for (long left = nanos; left > 0 && !all.isEmpty(); left = deadline - ticker.nanos()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return all.isEmpty();
    }

    public Collection<LiveConnection> all() {
        return all;
    }
}
