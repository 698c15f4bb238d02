// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.settings.TransportSettings.Queues;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The writer over a channel that takes little, or nothing. */
final class FrameWriterTest {

    private static final int MIB = 1024 * 1024;

    private final ManualScheduler time = new ManualScheduler();
    private final OutboundBudget budget = new OutboundBudget(MIB, () -> { });
    private final OutboundQueue queue = new OutboundQueue(new Queues(MIB, 100, MIB, 10), budget, dropped -> { });
    private final List<OutboundFrame> written = new ArrayList<>();
    private final List<Boolean> idle = new ArrayList<>();
    private final Gate gate = new Gate();
    private final EmbeddedChannel channel = new EmbeddedChannel(gate);
    private final FrameWriter writer = new FrameWriter(channel, queue,
            new Shaper(channel, new Counters(), () -> { }), time, false, new FrameWriter.Sink() {
        @Override
        public void written(OutboundFrame frame, long nowNanos) {
            written.add(frame);
        }

        @Override
        public void progress() {
            idle.add(writerIdle());
        }
    });

    /** Holds flushes back while it is shut. */
    private static final class Gate extends ChannelOutboundHandlerAdapter {

        private boolean shut;
        private int flushes;

        @Override
        public void flush(ChannelHandlerContext context) {
            flushes++;
            if (!shut) {
                context.flush();
            }
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            context.write(message, promise);
        }
    }

    private boolean writerIdle() {
        return writer.idle();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void shouldNotBeIdleBeforeTheLastFrameIsWrittenHoweverFullTheChannelWas() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
        OutboundFrame message = Frames.message(FrameClass.LOW, 1, 100_000);
        OutboundFrame goodbye = Frames.goodbye();
        queue.offer(message, false);
        writer.last(goodbye);

        boolean more = writer.drain();

        assertTrue(more);
        assertEquals(List.of(message), written);
        assertEquals(List.of(false), idle);
        writer.drain();
        assertEquals(List.of(message, goodbye), written);
        assertEquals(List.of(false, true), idle);
        assertEquals(0, queue.bytes());
    }

    @Test
    void shouldFlushOnceForAllThatIsQueued() {
        for (int i = 0; i < 50; i++) {
            queue.offer(Frames.message(FrameClass.NORMAL, i, 100), false);
        }

        writer.drain();

        assertEquals(1, gate.flushes);
        assertEquals(50, written.size());
        assertEquals(0, budget.used());
    }

    @Test
    void shouldTellOnceThatNothingIsTaken() {
        gate.shut = true;
        queue.offer(Frames.ping(), false);
        writer.drain();

        time.advance(Duration.ofSeconds(10));
        assertFalse(writer.stalledFor(10));
        time.advance(Duration.ofMillis(1));

        assertTrue(writer.stalledFor(10));
        assertFalse(writer.stalledFor(10));
    }

    @Test
    void shouldNotTakeSilenceForAStall() {
        time.advance(Duration.ofMinutes(1));
        assertFalse(writer.stalledFor(10));
        gate.shut = true;
        queue.offer(Frames.ping(), false);
        writer.drain();

        time.advance(Duration.ofSeconds(9));

        assertFalse(writer.stalledFor(10));
    }

    @Test
    void shouldStampTheAgeOfTheMomentItIsWritten() {
        OutboundFrame message = OutboundFrame.gossip(FrameClass.HIGH, null, new byte[21], new byte[0],
                Frames.AGE_OFFSET, 100, time.nanos());
        queue.offer(message, false);
        time.advance(Duration.ofMillis(50));

        writer.drain();

        io.netty.buffer.ByteBuf out = channel.readOutbound();
        assertEquals(150, out.getInt(8 + Frames.AGE_OFFSET));
        out.release();
    }
}
