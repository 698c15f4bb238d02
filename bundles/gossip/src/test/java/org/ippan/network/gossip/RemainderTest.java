// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What a node that stops says of messages that it accepted and no peer has. */
class RemainderTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);

    @Test
    void shouldSayHowMuchIsLostThatTheLastLinkHadNotSent() {
        FakeLink link = alice.connect(bob);
        alice.publish("sent");
        time.advance(Duration.ofSeconds(1));
        link.stick(true);
        alice.publish("unsent");
        time.advance(Duration.ofSeconds(1));

        link.close(GoodbyeReason.SHUTDOWN, "a test");
        time.advance(Duration.ofSeconds(1));
        alice.core.stop();

        String left = alice.core.remainder().left().orElseThrow();
        assertTrue(left.matches(".* messagesToValidate=0 messagesToDeliver=0 bytesToSend=[1-9]\\d* linksBehind=0"),
                left);
    }

    @Test
    void shouldSayNothingWhereAllWasSentBeforeTheLastLinkEnded() {
        FakeLink link = alice.connect(bob);
        alice.publish("sent");
        time.advance(Duration.ofSeconds(1));

        link.close(GoodbyeReason.SHUTDOWN, "a test");
        time.advance(Duration.ofSeconds(1));
        alice.core.stop();

        assertEquals(Optional.empty(), alice.core.remainder().left());
    }

    /** A listener that hangs would keep it from its end without a word. */
    @Test
    void shouldCountWhatAListenerIsAt() {
        List<String> left = new ArrayList<>();
        alice.listen(message -> left.add(alice.core.remainder().left().orElse("nothing")));
        alice.connect(bob);
        bob.publish("first");
        bob.publish("second");
        time.advance(Duration.ofSeconds(1));

        assertEquals(2, left.size());
        assertTrue(left.get(0).contains(" messagesToDeliver=2 "), left.get(0));
        assertTrue(left.get(1).contains(" messagesToDeliver=1 "), left.get(1));
        assertEquals(Optional.empty(), alice.core.remainder().left());
    }

    /** It is announced over the next link: a node that stopped before the peer asked would take it along. */
    @Test
    void shouldWaitUntilAPeerHasAskedForWhatWasUnderWayWhenALinkEnded() {
        FakeLink first = alice.connect(bob);
        time.advance(Duration.ofSeconds(1));
        first.lossy = frame -> true;
        alice.publish("under way");
        time.advance(Duration.ofMillis(10));
        boolean sentWhereItWasOnlyTaken = alice.core.remainder().isSent();
        first.close(GoodbyeReason.DUPLICATE, "a test");
        alice.core.stop();
        alice.connect(bob);
        time.advance(Duration.ofMillis(10));
        boolean sentAtOnce = alice.core.remainder().isSent();

        time.advance(Duration.ofMillis(1200));

        assertFalse(sentWhereItWasOnlyTaken);
        assertFalse(sentAtOnce);
        assertEquals(List.of("under way"), bob.received);
        assertTrue(alice.core.remainder().isSent());
    }

    @Test
    void shouldWaitUntilAPeerHasAskedForWhatNoLinkSends() {
        alice.connect(bob).give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofSeconds(1));
        alice.publish("told of");
        alice.core.stop();
        time.advance(Duration.ofMillis(10));
        boolean sentAtOnce = alice.core.remainder().isSent();

        time.advance(Duration.ofSeconds(3));

        assertFalse(sentAtOnce);
        assertEquals(List.of("told of"), bob.received);
        assertTrue(alice.core.remainder().isSent());
    }

    @Test
    void shouldWaitForTwoSecondsWhereNoPeerAsks() {
        FakeLink link = alice.connect(bob);
        link.give(ControlCodec.pruneFor(10));
        time.advance(Duration.ofSeconds(1));
        link.lossy = frame -> true;
        alice.publish("told of");
        alice.core.stop();

        time.advance(Duration.ofMillis(1500));
        boolean early = alice.core.remainder().isSent();
        time.advance(Duration.ofSeconds(1));

        assertFalse(early);
        assertTrue(alice.core.remainder().isSent());
    }
}
