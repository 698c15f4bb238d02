// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.ippan.network.api.gossip.Verdict;

/**
 * One message with all this node knows about it: what listeners are given, what the cache keeps, and the frames all
 * links share. One object instead of four, because there is one for each message of the network.
 */
final class HeldMessage extends CarriedMessage {

    private static final AtomicIntegerFieldUpdater<HeldMessage> HOLDS =
            AtomicIntegerFieldUpdater.newUpdater(HeldMessage.class, "holds");
    /** Links whose peers are known to have it, because they sent or announced it. */
    final LinkSet known = new LinkSet();
    /** Links whose queue took it. */
    final LinkSet sent = new LinkSet();

    private final boolean solicited;

    /** Null while it is being validated. */
    private volatile Verdict verdict;
    private volatile PublishTracker tracker;
    /** The link it was asked of when it came by another; null for most. */
    private volatile GossipLink askedOf;
    private volatile int holds;
    /** Who else delivered it before the verdict; null for most. Guarded by this. */
    private List<GossipLink> deliverers;
    /** Links it is owed to; confined to the relay. */
    private LinkSet owed;
    /** How often it was served, by slot; null until it is. Confined to the relay. */
    private byte[] served = {};

    /** A message that came by a link. */
    HeldMessage(IdKey id, Content content, MessageHeader header, GossipLink from, long nowNanos) {
        super(id, content, header, from, nowNanos);
        this.solicited = header.solicited;
        known.add(from.slot());
    }

    /** A message this node publishes. */
    HeldMessage(IdKey id, Content content, long nowNanos) {
        super(id, content, nowNanos);
        this.solicited = false;
        this.verdict = Verdict.ACCEPT;
    }

    /** What is remembered of a rejected message. */
    HeldMessage rejectedStub() {
        HeldMessage stub = new HeldMessage(this, new Content(topic(), new byte[0], null, priority(), nonce()),
                bornNanos());
        stub.verdict = Verdict.REJECT;
        return stub;
    }

    Verdict verdict() {
        return verdict;
    }

    /** The verdict, once; afterwards whoever delivers it hears it from {@link #deliveredAlsoBy}. */
    synchronized List<GossipLink> decide(Verdict decision) {
        verdict = decision;
        List<GossipLink> others = deliverers == null ? List.of() : deliverers;
        deliverers = null;
        return others;
    }

    /** Notes another deliverer. Whether it is known already that the message was rejected. */
    boolean deliveredAlsoBy(GossipLink link) {
        if (verdict == null) {
            synchronized (this) {
                if (verdict == null) {
                    deliverers = deliverers == null ? new ArrayList<>() : deliverers;
                    if (!deliverers.contains(link)) {
                        deliverers.add(link);
                    }
                    return false;
                }
            }
        }
        return verdict == Verdict.REJECT;
    }

    /** Whether it came because it was asked for: then others that bring it are no worse than who did. */
    boolean wasSolicited() {
        return solicited;
    }

    void alsoAskedOf(GossipLink link) {
        askedOf = link;
    }

    /** Whether a copy that comes by the link is the answer to a request of this node. */
    boolean wasAskedOf(GossipLink link) {
        return askedOf == link;
    }

    PublishTracker tracker() {
        return tracker;
    }

    void track(PublishTracker whoeverWaits) {
        tracker = whoeverWaits;
    }

    /** A peer showed that it has the message: nothing is sent to it any more, and it counts as one that took it. */
    void knownTo(int slot) {
        known.add(slot);
        PublishTracker waiting = tracker;
        if (waiting != null) {
            waiting.taken(slot);
        }
    }

    /** Keeps room for it in the validation queue until {@link #release} was called as often. */
    void hold() {
        if (HOLDS.getAndIncrement(this) == 0) {
            from.share().take(cost());
        }
    }

    void release() {
        if (HOLDS.decrementAndGet(this) == 0) {
            from.share().giveBack(cost());
        }
    }

    /** Whether it was not owed to the link before. Confined to the relay, as is all below. */
    boolean owe(int slot) {
        if (owed == null) {
            owed = new LinkSet();
        }
        return owed.add(slot);
    }

    boolean settle(int slot) {
        return owed != null && owed.remove(slot);
    }

    boolean isOwed(int slot) {
        return owed != null && owed.has(slot);
    }

    /** Counts a request. Whether it may be served to the link once more. */
    boolean serve(int slot, int limit) {
        if (slot >= served.length) {
            served = Arrays.copyOf(served, slot + 1);
        }
        if (served[slot] >= limit) {
            return false;
        }
        served[slot]++;
        return true;
    }

    /** What was served was not sent after all: it does not count. */
    void notServed(int slot) {
        if (slot < served.length && served[slot] > 0) {
            served[slot]--;
        }
    }

    /** Forgets everything about a link that is gone, before another gets its slot. */
    void forget(int slot) {
        known.remove(slot);
        sent.remove(slot);
        settle(slot);
        if (slot < served.length) {
            served[slot] = 0;
        }
    }
}
