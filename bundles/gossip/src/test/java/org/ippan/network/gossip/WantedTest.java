// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What is asked for of all that is announced, and what counts as missed. */
class WantedTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);
    private final FakeLink toBob = alice.connect(bob);

    /** It comes between the look whether it is here and the note that it is wanted. */
    @Test
    void shouldNotAskForWhatCameJustAsItWasAnnounced() {
        FakeNode carol = new FakeNode(time, 3);
        FakeLink toCarol = alice.connect(carol);
        toCarol.other.stick(true);
        MessageId id = carol.publish("x").id().orElseThrow();
        alice.dedup.afterLook = () -> {
            alice.dedup.afterLook = () -> { };
            toCarol.give(FrameType.GOSSIP, 0, carol.body(id));
        };

        toBob.give(ControlCodec.ihave(List.of(new Announcement(id, 10, 0))));
        time.advance(Duration.ofSeconds(5));

        assertEquals(List.of("x"), alice.received);
        assertEquals(0, toBob.carried(FrameType.IWANT) + toBob.carried(FrameType.GRAFT));
        assertEquals(0, alice.snapshot().missed() + alice.snapshot().wanted());
    }

    /** What this node could not ask is no promise that the peer broke. */
    @Test
    void shouldAskAgainWhereTheQueueOfTheLinkDidNotTakeTheRequest() {
        alice.set("relayMode", "flood");
        toBob.other.give(ControlCodec.pruneFor(60));
        time.runDue();
        bob.publish("x");
        toBob.full = true;
        time.advance(Duration.ofSeconds(4));
        long untold = alice.snapshot().wantedSent() + alice.snapshot().missed();
        toBob.full = false;
        time.advance(Duration.ofSeconds(2));

        assertEquals(0, untold);
        assertEquals(List.of("x"), alice.received);
        assertEquals(1, alice.snapshot().repaired());
    }
}
