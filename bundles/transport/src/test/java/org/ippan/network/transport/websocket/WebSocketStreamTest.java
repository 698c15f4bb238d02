// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.Ticker;
import org.ippan.network.transport.opening.Broken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that takes nothing: what is written to it stays in memory. */
final class WebSocketStreamTest {

    private static final int MANY = 1000;

    private final List<Object> written = new ArrayList<>();
    private final List<Broken> broken = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            written.add(message);
        }
    }, new WebSocketStream(ChannelInboundHandlerAdapter::new, new WebSocketCounters(), Ticker.system()),
            new ChannelInboundHandlerAdapter() {
                @Override
                public void userEventTriggered(ChannelHandlerContext context, Object event) {
                    broken.add((Broken) event);
                }
            });

    @AfterEach
    void close() {
        written.forEach(ReferenceCountUtil::release);
        channel.finishAndReleaseAll();
    }

    /** Else it could fill the memory with the same answer to each frame, for as long as a stalled peer is borne. */
    @Test
    void shouldAnswerTextOnceAndLookAtNothingAfterIt() {
        for (int i = 0; i < MANY; i++) {
            channel.writeInbound(new TextWebSocketFrame("a"));
        }
        channel.writeInbound(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[] {1})));

        assertEquals(1, written.size());
        assertEquals(1, broken.size());
        assertNull(channel.readInbound());
    }
}
