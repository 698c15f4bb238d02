// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.Test;

/** What a node that was away, or is new, still gets of what it missed, and what is forgotten by then. */
class CatchUpTest {

    private final ManualScheduler time = new ManualScheduler();
    private final FakeNode alice = new FakeNode(time, 1);
    private final FakeNode bob = new FakeNode(time, 2);

    @Test
    void shouldCatchUpFromTheDigestOfANewLink() {
        FakeNode carol = new FakeNode(time, 3);
        alice.connect(carol);
        for (int i = 0; i < 3000; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofSeconds(30));

        alice.connect(bob);
        time.advance(Duration.ofSeconds(2));

        assertEquals(3000, carol.received.size());
        assertEquals(3000, bob.received.size());
    }

    /** Each slice of a thousand ids costs as much when it is not taken. */
    @Test
    void shouldMakeFewAnnouncementsInVainForAPeerThatTakesNothing() {
        FakeNode carol = new FakeNode(time, 3);
        alice.connect(carol);
        for (int i = 0; i < 3000; i++) {
            alice.publish("m" + i);
        }
        time.advance(Duration.ofSeconds(1));
        FakeLink toBob = alice.connect(bob);
        toBob.full = true;
        time.advance(Duration.ofSeconds(10));
        int digests = toBob.refused;
        toBob.give(ControlCodec.pruneFor(0));
        for (int i = 0; i < 100; i++) {
            alice.publish("n" + i);
            time.advance(Duration.ofMillis(100));
        }
        int all = toBob.refused;

        toBob.full = false;
        time.advance(Duration.ofSeconds(5));

        assertTrue(digests <= 20, digests + " slices of a digest");
        assertTrue(all - digests <= 30, all - digests + " more");
        assertEquals(3100, bob.received.size());
    }

    /** A reconnect costs the peer a handshake; it must not cost this node a list of all it has each time. */
    @Test
    void shouldNotTellAPeerEverythingAgainEachTimeItReconnects() {
        FakeNode carol = new FakeNode(time, 3);
        alice.connect(carol);
        for (int i = 0; i < 5_000; i++) {
            alice.publish("m" + i);
            if (i % 100 == 0) {
                time.advance(Duration.ofMillis(10));
            }
        }
        time.advance(Duration.ofSeconds(1));
        long before = alice.snapshot().announced();

        for (int i = 0; i < 500; i++) {
            FakeLink link = new FakeLink(time, bob.id, false);
            link.other = new FakeLink(time, alice.id, true);
            link.other.other = link;
            link.receiver = alice.core.linkUp(link, true);
            time.advance(Duration.ofMillis(10));
            link.receiver.down();
            link.receiver = null;
            time.advance(Duration.ofMillis(10));
        }

        long told = alice.snapshot().announced() - before;
        assertTrue(told >= 5_000, "told " + told);
        assertTrue(told <= 5_000 + 10 * 20_000 + 5_000, "told " + told);
    }

    @Test
    void shouldForgetBodiesAfterTheCacheTime() {
        FakeNode carol = new FakeNode(time, 3);
        alice.connect(carol);
        alice.publish("old");
        time.advance(Duration.ofSeconds(40));
        alice.set("cacheSeconds", "30");
        alice.publish("new");
        time.advance(Duration.ofSeconds(1));

        alice.connect(bob);
        time.advance(Duration.ofSeconds(3));

        assertEquals(List.of("new"), bob.received);
        assertEquals(1, alice.snapshot().cachedMessages());
        assertEquals(0, alice.snapshot().cacheEvictedEarly());
    }

    @Test
    void shouldForgetTheOldestBodiesForWantOfRoom() {
        alice.connect(bob);
        alice.set("maxMessageBytes", "1024");
        alice.set("cacheBytes", "30000");

        for (int i = 0; i < 1000; i++) {
            assertEquals(Status.ACCEPTED, alice.publish("m" + i).status());
            time.advance(Duration.ofMillis(1));
        }

        assertTrue(alice.snapshot().cachedBytes() <= 30_000);
        assertTrue(alice.snapshot().cacheEvictedEarly() > 0);
        assertEquals(1000 - alice.snapshot().cachedMessages(), alice.snapshot().cacheEvictedEarly());
        time.advance(Duration.ofMillis(10));
        assertEquals(1000, bob.received.size());
    }

    @Test
    void shouldHealWhatWasSentWhileTheHandlerWasAway() {
        FakeLink link = alice.connect(bob);
        alice.publish("before");
        time.advance(Duration.ofMillis(100));
        link.other.receiver = null;
        bob.core.stop();
        for (int i = 0; i < 20; i++) {
            alice.publish("away" + i);
        }
        time.advance(Duration.ofMillis(500));

        bob.restart();
        bob.listen(message -> bob.received.add(FakeNode.text(message)));
        link.other.receiver = bob.core.linkUp(link.other, false);
        time.advance(Duration.ofSeconds(3));

        assertEquals(21, bob.received.size());
        assertEquals(21, new HashSet<>(bob.received).size());
        assertEquals(0, link.carried(FrameType.MISSING));
    }

    @Test
    void shouldHealWhatWasSentBeforeTheLastWordOfAHandlerThatIsGone() {
        FakeLink link = alice.connect(bob);
        time.advance(Duration.ofMillis(100));
        link.other.receiver = null;
        bob.core.stop();
        alice.publish("sent");
        time.advance(Duration.ofMillis(100));
        link.give(ControlCodec.pruneFor(10));
        time.runDue();
        alice.publish("announced");
        time.advance(Duration.ofSeconds(1));

        bob.restart();
        bob.listen(message -> bob.received.add(FakeNode.text(message)));
        link.other.receiver = bob.core.linkUp(link.other, false);
        time.advance(Duration.ofSeconds(5));

        assertEquals(List.of("announced", "sent"), bob.received.stream().sorted().toList());
        assertTrue(alice.link(0).isEager());
    }
}
