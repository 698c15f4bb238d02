// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events (the HTML standard, 9.2) as fast as the client reads them, and a comment while there are none, by which
 * proxies and clients see that the stream lives. A client that reads nothing for a while is closed. Runs on the event
 * loop; only what wakes it runs anywhere.
 */
final class EventStream extends ChannelInboundHandlerAdapter {

    static final int STALLED_SECONDS = 10;
    static final int COMMENT_SECONDS = 15;

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final String COMMENT = ":\n\n";

    private final EventSource source;
    private final Executor workers;
    private final WebCounters counters;
    private final AtomicBoolean woken = new AtomicBoolean();
    private Future<?> comments;
    /** Events and comments on their way to the socket. */
    private int unsent;
    /** Events of them. */
    private int unsentEvents;

    EventStream(EventSource source, Executor workers, WebCounters counters) {
        this.source = source;
        this.workers = workers;
        this.counters = counters;
    }

    /** Tells when nothing was written for a while, and not while a long event leaves slowly. */
    static IdleStateHandler stallDetector() {
        return new IdleStateHandler(true, 0, STALLED_SECONDS, 0, TimeUnit.SECONDS);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        comments = context.executor().scheduleAtFixedRate(() -> comment(context), COMMENT_SECONDS, COMMENT_SECONDS,
                TimeUnit.SECONDS);
        source.open(() -> wake(context));
    }

    private void comment(ChannelHandlerContext context) {
        if (unsent == 0) {
            send(context, COMMENT, 0);
            context.flush();
        }
    }

    private void wake(ChannelHandlerContext context) {
        if (woken.compareAndSet(false, true)) {
            try {
                context.executor().execute(() -> {
                    woken.set(false);
                    drain(context);
                });
            } catch (RejectedExecutionException e) {
                // The bundle stops, which closes the connection.
                return;
            }
        }
    }

    private void drain(ChannelHandlerContext context) {
        if (source.ended()) {
            context.close();
            return;
        }
        while (context.channel().isActive() && context.channel().isWritable()) {
            Optional<String> event = source.next();
            if (event.isEmpty()) {
                break;
            }
            send(context, event.get(), 1);
        }
        context.flush();
    }

    private void send(ChannelHandlerContext context, String text, int events) {
        unsent++;
        unsentEvents += events;
        context.write(new DefaultHttpContent(ByteBufUtil.writeUtf8(context.alloc(), text))).addListener(sent -> {
            unsent--;
            unsentEvents -= events;
        });
    }

    /** Later, as this is told in the middle of a write. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        wake(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && unsent > 0) {
            counters.timedOut.increment();
            source.stalled(unsentEvents);
            context.close();
        }
    }

    /** A client that sends more has not understood what it asked for. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        comments.cancel(false);
        close();
    }

    /** Tells that the client has gone. */
    void close() {
        try {
            workers.execute(source::close);
        } catch (RejectedExecutionException e) {
            source.close();
        }
    }

    /** A client may go at any time. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("A stream of messages is closed", cause);
        context.close();
    }
}
