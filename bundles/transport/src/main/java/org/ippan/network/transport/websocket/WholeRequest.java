// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpContentException;

/**
 * Puts a request together. It answers none, as Netty's would each that is too long or asks whether to go on: a stranger
 * that sends many and reads nothing would fill the memory. One that is too long is passed on as malformed.
 */
final class WholeRequest extends HttpObjectAggregator {

    WholeRequest(int mostBytes) {
        super(mostBytes);
    }

    @Override
    protected Object newContinueResponse(HttpMessage head, int mostBytes, ChannelPipeline pipeline) {
        return null;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage message) {
        HttpRequest head = (HttpRequest) message;
        DefaultFullHttpRequest refused = new DefaultFullHttpRequest(head.protocolVersion(), head.method(), head.uri(),
                Unpooled.EMPTY_BUFFER);
        refused.setDecoderResult(DecoderResult.failure(new TooLongHttpContentException()));
        context.fireChannelRead(refused);
    }
}
