// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.ippan.network.api.settings.SettingDescription.word;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.reputation.saved.HandBans;

/**
 * Where a peer is warned, banned or let in again. Flags and bans by hand change under this object's lock, so each
 * decision is told once and in order; records that decide nothing never come here. Under the lock nothing else is
 * locked. Listeners are called by the executor: a slow one delays other decisions, never a message.
 */
public final class Decisions {

    /** Decisions waiting to be told; what goes beyond is counted, not kept. */
    private static final int MOST_WAITING = 10_000;

    private final HandBans byHand;
    private final Executor executor;
    private final Consumer<NetworkEvent> events;
    private final Consumer<String> warn;
    private final AtomicInteger waiting = new AtomicInteger();
    private long warnings;
    private long bans;
    private long pardons;

    Decisions(HandBans byHand, Executor executor, Consumer<NetworkEvent> events, Consumer<String> warn) {
        this.byHand = byHand;
        this.executor = executor;
        this.events = events;
        this.warn = warn;
    }

    /** Changes an entry's word and tells what changed flags mean. False if the word was not the old one any more. */
    synchronized boolean cross(PeerStanding entry, long old, long next, Cause cause) {
        if (!entry.compareAndSet(old, next)) {
            return false;
        }
        if (byHand.lists(entry.id())) {
            return true;
        }
        long changed = old ^ next;
        String score = "score " + StandingWord.written(next)
                + (cause == null ? "" : " after " + word(cause).replace('-', ' '));
        if ((changed & StandingWord.BANNED) != 0) {
            boolean banned = (next & StandingWord.BANNED) != 0;
            tell(banned ? EventType.PEER_BANNED : EventType.PEER_PARDONED, entry.id(), score);
        } else if ((next & StandingWord.WARNED) != 0) {
            tell(EventType.PEER_WARNED, entry.id(), score);
        }
        return true;
    }

    /** Bans by hand; {@code entry} is the peer's, or null. */
    synchronized void ban(PeerId peer, PeerEntry entry, int sinceSeconds, long nanos, String reason) {
        boolean before = byHand.lists(peer) || entry != null && entry.flaggedBanned();
        byHand.add(peer, sinceSeconds, nanos, reason);
        if (!before) {
            tell(EventType.PEER_BANNED, peer, "by hand: " + reason);
        }
    }

    /** Ends any ban of a peer; {@code entry} is the peer's, or null. */
    synchronized boolean pardon(PeerId peer, PeerEntry entry) {
        boolean byScore = entry != null && entry.banned();
        if (!byHand.holds(peer) && !byScore) {
            return false;
        }
        byHand.remove(peer);
        if (entry != null) {
            entry.forgive();
        }
        tell(EventType.PEER_PARDONED, peer, "by hand");
        return true;
    }

    /** Forgets a peer's ban by hand after its entry is gone; {@code byScore} says whether that was banned. */
    synchronized void forget(PeerId peer, boolean byScore) {
        if (byHand.remove(peer) || byScore) {
            tell(EventType.PEER_PARDONED, peer, "forgotten by hand");
        }
    }

    /** Ends a ban by hand whose time is over; {@code entry} is the peer's, or null. */
    synchronized void expire(PeerId peer, PeerEntry entry) {
        if (byHand.expire(peer) && (entry == null || !entry.flaggedBanned())) {
            tell(EventType.PEER_PARDONED, peer, "the ban by hand is over");
        }
    }

    /** Forgets all bans by hand and begins to count anew. */
    synchronized void reset() {
        byHand.clear();
        warnings = 0;
        bans = 0;
        pardons = 0;
    }

    synchronized long warnings() {
        return warnings;
    }

    synchronized long bans() {
        return bans;
    }

    synchronized long pardons() {
        return pardons;
    }

    private void tell(EventType type, PeerId peer, String why) {
        String what = switch (type) {
            case PEER_WARNED -> {
                warnings++;
                yield " is warned: ";
            }
            case PEER_BANNED -> {
                bans++;
                yield " is banned: ";
            }
            default -> {
                pardons++;
                yield " is let in again: ";
            }
        };
        send(NetworkEvent.of(type, peer, "peer " + peer.shortForm() + what + why));
    }

    private void send(NetworkEvent event) {
        int ahead = waiting.getAndIncrement();
        if (ahead >= MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        if (ahead == MOST_WAITING - 1) {
            warn.accept(MOST_WAITING + " decisions wait to be told, further ones are not told: saving the scores takes"
                    + " too long");
        }
        try {
            executor.execute(() -> {
                waiting.decrementAndGet();
                events.accept(event);
            });
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet(); // stopping: no listener is left
        }
    }
}
