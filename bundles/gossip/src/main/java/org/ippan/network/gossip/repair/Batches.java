// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.ControlCodec;

/** Requests that go out together, as few IWANT frames as will do. Confined to the relay's thread. */
final class Batches {

    private final Map<GossipLink, List<Want>> byLink = new LinkedHashMap<>();
    private final LongAdder sent;

    /** Counts what is sent. */
    Batches(LongAdder sent) {
        this.sent = sent;
    }

    void add(GossipLink link, Want want) {
        byLink.computeIfAbsent(link, any -> new ArrayList<>()).add(want);
    }

    void send() {
        byLink.forEach((link, wants) -> {
            for (int from = 0; from < wants.size(); from += ControlCodec.MAX_IDS) {
                List<Want> some = wants.subList(from, Math.min(wants.size(), from + ControlCodec.MAX_IDS));
                if (link.offer(ControlCodec.ids(FrameType.IWANT, some))) {
                    sent.add(some.size());
                } else {
                    some.forEach(Want::untold);
                }
            }
        });
        byLink.clear();
    }
}
