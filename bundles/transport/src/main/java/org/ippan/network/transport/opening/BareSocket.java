// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;

/** A socket is a stream already. Stateless. */
final class BareSocket implements Carrier {

    @Override
    public Route to(PeerAddress address) {
        return new Straight(address);
    }

    private record Straight(PeerAddress address) implements Route {

        @Override
        public PeerAddress socket() {
            return address;
        }

        @Override
        public void dial(ChannelPipeline pipeline, Supplier<ChannelHandler> opener) {
            pipeline.addLast(Channels.OPENER, opener.get());
        }
    }

    @Override
    public void accept(ChannelPipeline pipeline, InetAddress from, Predicate<InetAddress> cameFrom,
            Supplier<ChannelHandler> opener) {
        pipeline.addLast(Channels.OPENER, opener.get());
    }
}
