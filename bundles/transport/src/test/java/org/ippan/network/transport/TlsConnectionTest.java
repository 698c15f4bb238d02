// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.sending.Frames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes over TLS on loopback. */
final class TlsConnectionTest {

    private TestNode alice;
    private TestNode bob;

    @BeforeEach
    void start() {
        alice = new TestNode();
        bob = new TestNode();
        bob.listen();
    }

    @AfterEach
    void stop() {
        alice.close();
        bob.close();
    }

    @Test
    void shouldProveToEachSideWhoTheOtherIs() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();

        assertEquals(Optional.of(bob.identity.id()), dialled.connection.provenId());
        assertEquals(Optional.of(alice.identity.id()), accepted.connection.provenId());
        assertTrue(dialled.connection.dialled());
        assertFalse(accepted.connection.dialled());
    }

    @Test
    void shouldCarryFramesOfEveryLengthBothWays() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        int[] lengths = {0, 1, 1000, 16 * 1024, 100_000, 1024 * 1024};
        long sum = 0;

        for (int length : lengths) {
            OutboundFrame frame = Frames.message(FrameClass.NORMAL, length, length);
            assertTrue(dialled.connection.offer(frame, false));
            assertTrue(accepted.connection.offer(Frames.message(FrameClass.NORMAL, length, length), true));
            sum += frame.length() - 8;
        }

        long expected = sum;
        accepted.awaitThat(it -> it.bytes == expected, "all bytes at bob");
        dialled.awaitThat(it -> it.bytes == expected, "all bytes at alice");
        dialled.awaitThat(it -> it.written.size() == lengths.length, "all frames noted as written");
        dialled.awaitThat(it -> it.connection.queuedBytes() == 0, "an empty queue");
        TestNode.await(() -> alice.transport.snapshot().queuedBytes() == 0, "an unused budget");
    }

    @Test
    void shouldDeliverWhatIsQueuedAndTheGoodbyeBeforeItCloses() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        for (int i = 0; i < 100; i++) {
            assertTrue(dialled.connection.offer(Frames.message(FrameClass.LOW, i, 10_000), false));
        }

        dialled.connection.close(Frames.goodbye());

        accepted.awaitEvent("closed");
        assertEquals(101, accepted.frames);
        assertTrue(accepted.has("GOODBYE"), accepted.events::toString);
        assertEquals(CloseCause.REMOTE, accepted.cause);
        dialled.awaitEvent("closed");
        assertEquals(CloseCause.LOCAL, dialled.cause);
        assertFalse(dialled.connection.offer(Frames.ping(), false));
        assertEquals(0, dialled.connection.queuedBytes());
    }

    @Test
    void shouldStopReadingWhenToldToAndGoOnWithWhatWasRead() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        CountDownLatch paused = new CountDownLatch(1);
        accepted.onFrame = connection -> {
            if (accepted.frames == 3) {
                connection.readable(false);
                paused.countDown();
            }
        };

        for (int i = 0; i < 200; i++) {
            assertTrue(dialled.connection.offer(Frames.message(FrameClass.NORMAL, i, 1000), false));
        }
        paused.await();
        dialled.awaitThat(it -> it.written.size() == 200, "all written");
        assertEquals(3, accepted.frames);
        accepted.connection.readable(true);

        accepted.awaitThat(it -> it.frames == 200, "the rest");
    }

    @Test
    void shouldAbortAtOnce() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();

        dialled.connection.abort();

        dialled.awaitEvent("closed LOCAL");
        accepted.awaitEvent("closed");
    }
}
