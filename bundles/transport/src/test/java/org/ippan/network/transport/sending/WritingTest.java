// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.rate.Pacer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a connection is drained, and when not. */
final class WritingTest implements Writing.Owner {

    private static final int MUCH = 40_000;

    private final ManualScheduler time = new ManualScheduler();
    private final Bodies bodies = new Bodies();
    private final Pacer pacer = new Pacer(0, 0, time.nanos());
    private final Line line = new Line();
    private final EmbeddedChannel channel = new EmbeddedChannel(line);
    private int connections = 1;
    private final Writing writing = new Writing(channel, new Outlet(time, () -> pacer, new Counters(),
            new ControlQueue.Room(Long.MAX_VALUE), () -> connections), false, this);
    private int drains;

    /** Takes nothing while it is shut. */
    private final class Line extends ChannelDuplexHandler {

        private boolean shut;

        @Override
        public void flush(ChannelHandlerContext context) {
            if (!shut) {
                context.flush();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            writing.writabilityChanged();
        }
    }

    WritingTest() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(MUCH / 4, MUCH / 2));
    }

    @AfterEach
    void release() {
        line.shut = false;
        channel.flush();
        channel.releaseOutbound();
    }

    private void send(int length) {
        bodies.add(FrameClass.NORMAL, length);
        writing.pull();
        channel.runPendingTasks();
    }

    @Override
    public void drain() {
        drains++;
        writing.drain();
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        return bodies.fill(target, lowest);
    }

    @Override
    public void taken(Fill fill) {
        fill.taken();
    }

    @Override
    public void progress() {
        // It is not about to end.
    }

    @Test
    void shouldNotBeWokenForEachMessageWhileTheSocketTakesNothing() {
        line.shut = true;
        send(MUCH);
        int before = drains;

        for (int i = 0; i < 1000; i++) {
            send(10);
            writing.offer(Frames.ping());
            channel.runPendingTasks();
        }

        assertFalse(channel.isWritable());
        assertEquals(before, drains);
        assertFalse(writing.isDone());
    }

    @Test
    void shouldSendAllThatCameMeanwhileWhenTheSocketTakesItAgain() {
        line.shut = true;
        send(MUCH);
        for (int i = 0; i < 1000; i++) {
            bodies.add(FrameClass.NORMAL, 10);
            writing.pull();
        }
        channel.runPendingTasks();

        line.shut = false;
        channel.flush();
        channel.runPendingTasks();

        assertTrue(channel.isWritable());
        assertEquals(1001, bodies.framesTaken());
        assertTrue(writing.isDone());
    }

    /** Little may be under way over many connections together: one that takes nothing is not to have all of it. */
    @Test
    void shouldWriteLessAtOnceWhereThereAreManyConnections() {
        connections = 8;
        int few = writing.fillBytes();
        connections = 9;

        assertEquals(64 * 1024, few);
        assertEquals(32 * 1024, writing.fillBytes());
    }
}
