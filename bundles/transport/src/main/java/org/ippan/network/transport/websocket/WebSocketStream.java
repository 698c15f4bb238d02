// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.transport.opening.Awaited;
import org.ippan.network.transport.opening.Broken;
import org.ippan.network.transport.opening.Channels;
import org.ippan.network.transport.opening.StreamEnd;
import org.ippan.network.transport.tls.KeyUpdatesException;

/**
 * Bytes as binary messages and back. Where a message begins and ends means nothing, so nothing is put together: what
 * arrives of one is passed on at once. Confined to its event loop.
 */
final class WebSocketStream extends ChannelDuplexHandler implements StreamEnd {

    private static final long PINGS_PER_SECOND = 2;
    private static final long PING_BURST_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** Frames without a byte of the stream, answered or not: each costs time, and no node sends so many. */
    private static final long IDLE_FRAMES_PER_SECOND = 100;
    private static final long IDLE_BURST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<ChannelHandler> opener;
    private final WebSocketCounters counters;
    private final Ticker ticker;
    private final TokenBucket pings;
    private final TokenBucket idleFrames;
    private ChannelHandlerContext own;
    private boolean open;
    /** What comes is not looked at any more, however long the last word takes to leave. */
    private boolean over;

    WebSocketStream(Supplier<ChannelHandler> opener, WebSocketCounters counters, Ticker ticker) {
        this.opener = opener;
        this.counters = counters;
        this.ticker = ticker;
        pings = new TokenBucket(Rate.perSecond(PINGS_PER_SECOND, PING_BURST_NANOS), ticker.nanos());
        idleFrames = new TokenBucket(Rate.perSecond(IDLE_FRAMES_PER_SECOND, IDLE_BURST_NANOS), ticker.nanos());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        own = context;
    }

    /** The upgrade is done: from now on there is a stream. */
    void open() {
        if (own.channel().isActive()) {
            open = true;
            awaits("");
            counters.opened.increment();
            own.pipeline().addAfter(own.name(), Channels.OPENER, opener.get());
        }
    }

    /** An answer is needed from there before there can be a stream. */
    void awaits(String whom) {
        own.fireUserEventTriggered(new Awaited(whom));
    }

    /** There will be no stream, or no more of it. */
    void broken(String why) {
        own.fireUserEventTriggered(new Broken(why));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (over || message instanceof WebSocketFrame frame && isIdle(frame) && !bears(context)) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            context.fireChannelRead(((WebSocketFrame) message).content());
        } else if (message instanceof PingWebSocketFrame ping) {
            answer(context, ping);
        } else {
            ReferenceCountUtil.release(message);
            if (message instanceof CloseWebSocketFrame) {
                // From here on, as the stream has ended: TLS inside it has nothing more to say.
                context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                        .addListener(sent -> context.close());
            } else if (message instanceof TextWebSocketFrame) {
                end(context, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "the other end sends text, which no node does");
            }
        }
    }

    private static boolean isIdle(WebSocketFrame frame) {
        return frame instanceof PingWebSocketFrame || frame instanceof PongWebSocketFrame
                || !(frame instanceof CloseWebSocketFrame) && !frame.content().isReadable();
    }

    /** Whether one more idle frame is borne; else the stream ends. */
    private boolean bears(ChannelHandlerContext context) {
        boolean borne = idleFrames.tryTake(1, ticker.nanos());
        if (!borne) {
            end(context, WebSocketCloseStatus.POLICY_VIOLATION,
                    "the other end sends frames that carry nothing, one after the other");
        }
        return borne;
    }

    /** Says so once, and does not wait until it has left: a peer that reads nothing would have it said for ever. */
    private void end(ChannelHandlerContext context, WebSocketCloseStatus status, String why) {
        over = true;
        context.writeAndFlush(new CloseWebSocketFrame(status));
        broken(why);
    }

    /** What comes over the rate is not answered: a stream that is sent to all the time needs no answers either. */
    private void answer(ChannelHandlerContext context, PingWebSocketFrame ping) {
        long now = ticker.nanos();
        pings.take(1, now);
        if (pings.waitNanos(now) == 0) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content()));
        } else {
            counters.pingsIgnored.increment();
            ping.release();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            context.write(message, promise);
        } else if (bytes.readableBytes() <= WebSocketCarrier.MOST_BYTES) {
            context.write(new BinaryWebSocketFrame(bytes), promise);
        } else {
            PromiseCombiner parts = new PromiseCombiner(context.executor());
            while (bytes.isReadable()) {
                parts.add(context.write(new BinaryWebSocketFrame(bytes.readRetainedSlice(
                        Math.min(WebSocketCarrier.MOST_BYTES, bytes.readableBytes())))));
            }
            bytes.release();
            parts.finish(promise);
        }
    }

    /** Events of what is before this handler are its own affair; TLS of the stream itself comes after it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent && open) {
            context.writeAndFlush(new PingWebSocketFrame());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (KeyUpdatesException.isCauseOf(failure)) {
            // Of the outer TLS, that of a proxy perhaps: no peer loses points.
            broken(failure.getCause().getMessage());
        } else if (failure instanceof CodecException && !(failure.getCause() instanceof SSLException)) {
            broken("what came is no WebSocket: " + failure.getMessage());
        } else {
            context.fireExceptionCaught(failure);
        }
    }

    @Override
    public ChannelFuture endStream(ChannelHandlerContext context) {
        return context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    }
}
