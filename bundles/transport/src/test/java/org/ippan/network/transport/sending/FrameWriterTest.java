// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.transport.io.Counters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer over a channel that takes little, or nothing. */
final class FrameWriterTest implements FrameWriter.Source {

    private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private final ManualScheduler time = new ManualScheduler();
    private final ControlQueue queue = new ControlQueue(new LongAdder(), new ControlQueue.Room(Long.MAX_VALUE));
    private final Bodies bodies = new Bodies();
    private final List<Boolean> idle = new ArrayList<>();
    private final Gate gate = new Gate();
    private final EmbeddedChannel channel = new EmbeddedChannel(gate);
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final FrameWriter writer = new FrameWriter(channel, queue,
            new Shaper(channel, new Counters(), () -> { }), time, true, this);
    private BiFunction<FrameTarget, FrameClass, Fill> filling = bodies::fill;

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
    }

    @BeforeEach
    void open() {
        channel.config().setAllocator(allocator);
        channel.config().setWriteBufferWaterMark(MARKS);
        writer.want();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
        assertEquals(0, allocator.metric().usedHeapMemory());
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        return filling.apply(target, lowest);
    }

    @Override
    public void taken(Fill fill, int bytes) {
        if (fill != null) {
            fill.taken();
        }
        idle.add(writer.idle());
    }

    /** What the peer gets. */
    private byte[] received() {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private List<FrameType> typesReceived() {
        List<FrameType> types = new ArrayList<>();
        ByteBuf all = Unpooled.wrappedBuffer(received());
        while (all.isReadable()) {
            types.add(FrameType.of(all.getUnsignedByte(all.readerIndex() + 1)));
            all.skipBytes(FrameType.HEADER_LENGTH + all.getInt(all.readerIndex() + 4));
        }
        return types;
    }

    @Test
    void shouldNotBeIdleBeforeTheLastFrameIsTakenHoweverFullTheChannelWas() {
        bodies.add(FrameClass.LOW, 100_000);
        writer.last(Frames.goodbye());

        boolean more = writer.drain();

        assertTrue(more);
        assertEquals(List.of(false), idle);
        writer.drain();
        assertEquals(List.of(false, true), idle);
        assertEquals(List.of(FrameType.GOSSIP, FrameType.GOODBYE), typesReceived());
        assertEquals(0, writer.underWayBytes());
    }

    @Test
    void shouldPullNothingMoreBehindTheLastFrame() {
        writer.last(Frames.goodbye());
        writer.drain();

        bodies.add(FrameClass.HIGH, 100);
        writer.want();
        writer.drain();

        assertEquals(List.of(FrameType.GOODBYE), typesReceived());
        assertTrue(writer.idle());
    }

    @Test
    void shouldFlushOnceForAllThatItWrites() {
        for (int i = 0; i < 50; i++) {
            queue.offer(Frames.ping());
            bodies.add(FrameClass.NORMAL, 100);
        }

        assertFalse(writer.drain());

        assertEquals(1, gate.flushes);
        assertEquals(50, bodies.framesTaken());
        assertEquals(100, typesReceived().size());
    }

    @Test
    void shouldPullNoMoreThanTwoFillsAheadOfTheSocket() {
        gate.shut = true;
        for (int i = 0; i < 1000; i++) {
            bodies.add(FrameClass.NORMAL, 1000);
        }

        while (writer.drain()) {
            assertTrue(writer.hasMore());
        }

        assertTrue(writer.underWayBytes() <= 2 * FrameWriter.FILL_BYTES, () -> writer.underWayBytes() + " bytes");
        assertEquals(1000 * 1008, writer.underWayBytes() + bodies.bytesWaiting());
        assertEquals(List.of(), bodies.taken);
    }

    @Test
    void shouldTellThatFillsWereTakenInTheirOrder() {
        gate.shut = true;
        bodies.add(FrameClass.LOW, 101);
        bodies.add(FrameClass.HIGH, 102);
        bodies.add(FrameClass.NORMAL, 103);
        writer.drain();
        assertEquals(0, bodies.framesTaken());

        gate.shut = false;
        channel.flush();

        assertEquals(List.of(110, 111, 109), bodies.taken.stream().map(Bodies.Taken::bytes).toList());
        assertEquals(0, writer.underWayBytes());
    }

    @Test
    void shouldSendControlFramesBeforeWhatIsNotPulledYet() {
        gate.shut = true;
        for (int i = 0; i < 4; i++) {
            bodies.add(FrameClass.HIGH, FrameWriter.FILL_BYTES);
        }
        writer.drain();
        queue.offer(Frames.ping());
        gate.shut = false;
        channel.flush();
        while (writer.drain()) {
            assertTrue(writer.hasMore());
        }

        assertEquals(List.of(FrameType.GOSSIP, FrameType.PING, FrameType.GOSSIP, FrameType.GOSSIP, FrameType.GOSSIP),
                typesReceived());
    }

    @Test
    void shouldKeepNothingOfAFillThatFails() {
        filling = (target, lowest) -> {
            target.copy(new byte[1000], 0, 1000);
            throw new IllegalStateException("a mistake of the source");
        };

        assertThrows(IllegalStateException.class, writer::drain);

        channel.flush();
        assertEquals(0, received().length);
        assertEquals(0, writer.underWayBytes());
    }

    @Test
    void shouldNotTakeBytesForNoneNorNoneForBytes() {
        filling = (target, lowest) -> {
            target.copy(new byte[1000], 0, 1000);
            return null;
        };
        assertThrows(IllegalStateException.class, writer::drain);

        writer.want();
        filling = (target, lowest) -> bodies.new Taken(FrameClass.LOW, 0, 0);
        assertThrows(IllegalStateException.class, writer::drain);
    }

    @Test
    void shouldAskNoMoreWhenThereWasNothingUntilItIsTold() {
        writer.drain();
        bodies.add(FrameClass.NORMAL, 100);

        writer.drain();
        assertFalse(writer.hasMore());
        assertEquals(0, bodies.framesTaken());
        writer.want();
        writer.drain();

        assertEquals(1, bodies.framesTaken());
    }

    @Test
    void shouldTellThatNothingIsTakenAndAgainAfterAsLong() {
        gate.shut = true;
        queue.offer(Frames.ping());
        writer.drain();

        time.advance(Duration.ofSeconds(10));
        assertFalse(writer.stalledFor(10));
        time.advance(Duration.ofMillis(1));

        assertTrue(writer.stalledFor(10));
        time.advance(Duration.ofSeconds(10));
        assertFalse(writer.stalledFor(10));
        time.advance(Duration.ofMillis(1));

        assertTrue(writer.stalledFor(10));
    }

    @Test
    void shouldNotTakeSilenceForAStall() {
        time.advance(Duration.ofMinutes(1));
        assertFalse(writer.stalledFor(10));
        gate.shut = true;
        queue.offer(Frames.ping());
        writer.drain();

        time.advance(Duration.ofSeconds(9));

        assertFalse(writer.stalledFor(10));
    }

    @Test
    void shouldNotTakeASlowSocketForAStall() {
        gate.shut = true;
        bodies.add(FrameClass.LOW, 10_000);
        writer.drain();
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        pending.addFlush();

        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofSeconds(9));
            pending.progress(1);
            assertFalse(writer.stalledFor(10));
        }
        time.advance(Duration.ofSeconds(11));

        assertTrue(writer.stalledFor(10));
    }
}
