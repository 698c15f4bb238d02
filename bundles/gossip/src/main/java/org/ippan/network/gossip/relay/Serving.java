// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.IdKey;

/** Gives peers the bodies they ask for, as their sockets have room. Confined to the relay's thread. */
public final class Serving {

    private static final int MAX_TIMES = 3;
    /** Part of the most entries of a table: messages of a link for which it is known how often they were served. */
    private static final int REMEMBERED_PART = 8;

    private final EntryIndex index;
    private final int remembered;
    private final EntryIndex.Found found = new EntryIndex.Found();
    private final Map<Outbound, Map<IdKey, Integer>> served = new WeakHashMap<>();

    /** How often the last messages were served to one link. */
    private static final class Times extends LinkedHashMap<IdKey, Integer> {

        private static final long serialVersionUID = 1;
        private final int most;

        Times(int most) {
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<IdKey, Integer> eldest) {
            return size() > most;
        }
    }

    /** Serves what is in the logs, within tables of so many entries. */
    public Serving(EntryIndex index, int mostEntries) {
        this.index = index;
        this.remembered = mostEntries / REMEMBERED_PART;
    }

    /** A peer asked for messages. */
    public void wanted(Outbound outbound, List<MessageId> ids) {
        List<IdKey> missing = new ArrayList<>();
        for (MessageId each : ids) {
            IdKey id = new IdKey(each);
            if (!serve(outbound, id)) {
                missing.add(id);
            }
        }
        if (!missing.isEmpty()) {
            outbound.link().offer(ControlCodec.ids(FrameType.MISSING, missing));
        }
        outbound.wake();
    }

    /** What was served was lost on purpose: that time does not count. */
    public void lost(Outbound outbound, IdKey id) {
        Map<IdKey, Integer> times = served.get(outbound);
        if (times != null) {
            times.computeIfPresent(id, (known, count) -> count - 1);
        }
    }

    private Map<IdKey, Integer> times(Outbound outbound) {
        return served.computeIfAbsent(outbound, any -> new Times(remembered));
    }

    private boolean serve(Outbound outbound, IdKey id) {
        if (!index.find(id.word0(), id.word1(), id.word2(), id.word3(), found)) {
            return false;
        }
        Segment segment = found.segment();
        try {
            return outbound.carriage().carries(segment, found.entry())
                    && times(outbound).merge(id, 1, Integer::sum) <= MAX_TIMES
                    && outbound.ask(segment, found.entry());
        } finally {
            found.unpin();
        }
    }
}
