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

    private static final long GOODBYE_MILLIS = 500;

    private final Ticker ticker;
    private final Counters counters;
    private final Set<LiveConnection> all = ConcurrentHashMap.newKeySet();
    private final Set<LiveConnection> accepting = new LinkedHashSet<>();
    private final Map<Object, Integer> pendingByPlace = new HashMap<>();
    private final AcceptBudget budget = new AcceptBudget();

    public Connections(Ticker ticker, Counters counters) {
        this.ticker = ticker;
        this.counters = counters;
    }

    /** Takes a place for an accepted connection; {@link #release} gives it back. */
    public synchronized boolean admit(InetAddress from, Accept limits) {
        Object place = AcceptBudget.place(from);
        if (pendingByPlace.getOrDefault(place, 0) >= limits.maxPendingPerAddress()) {
            counters.refusedPending.increment();
            return false;
        }
        if (!budget.take(place, limits.perSecond(), ticker.nanos())) {
            counters.refusedByRate.increment();
            return false;
        }
        pendingByPlace.merge(place, 1, Integer::sum);
        return true;
    }

    /**
     * Takes a place for a connection that a trusted proxy opened, if there is any; {@link #release} gives it back. All
     * peers behind it come from there, so its share is no measure: {@link #admit} judges each by where he really is.
     */
    public synchronized boolean admitProxy(InetAddress from, Accept limits) {
        if (!budget.hasRoom(limits.perSecond(), ticker.nanos())) {
            counters.refusedByRate.increment();
            return false;
        }
        pendingByPlace.merge(AcceptBudget.place(from), 1, Integer::sum);
        return true;
    }

    /** The handshake of an admitted connection is over. */
    public synchronized void release(InetAddress from) {
        pendingByPlace.computeIfPresent(AcceptBudget.place(from), (place, count) -> count == 1 ? null : count - 1);
    }

    /** A connection begins its handshake. */
    void add(LiveConnection connection, int maxPending) {
        all.add(connection);
        if (!connection.dialled()) {
            LiveConnection oldest = null;
            synchronized (this) {
                accepting.add(connection);
                if (accepting.size() > maxPending) {
                    oldest = firstToGo();
                    accepting.remove(oldest);
                }
            }
            if (oldest != null) {
                counters.gaveWay.increment();
                oldest.giveWay();
            }
        }
    }

    /** The oldest from where this node reached no peer before; if there is none, the oldest. */
    private LiveConnection firstToGo() {
        return accepting.stream().filter(one -> !budget.isKnown(AcceptBudget.place(one.remoteIp()))).findFirst()
                .orElseGet(() -> accepting.iterator().next());
    }

    /** Its handshake is over, well or not. Only where this node dials is it sure that no stranger chose the place. */
    synchronized void settled(LiveConnection connection, boolean well) {
        if (well && connection.dialled()) {
            budget.reached(AcceptBudget.place(connection.remoteIp()));
        }
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
