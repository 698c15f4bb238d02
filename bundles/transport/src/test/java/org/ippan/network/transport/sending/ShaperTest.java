// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.rate.Pacer;
import org.junit.jupiter.api.Test;

/** Connections that share a rate, in their channels' frozen time. */
final class ShaperTest {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;
    private static final int SECONDS = 10;
    private static final int MOST_ROUNDS = 1_000;
    private static final double BURST = 0.01;

    private final ManualScheduler time = new ManualScheduler();
    private final Counters counters = new Counters();
    private final Pacer pacer = new Pacer(MIB, 0, time.nanos());
    private final Line first = new Line();
    private final Line second = new Line();

    /** A connection without a socket, whose peer takes everything at once. */
    private final class Line implements FrameWriter.Source {

        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final ControlQueue queue = new ControlQueue(new LongAdder(), new ControlQueue.Room(Long.MAX_VALUE));
        private final Bodies bodies = new Bodies();
        private final Shaper shaper = new Shaper(channel, counters, this::drain);
        private final FrameWriter writer = new FrameWriter(channel, queue, shaper, time, false, this);
        private long controlBytes;

        Line() {
            channel.freezeTime();
            shaper.apply(pacer, 0, time.nanos());
        }

        void ping() {
            queue.offer(Frames.ping());
            drain();
        }

        void send(FrameClass frameClass, int length) {
            bodies.add(frameClass, length);
            writer.want();
            drain();
        }

        void sendMuch(FrameClass frameClass, int length) {
            byte[] frame = Frames.message(new byte[length]);
            for (long bytes = 0; bytes < 2L * SECONDS * MIB; bytes += length) {
                bodies.add(frameClass, frame);
            }
            writer.want();
            drain();
        }

        private void drain() {
            int rounds = 0;
            while (writer.drain()) {
                channel.releaseOutbound();
                assertTrue(++rounds < MOST_ROUNDS, "drains again and again without sending");
            }
            channel.releaseOutbound();
        }

        long bytes() {
            return Stream.of(FrameClass.values()).mapToLong(bodies::bytesTaken).sum();
        }

        @Override
        public Fill fill(FrameTarget target, FrameClass lowest) {
            return bodies.fill(target, lowest);
        }

        @Override
        public void taken(Fill fill, int bytes) {
            if (fill == null) {
                controlBytes += bytes;
            } else {
                fill.taken();
            }
        }
    }

    private void pass(Duration duration) {
        for (long millis = 0; millis < duration.toMillis(); millis++) {
            time.advance(Duration.ofMillis(1));
            for (Line line : List.of(first, second)) {
                line.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
                line.channel.runScheduledPendingTasks();
            }
        }
    }

    private static void shouldBe(double parts, long bytes) {
        assertEquals(parts, bytes / (double) (SECONDS * MIB), 3 * BURST);
    }

    @Test
    void shouldKeepTheRateAndLoseNothing() {
        first.sendMuch(FrameClass.NORMAL, KIB);
        long all = first.bodies.bytesWaiting() + first.bytes();

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(1, first.bytes());
        assertEquals(all, first.bodies.bytesWaiting() + first.bytes());
        assertTrue(first.shaper.isHolding());
        assertEquals(SECONDS, TimeUnit.NANOSECONDS.toSeconds(counters.shapedNanos.sum()), 1);
    }

    @Test
    void shouldShareTheRateEvenlyWhateverTheLengthOfTheFrames() {
        first.sendMuch(FrameClass.NORMAL, 100);
        second.sendMuch(FrameClass.NORMAL, 8 * KIB);

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(0.5, first.bytes());
        shouldBe(0.5, second.bytes());
    }

    @Test
    void shouldKeepTheRateOfOneConnectionBesideThatOfAll() {
        first.shaper.apply(pacer, MIB / 4, time.nanos());
        first.sendMuch(FrameClass.NORMAL, KIB);
        second.sendMuch(FrameClass.NORMAL, KIB);

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(0.25, first.bytes());
        shouldBe(0.75, second.bytes());
    }

