// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The links that are up. Reading is one volatile read; changes are rare. */
final class Links {

    private static final GossipLink[] NONE = {};

    private final BitSet slots = new BitSet();
    private volatile GossipLink[] all = NONE;

    /** The links, in order of their coming; not to be changed. */
    GossipLink[] all() {
        return all;
    }

    /** A number for a link, unique while the link is up; small, so that sets of links are bits. */
    synchronized int takeSlot() {
        int slot = slots.nextClearBit(0);
        slots.set(slot);
        return slot;
    }

    synchronized void freeSlot(int slot) {
        slots.clear(slot);
    }

    synchronized void add(GossipLink link) {
        List<GossipLink> links = new ArrayList<>(List.of(all));
        links.add(link);
        all = links.toArray(NONE);
    }

    synchronized void remove(GossipLink link) {
        List<GossipLink> links = new ArrayList<>(List.of(all));
        links.remove(link);
        all = links.toArray(NONE);
    }
}
