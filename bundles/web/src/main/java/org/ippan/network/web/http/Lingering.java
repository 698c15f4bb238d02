// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Ends the connection of a client that was refused in the middle of what it sends: the rest is read and thrown away
 * until the client closes, {@link Deadline} does, or it was too much. A socket that is closed with something unread
 * resets the connection, and the client may lose the answer that says why (RFC 9112, 9.6). Runs on the event loop only.
 */
final class Lingering extends ChannelInboundHandlerAdapter {

    /** Who was not heeded for so long does not wait for an answer. */
    private static final long MOST_BYTES = 4 << 20;

    private long thrownAway;

    /** To be told when the answer has left. */
    static ChannelFutureListener afterAnswer() {
        return sent -> {
            if (sent.isSuccess()) {
                ((DuplexChannel) sent.channel()).shutdownOutput();
                sent.channel().pipeline().addFirst(new Lingering());
                sent.channel().config().setAutoRead(true);
            } else {
                sent.channel().close();
            }
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        thrownAway += ((ByteBuf) message).readableBytes();
        ReferenceCountUtil.release(message);
        if (thrownAway > MOST_BYTES) {
            context.close();
        }
    }
}