    @Test
    void shouldSendUrgentBodiesAtOnceAndTakeThemOffTheRestAlsoFromOtherConnections() {
        first.sendMuch(FrameClass.LOW, KIB);
        second.sendMuch(FrameClass.LOW, KIB);
        pass(Duration.ofSeconds(1));
        long before = first.bytes() + second.bytes();

        for (int i = 0; i < SECONDS * 10; i++) {
            second.send(FrameClass.HIGH, 32 * KIB);
            assertEquals((i + 1) * (32 * KIB + 8L), second.bodies.bytesTaken(FrameClass.HIGH), "an urgent body waits");
            pass(Duration.ofMillis(100));
        }

        shouldBe(1, first.bytes() + second.bytes() - before);
        shouldBe(0.31, second.bodies.bytesTaken(FrameClass.HIGH));
    }

    @Test
    void shouldHoldUrgentBodiesToTheRateToo() {
        first.sendMuch(FrameClass.HIGH, KIB);
        second.sendMuch(FrameClass.LOW, KIB);

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(1, first.bytes() + second.bytes());
        assertTrue(second.bytes() > MIB / 20, () -> second.bytes() + " bytes: starved");
        assertTrue(second.bytes() < 2 * MIB, () -> second.bytes() + " bytes of LOW beside HIGH");
    }

    @Test
    void shouldNeverHoldBackControlFrames() {
        first.sendMuch(FrameClass.NORMAL, KIB);
        int pings = 10_000;
        for (int i = 0; i < pings; i++) {
            first.ping();
        }

        assertEquals(pings * 16L, first.controlBytes);
    }

    @Test
    void shouldSendAFrameThatIsLongerThanWhatIsThere() {
        first.sendMuch(FrameClass.NORMAL, 2 * MIB);

        pass(Duration.ofSeconds(SECONDS));

        assertEquals(SECONDS / 2, first.bodies.framesTaken(), 1);
    }

    @Test
    void shouldNotBeTakenForASlowPeerWhenItIsHeldBack() {
        first.shaper.apply(pacer, KIB, time.nanos());
        first.sendMuch(FrameClass.NORMAL, MIB);

        pass(Duration.ofSeconds(60));

        assertTrue(first.shaper.isHolding());
        assertFalse(first.writer.stalledFor(10));
    }

    @Test
    void shouldPullUrgentBodiesAloneWhileTheTurnIsOthers() {
        first.sendMuch(FrameClass.LOW, KIB);
        pass(Duration.ofSeconds(1));
        long low = first.bodies.bytesTaken(FrameClass.LOW);

        first.send(FrameClass.HIGH, KIB);
        first.send(FrameClass.NORMAL, KIB);

        assertEquals(KIB + 8, first.bodies.bytesTaken(FrameClass.HIGH));
        assertEquals(0, first.bodies.bytesTaken(FrameClass.NORMAL));
        assertEquals(low, first.bodies.bytesTaken(FrameClass.LOW));
        pass(Duration.ofMillis(100));
        assertEquals(KIB + 8, first.bodies.bytesTaken(FrameClass.NORMAL));
    }

    @Test
    void shouldHoldTheLastFrameBackUntilTheRestIsSentOrGivenUp() {
        first.sendMuch(FrameClass.NORMAL, KIB);
        first.writer.last(Frames.goodbye());

        first.drain();
        assertEquals(0, first.controlBytes);
        first.writer.abandon();
        first.drain();

        assertEquals(Frames.goodbye().length(), first.controlBytes);
        assertTrue(first.writer.idle());
    }

    @Test
    void shouldPullNoMoreThanATurnAtOnce() {
        first.sendMuch(FrameClass.NORMAL, 100);
        pass(Duration.ofSeconds(SECONDS));

        assertTrue(first.bodies.taken.stream().allMatch(fill -> fill.bytes() <= pacer.turnBytes()));
    }

    @Test
    void shouldGoOnAtOnceWhenTheRateIsTakenAway() {
        first.sendMuch(FrameClass.NORMAL, KIB);

        first.shaper.apply(Pacer.OFF, 0, time.nanos());
        first.drain();

        assertEquals(0, first.bodies.bytesWaiting());
        assertFalse(first.shaper.isHolding());
    }

    @Test
    void shouldLeaveItsTurnToOthersWhenItEnds() {
        first.sendMuch(FrameClass.NORMAL, KIB);
        second.sendMuch(FrameClass.NORMAL, KIB);

        first.bodies.clear();
        first.shaper.close(time.nanos());
        pass(Duration.ofSeconds(SECONDS));

        shouldBe(1, second.bytes());
        assertEquals(-1, first.channel.runScheduledPendingTasks(), "no timer is left");
    }
}
