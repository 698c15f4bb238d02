// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.repair.Wanted;
import org.ippan.network.gossip.wire.IdKey;

/** The second stage: what is here already, in a log or before a validator, is dealt with; the others are left open. */
final class Recognition implements Stage {

    private final EntryIndex index;
    private final Wanted wanted;
    private final Verdicts verdicts;
    private final Copies copies;

    Recognition(EntryIndex index, Wanted wanted, Verdicts verdicts, Copies copies) {
        this.index = index;
        this.wanted = wanted;
        this.verdicts = verdicts;
        this.copies = copies;
    }

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        touch(arrivals, from, to);
        int open = 0;
        for (int i = from; i < to; i++) {
            Arrival arrival = arrivals.sound[i];
            if (!isKnown(in, arrival)) {
                arrivals.open[open] = arrival;
                arrival.id.put(arrivals.ids, open * MessageDeduplicator.ID_WORDS);
                open++;
            }
        }
        arrivals.openCount = open;
    }

    private void touch(Arrivals arrivals, int from, int to) {
        long touched = 0;
        for (int i = from; i < to; i++) {
            IdKey id = arrivals.sound[i].id;
            touched ^= index.touch(id.word0(), id.word1());
        }
        arrivals.touched = touched;
    }

    private boolean isKnown(Inbound in, Arrival arrival) {
        IdKey id = arrival.id;
        arrival.header.solicited = arrival.header.solicited && wanted.isAsked(id, in.link);
        JudgedMessage waiting = verdicts.waiting(id);
        if (waiting != null) {
            copies.ofWaiting(in, arrival, waiting);
        } else if (index.find(id.word0(), id.word1(), id.word2(), id.word3(), in.found)) {
            inLog(in, arrival);
        } else {
            return false;
        }
        return true;
    }

    /** A copy of a message in a log. That of a neighbour of its publisher may come while both learn of each other. */
    private void inLog(Inbound in, Arrival arrival) {
        Segment segment = in.found.segment();
        boolean asked = (segment.flags(in.found.entry()) & Segment.ASKED) != 0;
        boolean neighbours = segment.log().source() instanceof GossipLink source
                && (source.bit() & in.link.neighbours()) != 0;
        boolean repeated = !segment.addKnown(in.found.entry(), in.link.bit());
        in.found.unpin();
        copies.came(in, arrival, asked, asked && repeated || neighbours && arrival.header.hops <= 1);
    }
}
