// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.peers.settings.Failures;

/**
 * Counts failed handshakes by address prefix. A prefix with too many in a minute is blocked for a while: then few
 * connections from there are let in, and a peer that failed is heard once a minute only. An address says little about
 * who is there, so any other peer behind it may still show who it is. Both tables are bounded: the oldest entry gives
 * way. Recording and unblocking are confined to one thread, asking is safe for any.
 */
public final class AddressGuard {

    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MAX_ENTRIES = 4096;
    private static final int MAX_SHOWN = 256;

    private final Ticker ticker;
    private final Supplier<Failures> limits;
    private final Map<Prefix, Count> counts = new LinkedHashMap<>();
    private final Map<Prefix, Block> blocked = new ConcurrentHashMap<>();

    /** Failures since the window began. */
    private record Count(int failures, long since) {
    }

    /** Nothing has failed; the limits are asked for each time. */
    public AddressGuard(Ticker ticker, Supplier<Failures> limits) {
        this.ticker = ticker;
        this.limits = limits;
    }

    /**
     * A handshake with a peer there failed.
     *
     * @param peer which it is, or null if it did not come so far
     * @return whether that was once too often, and the block begins
     */
    public boolean failed(InetAddress address, PeerId peer) {
        Prefix prefix = Prefix.host(address);
        long now = ticker.nanos();
        Block block = blocked.get(prefix);
        if (block != null && !isOver(block, now)) {
            block.failed(peer, now);
            return false;
        }
        Count old = counts.remove(prefix);
        Count count = old == null || now - old.since >= WINDOW_NANOS ? new Count(1, now)
                : new Count(old.failures + 1, old.since);
        if (count.failures > limits.get().perMinute()) {
            makeRoom(now);
            Block begun = new Block(now);
            begun.failed(peer, now);
            blocked.put(prefix, begun);
            return true;
        }
        counts.put(prefix, count);
        if (counts.size() > MAX_ENTRIES) {
            counts.remove(counts.keySet().iterator().next());
        }
        return false;
    }

    private void makeRoom(long now) {
        blocked.values().removeIf(block -> isOver(block, now));
        while (blocked.size() >= MAX_ENTRIES) {
            blocked.remove(blocked.keySet().iterator().next());
        }
    }

    private boolean isOver(Block block, long now) {
        return remaining(block, now) <= 0;
    }

    private long remaining(Block block, long now) {
        return block.since + limits.get().blockNanos() - now;
    }

    /** Hears a prefix again, and forgets its failures; whether it was blocked. */
    public boolean unblock(Prefix prefix) {
        counts.remove(prefix);
        Block block = blocked.remove(prefix);
        return block != null && !isOver(block, ticker.nanos());
    }

    /** Whether one more connection from there is let in now. */
    public boolean admits(InetAddress address) {
        Block block = find(address);
        return block == null || block.admits(ticker.nanos());
    }

    /** How long a peer there is not heard, since it failed just before; 0 if it is. */
    public long refusedNanos(InetAddress address, PeerId peer) {
        Block block = find(address);
        long now = ticker.nanos();
        return block == null ? 0 : Math.max(0, Math.min(remaining(block, now), block.refusedNanos(peer, now)));
    }

    /** The blocked prefixes, some of them if they are many. */
    public List<BlockedPrefix> blocked() {
        long now = ticker.nanos();
        return blocked.entrySet().stream().filter(entry -> !isOver(entry.getValue(), now)).limit(MAX_SHOWN)
                .map(entry -> new BlockedPrefix(entry.getKey().toString(),
                        TimeUnit.NANOSECONDS.toSeconds(remaining(entry.getValue(), now)), entry.getValue().peers()))
                .sorted(Comparator.comparing(BlockedPrefix::prefix)).toList();
    }

    private Block find(InetAddress address) {
        Block block = blocked.isEmpty() ? null : blocked.get(Prefix.host(address));
        return block == null || isOver(block, ticker.nanos()) ? null : block;
    }

    /** What is still let in from a blocked prefix. */
    private static final class Block {

        private static final int CONNECTIONS_A_SECOND = 10;
        private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
        /** A peer that failed may have been given the right key meanwhile. */
        private static final long NEXT_TRY_NANOS = TimeUnit.MINUTES.toNanos(1);
        private static final int MAX_PEERS = 64;

        private final long since;
        private final Map<PeerId, Long> failedAt = new LinkedHashMap<>();
        private long second;
        private int admitted;

        Block(long since) {
            this.since = since;
        }

        synchronized int peers() {
            return failedAt.size();
        }

        synchronized boolean admits(long now) {
            if (now - second >= SECOND_NANOS) {
                second = now;
                admitted = 0;
            }
            admitted++;
            return admitted <= CONNECTIONS_A_SECOND;
        }

        synchronized void failed(PeerId peer, long now) {
            if (peer != null) {
                failedAt.remove(peer);
                failedAt.put(peer, now);
                if (failedAt.size() > MAX_PEERS) {
                    failedAt.remove(failedAt.keySet().iterator().next());
                }
            }
        }

        synchronized long refusedNanos(PeerId peer, long now) {
            Long last = failedAt.get(peer);
            return last == null ? 0 : last + NEXT_TRY_NANOS - now;
        }
    }
}
