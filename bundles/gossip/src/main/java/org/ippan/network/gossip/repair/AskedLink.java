// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.rate.RateLimit;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.Room;
import org.ippan.network.gossip.wire.IdKey;

/** What is asked of one peer, and what is to be. Confined to the relay's thread. */
final class AskedLink {

    private static final long MAX_REQUESTED_BYTES = 8L << 20;
    /** Most ids a second asked of one peer, below the 20 000 it allows by default. */
    private static final int ASKED_PER_SECOND = 15_000;
    /** So many promises in a row that are not kept are more than a loss, or a peer that is late for a moment. */
    private static final int TOLERATED = 256;
    /** A peer that is late and not lying must not be banned before it is level again. */
    private static final long BLAME_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    final GossipLink link;
    /** Ids this peer announced that are to be asked for when there is room, in order. */
    final Set<IdKey> starved = new LinkedHashSet<>();
    /** What it is asked for and did not come yet. */
    final Set<Want> asked = new LinkedHashSet<>();
    /** Requests outstanding, and the bytes they were announced with. */
    int requested;
    long requestedBytes;
    /** What this peer was the first to announce and what did not come yet, oldest first. */
    final Set<Want> promised = new LinkedHashSet<>();
    /** Requests in a row that were not answered in time. */
    int unkept;
    private final RateLimit asking;
    private long blamedAt;

    AskedLink(GossipLink link, long nowNanos) {
        this.link = link;
        this.asking = new RateLimit(() -> ASKED_PER_SECOND, nowNanos);
        this.blamedAt = nowNanos;
    }

    /** Whether a message of this length may be asked of the peer now, which may have so many to answer at once. */
    boolean mayAsk(int length, int atOnce, long now) {
        if (requested >= atOnce || requested > 0 && requestedBytes + length > MAX_REQUESTED_BYTES) {
            return false;
        }
        if (link.isPaused()) {
            Room.Share share = link.share();
            boolean fits = requested < share.freeMessages() && requestedBytes + length <= share.freeBytes();
            if (!fits && (requested > 0 || share.messagesHeld() > 0)) {
                return false;
            }
        }
        return asking.allow(1, now);
    }

    /** Whether the peer goes on announcing and serves nothing of what it is asked for; true once in 5 s. */
    boolean breaksPromises(long now) {
        if (unkept < TOLERATED || now - blamedAt < BLAME_PAUSE_NANOS) {
            return false;
        }
        unkept = 0;
        blamedAt = now;
        return true;
    }
}
