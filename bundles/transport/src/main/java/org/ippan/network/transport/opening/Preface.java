// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * Opens the protocol in plaintext: both sides send the same eight bytes, and the first byte that differs ends it. Fires
 * {@link Outcome} and, when all is well, leaves the pipeline.
 */
final class Preface extends ChannelInboundHandlerAdapter {

    private static final byte[] BYTES = "IPPAN/1\n".getBytes(StandardCharsets.US_ASCII);

    private int matched;
    private boolean sent;

    /** What came of it. */
    enum Outcome {
        /** The peer speaks our protocol. */
        AGREED,
        /** It speaks another one. */
        FOREIGN
    }

    /** Inside another protocol the channel has said already that it is active. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            send(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        send(context);
        context.fireChannelActive();
    }

    /** Once, although a channel that was accepted is active before it says so. */
    private void send(ChannelHandlerContext context) {
        if (!sent) {
            sent = true;
            context.writeAndFlush(context.alloc().directBuffer(BYTES.length).writeBytes(BYTES));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        while (in.isReadable() && matched < BYTES.length) {
            if (in.readByte() != BYTES[matched++]) {
                in.release();
                matched = 0;
                context.fireUserEventTriggered(Outcome.FOREIGN);
                return;
            }
        }
        if (matched < BYTES.length) {
            in.release();
            return;
        }
        context.fireUserEventTriggered(Outcome.AGREED);
        context.fireChannelRead(in);
        context.pipeline().remove(this);
    }
}
