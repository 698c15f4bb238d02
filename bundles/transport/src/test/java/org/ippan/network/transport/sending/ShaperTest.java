// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.rate.Pacer;
import org.ippan.network.transport.settings.TransportSettings.Queues;
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
    private final OutboundBudget budget = new OutboundBudget(Long.MAX_VALUE / 2, () -> { });
    private final Pacer pacer = new Pacer(MIB, 0, time.nanos());
    private final Line first = new Line();
    private final Line second = new Line();

    /** A connection without a socket, whose peer takes everything at once. */
    private final class Line implements FrameWriter.Sink {

        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final OutboundQueue queue = new OutboundQueue(new Queues(64L * MIB, 1_000_000, 64L * MIB, 10), budget,
                dropped -> { });
        private final Shaper shaper = new Shaper(channel, counters, this::drain);
        private final FrameWriter writer = new FrameWriter(channel, queue, shaper, time, false, this);
        private final List<OutboundFrame> sent = new ArrayList<>();

        Line() {
            channel.freezeTime();
            shaper.apply(pacer, 0, time.nanos());
        }

        void offer(OutboundFrame frame) {
            queue.offer(frame, false);
            drain();
        }

        void fill(FrameClass frameClass, int length) {
            for (long bytes = 0; bytes < 2L * SECONDS * MIB; bytes += length) {
                queue.offer(Frames.message(frameClass, 1, length), false);
            }
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

        long bytes(FrameClass frameClass) {
            return sent.stream().filter(frame -> frame.frameClass() == frameClass).mapToLong(OutboundFrame::length)
                    .sum();
        }

        long bytes() {
            return sent.stream().mapToLong(OutboundFrame::length).sum();
        }

        @Override
        public void written(OutboundFrame frame, long nowNanos) {
            sent.add(frame);
        }

        @Override
        public void progress() {
            // Nobody waits.
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
        first.fill(FrameClass.NORMAL, KIB);
        long queued = first.queue.bytes() + first.bytes();

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(1, first.bytes());
        assertEquals(queued, first.queue.bytes() + first.bytes());
        assertTrue(first.shaper.isHolding());
        assertEquals(SECONDS, TimeUnit.NANOSECONDS.toSeconds(counters.shapedNanos.sum()), 1);
    }

    @Test
    void shouldShareTheRateEvenlyWhateverTheLengthOfTheFrames() {
        first.fill(FrameClass.NORMAL, 100);
        second.fill(FrameClass.NORMAL, 8 * KIB);

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(0.5, first.bytes());
        shouldBe(0.5, second.bytes());
    }

    @Test
    void shouldKeepTheRateOfOneConnectionBesideThatOfAll() {
        first.shaper.apply(pacer, MIB / 4, time.nanos());
        first.fill(FrameClass.NORMAL, KIB);
        second.fill(FrameClass.NORMAL, KIB);

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(0.25, first.bytes());
        shouldBe(0.75, second.bytes());
    }

    @Test
    void shouldSendUrgentBodiesAtOnceAndTakeThemOffTheRestAlsoFromOtherConnections() {
        first.fill(FrameClass.LOW, KIB);
        second.fill(FrameClass.LOW, KIB);
        pass(Duration.ofSeconds(1));
        long before = first.bytes() + second.bytes();

        for (int i = 0; i < SECONDS * 10; i++) {
            OutboundFrame urgent = Frames.message(FrameClass.HIGH, 2, 32 * KIB);
            second.offer(urgent);
            assertTrue(second.sent.contains(urgent), "an urgent body waits");
            pass(Duration.ofMillis(100));
        }

        shouldBe(1, first.bytes() + second.bytes() - before);
        shouldBe(0.31, second.bytes(FrameClass.HIGH));
    }

    @Test
    void shouldHoldUrgentBodiesToTheRateToo() {
        first.fill(FrameClass.HIGH, KIB);
        second.fill(FrameClass.LOW, KIB);

        pass(Duration.ofSeconds(SECONDS));

        shouldBe(1, first.bytes() + second.bytes());
        assertTrue(second.bytes() > MIB / 20, () -> second.bytes() + " bytes: starved");
        assertTrue(second.bytes() < 2 * MIB, () -> second.bytes() + " bytes of LOW beside HIGH");
    }

    @Test
    void shouldNeverHoldBackControlFrames() {
        first.fill(FrameClass.NORMAL, KIB);
        int pings = 100_000;
        for (int i = 0; i < pings; i++) {
            first.offer(Frames.ping());
        }

        assertEquals(pings, first.sent.stream().filter(frame -> frame.type() == FrameType.PING).count());
    }

    @Test
    void shouldSendAFrameThatIsLongerThanWhatIsThere() {
        first.fill(FrameClass.NORMAL, 2 * MIB);

        pass(Duration.ofSeconds(SECONDS));

        assertEquals(SECONDS / 2, first.sent.size(), 1);
    }

    @Test
    void shouldNotBeTakenForASlowPeerWhenItIsHeldBack() {
        first.shaper.apply(pacer, KIB, time.nanos());
        first.fill(FrameClass.NORMAL, MIB);

        pass(Duration.ofSeconds(60));

        assertTrue(first.shaper.isHolding());
        assertFalse(first.writer.stalledFor(10));
    }

    @Test
    void shouldGoOnAtOnceWhenTheRateIsTakenAway() {
        first.fill(FrameClass.NORMAL, KIB);

        first.shaper.apply(Pacer.OFF, 0, time.nanos());
        first.drain();

        assertTrue(first.queue.isEmpty());
        assertFalse(first.shaper.isHolding());
    }

    @Test
    void shouldLeaveItsTurnToOthersWhenItEnds() {
        first.fill(FrameClass.NORMAL, KIB);
        second.fill(FrameClass.NORMAL, KIB);

        first.queue.kill();
        first.shaper.close(time.nanos());
        pass(Duration.ofSeconds(SECONDS));

        shouldBe(1, second.bytes());
        assertEquals(-1, first.channel.runScheduledPendingTasks(), "no timer is left");
    }
}
