// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {

    private final Deque<String> events = new ArrayDeque<>();
    private final WebCounters counters = new WebCounters();
    private final List<Object> held = new ArrayList<>();
    private Runnable ready;
    private int lost;
    private boolean closed;
    private boolean ended;
    private EmbeddedChannel channel;

    private final class Source implements EventSource {

        @Override
        public void open(Runnable whenReady) {
            ready = whenReady;
        }

        @Override
        public Optional<String> next() {
            return Optional.ofNullable(events.poll());
        }

        @Override
        public boolean ended() {
            return ended;
        }

        @Override
        public void stalled(int unsent) {
            lost = unsent;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** What a socket is that takes nothing. */
    private final class Stuck extends ChannelOutboundHandlerAdapter {

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            // Neither sent nor failed; what it holds goes with the test.
            held.add(message);
        }
    }

    @BeforeEach
    void open() {
        channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(new EventStream(new Source(), Runnable::run, counters));
    }

    @AfterEach
    void release() {
        held.forEach(ReferenceCountUtil::release);
        channel.finishAndReleaseAll();
    }

    private String sent() {
        channel.runPendingTasks();
        HttpContent content = channel.readOutbound();
        if (content == null) {
            return "";
        }
        String text = content.content().toString(UTF_8);
        content.release();
        return text;
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void shouldSendEventsInOrderWhenThereAreAny() {
        events.add("one");
        events.add("two");
        ready.run();

        assertEquals("one", sent());
        assertEquals("two", sent());
        assertEquals("", sent());
    }

    @Test
    void shouldSendACommentEachQuarterOfAMinute() {
        pass(EventStream.COMMENT_SECONDS - 1);
        assertEquals("", sent());

        pass(1);

        assertEquals(":\n\n", sent());
    }

    @Test
    void shouldCloseAClientThatReadsNothingAndKeepOneThatWasSentNothing() {
        channel.pipeline().fireUserEventTriggered(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        assertTrue(channel.isActive());
        channel.pipeline().addFirst(new Stuck());
        events.add("one");
        ready.run();
        channel.runPendingTasks();
        assertFalse(closed);

        channel.pipeline().fireUserEventTriggered(IdleStateEvent.WRITER_IDLE_STATE_EVENT);
        channel.runPendingTasks();

        assertFalse(channel.isActive());
        assertTrue(closed);
        assertEquals(1, counters.timedOut.sum());
        assertEquals(1, lost);
    }

    @Test
    void shouldLoseNoEventWhereACommentIsNotTaken() {
        channel.pipeline().addFirst(new Stuck());
        lost = -1;
        pass(EventStream.COMMENT_SECONDS);

        channel.pipeline().fireUserEventTriggered(IdleStateEvent.WRITER_IDLE_STATE_EVENT);

        assertEquals(0, lost);
    }

    @Test
    void shouldCloseWhenTheSourceHasEndedOrTheClientSendsMore() {
        ended = true;
        ready.run();
        channel.runPendingTasks();
        assertFalse(channel.isActive());
        assertTrue(closed);

        open();
        ended = false;
        channel.writeInbound("GET");

        assertFalse(channel.isActive());
    }
}
