// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.ippan.network.transport.opening.Channels;
import org.ippan.network.transport.opening.StreamEnd;

/**
 * The orderly end of a stream: close_notify, end of our half, and whatever still comes is discarded until the peer ends
 * its half. Closing at once instead would reset the stream and destroy the GOODBYE under way.
 */
final class Farewell {

    private Farewell() {
    }

    /**
     * Ends our half.
     *
     * @param ifImpossible run where a channel has no halves, or is closed already
     */
    static void say(Channel channel, Runnable ifImpossible) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addFirst(new Discard());
        if (pipeline.get(Channels.OPENER) instanceof SslHandler tls) {
            tls.closeOutbound().addListener(sent -> endCarrier(channel, ifImpossible));
        } else {
            endCarrier(channel, ifImpossible);
        }
    }

    private static void endCarrier(Channel channel, Runnable ifImpossible) {
        ChannelHandlerContext carrier = channel.pipeline().context(StreamEnd.class);
        if (carrier == null) {
            shutdownOutput(channel, ifImpossible);
        } else {
            ((StreamEnd) carrier.handler()).endStream(carrier)
                    .addListener(sent -> shutdownOutput(channel, ifImpossible));
        }
    }

    private static void shutdownOutput(Channel channel, Runnable ifImpossible) {
        if (channel instanceof DuplexChannel socket && channel.isActive()) {
            socket.shutdownOutput();
        } else {
            ifImpossible.run();
        }
    }

    /** Lets nothing of what arrives get any farther. */
    private static final class Discard extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
