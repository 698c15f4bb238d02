// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.concurrent.TimeUnit;

/** What the relay remembers about one link. Confined to the relay's thread but for {@link #isHeld}. */
final class LinkState {

    private static final int MAX_TO_ANNOUNCE = 4096;
    private static final long FIRST_DIGEST = TimeUnit.SECONDS.toNanos(30);
    private static final long FETCHING = TimeUnit.SECONDS.toNanos(5);
    /** How long a peer may go on fetching, with pauses, before it does so too often; and the most that is counted. */
    private static final long FETCHING_ALLOWED = TimeUnit.SECONDS.toNanos(15);
    private static final long MAX_FETCHING = 2 * FETCHING_ALLOWED;
    /** Time without that makes up for one spent fetching. */
    private static final int FETCHING_REGAINED = 4;
    /** Most ids a second asked of one peer, below the 20 000 it allows. */
    private static final int ASKED_PER_SECOND = 15_000;

    /** Messages to be announced, oldest first. */
    final LinkedHashSet<HeldMessage> toAnnounce = new LinkedHashSet<>();
    /** What is left of the digest under way, newest first. */
    final ArrayDeque<HeldMessage> digest = new ArrayDeque<>();
    /** Messages the peer asked for, to be sent as the queue has room. */
    final ArrayDeque<HeldMessage> toServe = new ArrayDeque<>();
    /** Ids this peer announced that are to be asked for when there is room, in order. */
    final LinkedHashSet<Want> starved = new LinkedHashSet<>();
    /** Ids asked of this peer, a second's worth at a time. */
    final RateLimit asking;

    /** When the next digest may begin, and when one is to be sent to a lazy link in any case. */
    long digestAllowedAt;
    long nextDigestAt;
    /** Whether a digest is due, how far back it is to reach, and whether it is to name what was sent already. */
    boolean digestDue;
    long digestNanos;
    boolean digestFull;
    /** Requests outstanding, and the bytes they were announced with. */
    int requested;
    long requestedBytes;
    /** Requests in a row that brought nothing. */
    int unanswered;
    /** Ids of this peer in the table of wanted ones. */
    int wants;
    /** Whether the peer was told to announce instead of sending, and when last. */
    boolean throttled;
    long throttledAt;
    /** When its share of the room was last half free. */
    long calmAt;
    /** Whether its queue is congested or it takes announcements only, and since when that is so or is not. */
    boolean troubled;
    /** When either end took the link into the tree because something was missing. Read by any thread. */
    volatile long graftedAt;
    long troubleChangedAt;

    /** Messages announced instead of sent, oldest first. Those fetched meanwhile leave when they reach the head. */
    private final ArrayDeque<HeldMessage> owed = new ArrayDeque<>();
    private final int slot;
    private long owedBytes;
    /** How long the peer has been fetching lately, when that was last counted, and whether it was then. */
    private long fetchingNanos;
    private long fetchingCountedAt;
    private boolean wasFetching;
    /** Until when the peer has no room for bodies, or when it last had room again. Read by any thread. */
    private volatile long heldUntil;

    LinkState(int slot, long nowNanos) {
        this.slot = slot;
        this.calmAt = nowNanos;
        this.heldUntil = nowNanos - FETCHING;
        this.troubleChangedAt = nowNanos;
        this.graftedAt = nowNanos - TimeUnit.HOURS.toNanos(1);
        this.fetchingCountedAt = nowNanos;
        this.digestAllowedAt = nowNanos;
        this.nextDigestAt = nowNanos + FIRST_DIGEST;
        this.asking = new RateLimit(ASKED_PER_SECOND, nowNanos);
    }

    /**
     * Puts a message into the announcement set; the oldest leaves when it is full.
     *
     * @param message to be announced
     * @param instead whether in place of its body, which the peer would have been sent: then it is owed
     * @return whether another left
     */
    boolean announce(HeldMessage message, boolean instead) {
        toAnnounce.add(message);
        boolean full = toAnnounce.size() > MAX_TO_ANNOUNCE;
        if (full) {
            Iterator<HeldMessage> oldest = toAnnounce.iterator();
            oldest.next();
            oldest.remove();
        }
        if (instead && message.owe(slot)) {
            owed.add(message);
            owedBytes += message.cost();
        }
        return full;
    }

    /** The peer has the message, or it is gone: nothing is owed any more. */
    void settle(HeldMessage message) {
        if (message.settle(slot)) {
            owedBytes -= message.cost();
        }
    }

    /** The peer asked for a message: older ones it did not ask for it has from elsewhere. */
    void settleBefore(long bornNanos) {
        while (!owed.isEmpty() && owed.peek().bornNanos() - bornNanos < 0) {
            settle(owed.remove());
        }
    }

    /** The peer has no room for bodies until then, unless it says otherwise before. */
    void hold(long untilNanos) {
        heldUntil = untilNanos;
    }

    /** The peer has room for bodies. */
    void release(long nowNanos) {
        if (isHeld(nowNanos)) {
            heldUntil = nowNanos;
        }
    }

    /** Whether the peer has no room for bodies: it fetches what it wants. Any thread. */
    boolean isHeld(long nowNanos) {
        return nowNanos - heldUntil < 0;
    }

    /** Whether the peer has no room for bodies, or has had no time yet to fetch the rest since it has. */
    boolean isFetching(long nowNanos) {
        return nowNanos - heldUntil < FETCHING;
    }

    /** Counts the time the peer is fetching; however often it says that it has room, and again that it has none. */
    void countFetching(long nowNanos) {
        long passed = nowNanos - fetchingCountedAt;
        fetchingNanos = wasFetching ? Math.min(MAX_FETCHING, fetchingNanos + passed)
                : Math.max(0, fetchingNanos - passed / FETCHING_REGAINED);
        fetchingCountedAt = nowNanos;
        wasFetching = isFetching(nowNanos);
    }

    /** Whether the peer is fetching once more and did little else lately. */
    boolean isFetchingTooOften() {
        return wasFetching && fetchingNanos >= FETCHING_ALLOWED;
    }

    /** The peer has had time to fetch what it wants: the rest it has from elsewhere. */
    void settleAll() {
        while (!owed.isEmpty()) {
            settle(owed.remove());
        }
    }

    /** Bytes of messages the peer was told of and has not fetched. */
    long owedBytes() {
        return owedBytes;
    }

    /** How long the oldest of them has been waiting. */
    long owedNanos(long nowNanos) {
        while (!owed.isEmpty() && (!owed.peek().isOwed(slot) || owed.peek().known.has(slot))) {
            settle(owed.remove());
        }
        return owed.isEmpty() ? 0 : nowNanos - owed.peek().bornNanos();
    }
}
