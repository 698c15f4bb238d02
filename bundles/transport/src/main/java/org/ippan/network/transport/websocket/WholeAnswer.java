// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;

/** Puts an answer together; of one whose body is too long, as pages of errors are, it passes on the rest. */
final class WholeAnswer extends HttpObjectAggregator {

    WholeAnswer(int mostBytes) {
        super(mostBytes);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message) {
        HttpResponse response = (HttpResponse) message;
        context.fireChannelRead(new DefaultFullHttpResponse(response.protocolVersion(), response.status(),
                Unpooled.EMPTY_BUFFER, response.headers().copy(), EmptyHttpHeaders.INSTANCE));
    }
}
