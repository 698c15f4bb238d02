// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;

/** A handler that carries a stream in a protocol which says where the stream ends. */
public interface StreamEnd extends ChannelHandler {

    /**
     * Says that this node sends nothing more.
     *
     * @return done when it was said
     */
    ChannelFuture endStream(ChannelHandlerContext context);
}
