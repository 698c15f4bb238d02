// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.TooLongHttpContentException;
import java.util.function.Predicate;

/**
 * Puts requests together, each with its body. One that is too long is refused where all others are, so that it is
 * counted and logged as they are.
 */
final class WholeRequests extends HttpObjectAggregator {

    private final Predicate<HttpRequest> mine;

    /**
     * Puts some requests together and passes on the others.
     *
     * @param mostBytes of a body
     * @param mine which requests
     */
    WholeRequests(int mostBytes, Predicate<HttpRequest> mine) {
        super(mostBytes, true);
        this.mine = mine;
    }

    @Override
    public boolean acceptInboundMessage(Object message) throws Exception {
        return super.acceptInboundMessage(message)
                && (!(message instanceof HttpRequest head) || mine.test(head));
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        context.fireChannelRead(Screen.refused((HttpRequest) oversized,
                new TooLongHttpContentException("more than " + maxContentLength() + " bytes")));
    }
}
