// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.transport.sending.Frames;
import org.junit.jupiter.api.Test;

/** Two nodes over TLS on loopback. */
final class TlsConnectionTest extends TwoNodes {

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
        int[] lengths = {29, 30, 1000, 16 * 1024, 100_000, 1024 * 1024 + FrameType.GOSSIP_OVERHEAD};
        long sum = 0;

        for (int length : lengths) {
            dialled.send(FrameClass.NORMAL, length);
            accepted.send(FrameClass.NORMAL, length);
            sum += length;
        }

        long expected = sum;
        accepted.awaitThat(it -> it.bytes == expected, "all bytes at bob");
        dialled.awaitThat(it -> it.bytes == expected, "all bytes at alice");
        dialled.awaitThat(it -> it.bodies.framesTaken() == lengths.length, "all frames told as taken");
        dialled.awaitThat(it -> it.connection.queuedBytes() == 0, "an empty queue");
        accepted.awaitThat(it -> it.batches > 0, "the end of a batch");
    }

    @Test
    void shouldLoseNothingWhenManyThreadsSay() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        int each = 2000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int sent = 0; sent < each; sent++) {
                    dialled.send(FrameClass.NORMAL, 30);
                }
            }));
        }
        threads.forEach(Thread::start);

        for (Thread thread : threads) {
            thread.join();
        }

        accepted.awaitThat(it -> it.frames == 4 * each, "all messages");
        dialled.awaitThat(it -> it.bodies.framesTaken() == 4 * each, "all to be taken");
    }

    @Test
    void shouldPullWhatComesWhileItIsAsking() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        dialled.onFill = () -> dialled.send(FrameClass.NORMAL, 30);

        dialled.connection.wake();

        accepted.awaitThat(it -> it.frames == 1, "the message");
    }

    @Test
    void shouldDeliverWhatThereIsToPullAndTheGoodbyeBeforeItCloses() throws InterruptedException {
        Recorder dialled = alice.dial(bob.address()).awaitOpened();
        Recorder accepted = bob.nextAccepted().awaitOpened();
        for (int i = 0; i < 100; i++) {
            dialled.bodies.add(FrameClass.LOW, 10_000);
        }

        dialled.connection.wake();
        dialled.connection.close(Frames.goodbye());

        accepted.awaitEvent("closed");
        assertEquals(101, accepted.frames);
        assertTrue(accepted.has("GOODBYE"), accepted.events::toString);
        assertEquals(CloseCause.REMOTE, accepted.cause);
        dialled.awaitEvent("closed");
        assertEquals(CloseCause.LOCAL, dialled.cause);
        assertFalse(dialled.connection.offer(Frames.ping()));
        assertEquals(100, dialled.bodies.framesTaken());
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

        for (int i = 0; i < 20; i++) {
            dialled.bodies.add(FrameClass.NORMAL, 100);
        }
        dialled.connection.wake();
        paused.await();
        dialled.awaitThat(it -> it.bodies.framesTaken() == 20, "all to be taken");
        assertEquals(3, accepted.frames);
        accepted.awaitThat(it -> it.batches > 0, "the end of the batch that was cut short");
        int batches = accepted.batches;
        accepted.connection.readable(true);

        accepted.awaitThat(it -> it.frames == 20, "the rest");
        accepted.awaitThat(it -> it.batches > batches, "the end of a batch after it");
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
