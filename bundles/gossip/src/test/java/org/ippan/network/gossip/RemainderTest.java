// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.ippan.network.api.peers.GoodbyeReason;
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
}
