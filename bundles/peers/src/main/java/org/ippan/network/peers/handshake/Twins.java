// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.handshake;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;

/**
 * Recognises two living nodes with one identity, as where a key file was copied. Each start of a node has an instance
 * id of its own, so one whose link was given to a newer instance and that comes back was alive all the time. Bounded:
 * the peer not heard of for longest gives way. Changed by the deciding thread, read by any.
 */
public final class Twins {

    private static final int FIRST_WAIT_SECONDS = 10;
    private static final int LAST_WAIT_SECONDS = (int) TimeUnit.MINUTES.toSeconds(10);
    private static final int MAX_DOUBLINGS = 6;
    /** Longer than the longest wait: while both live, the news is not older. */
    private static final long NEWS_NANOS = TimeUnit.MINUTES.toNanos(15);
    private static final int MAX_PEERS = 1024;
    private static final int MAX_INSTANCES = 8;
    private static final int MAX_SHOWN = 8;

    private final Ticker ticker;
    private final Map<PeerId, Twin> peers = new ConcurrentHashMap<>();
    private volatile Sighting own;

    /** What is known of a peer: its instances that were replaced, oldest first, and where two were seen to live. */
    private record Twin(List<Long> replaced, int refused, String where, long at) {
    }

    /** Another node showed this node's identity, or a peer told of one. */
    private record Sighting(String where, long at) {
    }

    public Twins(Ticker ticker) {
        this.ticker = ticker;
    }

    /** A link was given to a newer instance of its peer. */
    void replaced(PeerId peer, long instance) {
        Twin old = known(peer);
        List<Long> replaced = new ArrayList<>(old.replaced);
        replaced.remove(instance);
        replaced.add(instance);
        if (replaced.size() > MAX_INSTANCES) {
            replaced.remove(0);
        }
        put(peer, new Twin(List.copyOf(replaced), old.refused, old.where, ticker.nanos()));
    }

    /** Whether this instance had to give way before. */
    boolean returns(PeerId peer, long instance) {
        return known(peer).replaced.contains(instance);
    }

    /** Two instances live; gives for how many seconds the one that came second is sent away: longer each time. */
    int refused(PeerId peer, String where) {
        Twin old = known(peer);
        int refused = old.where.isEmpty() || isOld(old.at) ? 0 : Math.min(MAX_DOUBLINGS, old.refused + 1);
        put(peer, new Twin(old.replaced, refused, where, ticker.nanos()));
        return Math.min(LAST_WAIT_SECONDS, FIRST_WAIT_SECONDS << refused);
    }

    private Twin known(PeerId peer) {
        return peers.getOrDefault(peer, new Twin(List.of(), 0, "", ticker.nanos()));
    }

    private void put(PeerId peer, Twin twin) {
        peers.put(peer, twin);
        if (peers.size() > MAX_PEERS) {
            peers.entrySet().stream().min(Comparator.comparing(entry -> entry.getValue().at))
                    .ifPresent(oldest -> peers.remove(oldest.getKey()));
        }
    }

    private boolean isOld(long at) {
        return ticker.nanos() - at >= NEWS_NANOS;
    }

    /** Another living node has this node's identity: it was met there, or a peer there says so. */
    public void own(String where) {
        own = new Sighting(where, ticker.nanos());
    }

    /** Who shows this node's identity too, or says that another node does; empty if that is no news. */
    public String own() {
        Sighting last = own;
        return last == null || isOld(last.at) ? "" : last.where;
    }

    /** Peers of which two instances live, some of them if they are many. */
    public String shared() {
        return peers.entrySet().stream().filter(entry -> !entry.getValue().where.isEmpty()
                        && !isOld(entry.getValue().at))
                .map(entry -> entry.getKey().shortForm() + " at " + entry.getValue().where).sorted().limit(MAX_SHOWN)
                .collect(Collectors.joining("; "));
    }
}
