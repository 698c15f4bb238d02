// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;

/**
 * A message that waits for its verdict, or behind one that does. It is in no log meanwhile, so that it knows all that
 * stands in one. Safe for any thread.
 */
public final class JudgedMessage extends HeldMessage {

    /** Null if it came as it is. */
    private final Packed packed;
    private final long number;
    /** Null if it has none. */
    private final byte[] seal;
    private final long bornMillis;
    private final boolean solicited;
    /** Null while it is being validated. */
    private volatile Verdict verdict;
    /** Where it waits to be judged or delivered; who hands it on, hands this on too. */
    private Room.Share waitsIn;
    /** Who else delivered it meanwhile; null for most. Guarded by this. */
    private List<GossipLink> deliverers;

    /**
     * A message that came.
     *
     * @param payload as it was published
     * @param packed as it came, if that is different, or null
     */
    public JudgedMessage(IdKey id, MessageHeader header, byte[] payload, Packed packed, GossipLink from,
            long bornMillis) {
        super(id, header, payload, from);
        this.packed = packed;
        this.number = header.number;
        this.seal = header.seal;
        this.bornMillis = bornMillis;
        this.solicited = header.solicited;
    }

    /** The compressed form it came in; null if it came as it is. */
    public Packed packed() {
        return packed;
    }

    /** Who published it, and when, as it came; null if it did not say. */
    public byte[] seal() {
        return seal;
    }

    /** The number its publisher gave it: neighbours that miss messages ask for what comes after a number. */
    public long number() {
        return number;
    }

    /** When it was zero milliseconds old, in milliseconds of the ticker. */
    public long bornMillis() {
        return bornMillis;
    }

    /** Both forms of a compressed payload are held. */
    @Override
    public int cost() {
        return super.cost() + (packed == null ? 0 : packed.bytes().length);
    }

    /** What validators said; null while it is being validated. */
    public Verdict verdict() {
        return verdict;
    }

    /** The verdict, once. Who else delivered it before that. */
    public synchronized List<GossipLink> decide(Verdict decision) {
        verdict = decision;
        return deliverers == null ? List.of() : List.copyOf(deliverers);
    }

    /** Notes another deliverer, unless it is not accepted. Whether it was not known before. */
    public synchronized boolean deliveredAlsoBy(GossipLink link) {
        if (verdict != null && verdict != Verdict.ACCEPT || deliverers != null && deliverers.contains(link)) {
            return false;
        }
        deliverers = deliverers == null ? new ArrayList<>() : deliverers;
        return deliverers.add(link);
    }

    /** The links known to have it, a bit each: who brought it, and who else did meanwhile. */
    public synchronized long known() {
        long known = bit(from);
        if (deliverers != null) {
            for (GossipLink link : deliverers) {
                known |= bit(link);
            }
        }
        return known;
    }

    /** The bit of a link that ended while this waited may be that of another by now. */
    private static long bit(GossipLink link) {
        return link.isUp() ? link.bit() : 0;
    }

    /** Whether it came because it was asked for: then others that bring it are no worse than who did. */
    public boolean wasSolicited() {
        return solicited;
    }

    /** Waits in a room from now on, and no longer in the one before. */
    public void enter(Room.Share share) {
        share.take(cost());
        leave();
        waitsIn = share;
    }

    /** Waits no longer. */
    public void leave() {
        Room.Share before = waitsIn;
        waitsIn = null;
        if (before != null) {
            before.giveBack(cost());
        }
    }
}
