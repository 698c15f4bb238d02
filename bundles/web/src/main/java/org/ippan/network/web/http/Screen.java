// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;

/**
 * Judges a request with a long body by its head, so that only clients that may send it take memory. What it refuses
 * goes on as a request that failed, and is answered where all others are. Runs on the event loop only.
 */
final class Screen extends ChannelInboundHandlerAdapter {

    private final Site site;
    private final String client;
    private boolean refused;

    Screen(Site site, String client) {
        this.site = site;
        this.client = client;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest head && head.decoderResult().isSuccess() && site.takesBytes(head)) {
            try {
                site.admit(Request.head(head, client));
            } catch (Refusal e) {
                refused = true;
                context.fireChannelRead(refused(head, e));
                return;
            }
        }
        context.fireChannelRead(message);
    }

    /** Stands for a request whose body is not wanted. */
    static DefaultFullHttpRequest refused(HttpRequest head, Throwable why) {
        DefaultFullHttpRequest refused = new DefaultFullHttpRequest(head.protocolVersion(), head.method(), head.uri(),
                Unpooled.EMPTY_BUFFER);
        refused.setDecoderResult(DecoderResult.failure(why));
        return refused;
    }
}
