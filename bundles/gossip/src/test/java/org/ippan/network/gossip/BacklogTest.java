// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Control frames that wait for the relay while it has other work: within what memory allows, in shares. */
class BacklogTest {

    private static final int STRANGERS = 64;
    /** More than the mailbox holds before publishers wait. */
    private static final int EACH = 5000;

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode node = new FakeNode(time, 1);

    private void flood(int strangers, int each, IntFunction<OutboundFrame> frame) {
        for (int i = 0; i < strangers; i++) {
            new FakeNode(time, 10 + i).connect(node);
            FakeLink link = node.links.get(node.links.size() - 1);
            link.other.receiver = null;
            time.advance(Duration.ofSeconds(1));
        }
        for (FakeLink link : List.copyOf(node.links)) {
            for (int i = 0; i < each; i++) {
                link.give(frame.apply(i));
            }
        }
    }

    private static OutboundFrame announcement(int round) {
        List<Announcement> announcements = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            announcements.add(new Announcement(Peers.messageId(round * 1000L + i), 1000, 0));
        }
        return ControlCodec.ihave(announcements);
    }

    @Test
    void shouldNotStopPublishersHoweverManyFramesStrangersSend() {
        flood(STRANGERS, EACH, any -> ControlCodec.pruneFor(10));

        boolean overloaded = node.core.context.isOverloaded();
        int waiting = node.core.context.relay.size();
        time.advance(Duration.ofSeconds(1));

        assertFalse(overloaded, waiting + " wait");
        assertTrue(node.snapshot().overRate() > 0);
        assertEquals(0, node.core.context.backlog.bytes());
        assertEquals(0, node.core.context.backlog.messages());
    }

    @Test
    void shouldHoldWhatIsAnnouncedWithinAPartOfTheMemory() {
        flood(STRANGERS, 200, BacklogTest::announcement);

        long held = node.core.context.backlog.bytes();
        int waiting = node.core.context.relay.size();
        FakeLink dialled = node.connect(new FakeNode(time, 5));
        dialled.give(announcement(1000));

        assertTrue(held <= FakeNode.HEAP / 16 * 3 / 4, held + " bytes");
        assertEquals(waiting + 2, node.core.context.relay.size(), "what came up, and what it announced");
        time.advance(Duration.ofMinutes(5));
        assertEquals(0, node.core.context.backlog.bytes());
    }
}
