// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.MessageCodec;

/** Decides whether a message may be given to a link at all: sent, announced or served. Safe for any thread. */
public final class Carriage {

    /** Hops of what came from a peer that had it from its publisher. */
    private static final int VIA_NEIGHBOUR = 2;

    private static final int PRIORITIES = Priority.values().length;

    private final GossipContext context;
    private final GossipLink link;
    /** After which number of each publisher, by link and priority, the peer has its messages from it. */
    private volatile long[] servedAfter = new long[Long.SIZE * PRIORITIES];

    Carriage(GossipContext context, GossipLink link) {
        this.context = context;
        this.link = link;
    }

    /**
     * The peer gets what this publisher publishes after these numbers, by priority, from it. What came before, while
     * they were not linked, it may lack. To be told before {@link GossipLink#served(long)} says so, and ignored once it
     * does; one thread at a time.
     */
    public void servedAfter(GossipLink publisher, long[] numbers) {
        if (publisher.bit() != 0 && (link.served() & publisher.bit()) == 0) {
            long[] all = servedAfter.clone();
            System.arraycopy(numbers, 0, all, publisher.slot() * PRIORITIES, PRIORITIES);
            servedAfter = all;
        }
    }

    /** Whether the peer may be given an entry of a pinned segment. */
    public boolean carries(Segment segment, int entry) {
        int body = segment.offset(entry) + FrameType.HEADER_LENGTH;
        byte[] data = segment.data();
        return segment.log().source() != link && (data[body] & 0xFF) <= context.settings().maxHops()
                && (segment.log().isOwn() || context.settings().relayMode() != RelayMode.DIRECT)
                && MessageCodec.rawLength(data, body) <= link.maxMessageBytes();
    }

    /** Whether it is this node that has to see that the peer gets an entry, or a copy of it from others. */
    public boolean concerns(Segment segment, int entry) {
        return carries(segment, entry) && !isServed(segment, entry);
    }

    /**
     * Whether the peer gets an entry from its publisher itself, who sends it everything: the publisher is at the other
     * end of the link it came by, or, for what came late from a neighbour of it, one of that neighbour's peers.
     */
    private boolean isServed(Segment segment, int entry) {
        long served = link.served();
        if (served == 0 || !(segment.log().source() instanceof GossipLink source) || !source.isUp()) {
            return false;
        }
        return switch (Numbers.hops(segment, entry)) {
            case 1 -> (served & source.bit()) != 0 && Numbers.isDirect(segment, entry)
                    && Numbers.at(segment, entry)
                            - servedAfter[source.slot() * PRIORITIES + segment.log().priority()] > 0;
            case VIA_NEIGHBOUR -> source.withholds(link, served);
            default -> false;
        };
    }

    /**
     * Whether the peer may lack an entry that another peer brought from one of its neighbours: that one sends it to all
     * by itself, but only the other peer says so.
     */
    public boolean mayLack(Segment segment, int entry) {
        return Numbers.hops(segment, entry) == VIA_NEIGHBOUR && lacks(segment, entry);
    }

    /** Whether the peer may lack an entry that came from its publisher, who says that the peer gets it too. */
    public boolean mayLackOwn(Segment segment, int entry) {
        return Numbers.isDirect(segment, entry) && lacks(segment, entry);
    }

    private boolean lacks(Segment segment, int entry) {
        return carries(segment, entry) && (segment.known(entry) & link.bit()) == 0;
    }

    /**
     * Whether an entry is sent where bodies are. What this node publishes is, known or not: the peer watches by the
     * numbers that all of it comes.
     */
    boolean isSent(Segment segment, int entry) {
        return carries(segment, entry) && (segment.log().isOwn()
                || (segment.known(entry) & link.bit()) == 0 && !isServed(segment, entry));
    }

    /** Whether the peer is to be given an entry: it may be, and is not known to have it. */
    public boolean goes(Segment segment, int entry) {
        return (segment.known(entry) & link.bit()) == 0 && concerns(segment, entry);
    }
}
