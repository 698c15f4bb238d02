// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.codec.PayloadCodec;
import org.junit.jupiter.api.Test;

class GossipLinksTest {

    private static final int DEFLATE = 1;
    private static final int BOTH = 3;

    private final GossipLinks links = new GossipLinks();

    private int codecAmong(int... codecs) {
        for (GossipLink link : links.all()) {
            links.remove(link);
        }
        for (int i = 0; i < codecs.length; i++) {
            links.add(StillLink.of(i, codecs[i]));
        }
        return links.codec();
    }

    @Test
    void shouldUseTheCodecMostLinksKnowAndZstdIfAsManyDo() {
        assertEquals(0, codecAmong());
        assertEquals(0, codecAmong(0, 0));
        assertEquals(PayloadCodec.DEFLATE, codecAmong(DEFLATE));
        assertEquals(PayloadCodec.ZSTD, codecAmong(BOTH, 0));
        assertEquals(PayloadCodec.DEFLATE, codecAmong(BOTH, BOTH, DEFLATE));
        assertEquals(PayloadCodec.ZSTD, codecAmong(2));
    }

    @Test
    void shouldGiveTheSmallestNumberThatIsFree() {
        List<Integer> first = Stream.generate(links::takeSlot).limit(4).toList();
        links.freeSlot(1);

        assertEquals(List.of(0, 1, 2, 3), first);
        assertEquals(List.of(1, 4), Stream.generate(links::takeSlot).limit(2).toList());
    }
}
