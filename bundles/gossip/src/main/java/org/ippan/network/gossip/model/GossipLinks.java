// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.codec.PayloadCodecs;

/** The links that are up. Reading is one volatile read; changes are rare. */
public final class GossipLinks {

    private static final GossipLink[] NONE = {};

    private final BitSet slots = new BitSet();
    private volatile GossipLink[] all = NONE;
    private volatile int codec;

    /** The links, in order of their coming; not to be changed. */
    public GossipLink[] all() {
        return all;
    }

    /** A number for a link, unique while the link is up; small, so that sets of links are bits. */
    public synchronized int takeSlot() {
        int slot = slots.nextClearBit(0);
        slots.set(slot);
        return slot;
    }

    /** A number is to be used again. */
    public synchronized void freeSlot(int slot) {
        slots.clear(slot);
    }

    /** A link came up. */
    public synchronized void add(GossipLink link) {
        List<GossipLink> links = new ArrayList<>(List.of(all));
        links.add(link);
        set(links);
    }

    /** A link ended. */
    public synchronized void remove(GossipLink link) {
        List<GossipLink> links = new ArrayList<>(List.of(all));
        links.remove(link);
        set(links);
    }

    private void set(List<GossipLink> links) {
        codec = knownTo(links, PayloadCodec.ZSTD) >= Math.max(1, knownTo(links, PayloadCodec.DEFLATE))
                ? PayloadCodec.ZSTD : knownTo(links, PayloadCodec.DEFLATE) > 0 ? PayloadCodec.DEFLATE : 0;
        // Last: a publisher that waited for a link finds its codec too.
        all = links.toArray(NONE);
    }

    private static long knownTo(List<GossipLink> links, int codec) {
        return links.stream().filter(link -> PayloadCodecs.contains(link.codecs(), codec)).count();
    }

    /** The codec most links know, zstd if as many know it as deflate: it is faster and smaller. 0 if there is none. */
    public int codec() {
        return codec;
    }
}
