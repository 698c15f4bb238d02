// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.opening;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.net.InetAddress;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;

/**
 * What carries the byte stream of a connection: a socket as it is, or a protocol above it. In the stream, whatever
 * carries it, runs the same: TLS or the preface, then frames. Stateless for its callers, safe for any thread; what it
 * adds to a pipeline is confined to the channel's event loop.
 */
public interface Carrier {

    /** The socket as it is. */
    Carrier SOCKET = new BareSocket();

    /** How an address is reached by the settings of this moment. */
    Route to(PeerAddress address);

    /**
     * The way of one dial. Settings that change meanwhile change nothing of it: what is meant for a proxy would be said
     * to a socket that was opened to the peer.
     */
    interface Route {

        /** Of the peer. */
        PeerAddress address();

        /** Where the socket has to be opened to. */
        PeerAddress socket();

        /**
         * Prepares a channel that is not yet registered, and that this node opens.
         *
         * @param pipeline gets what carries the stream; what opens the stream is to be added as {@link Channels#OPENER}
         * @param opener makes what opens the stream, to be added once there is a stream
         */
        void dial(ChannelPipeline pipeline, Supplier<ChannelHandler> opener);
    }

    /** Whether who comes from there only brings others, each of whom is judged by the place he is said to be at. */
    default boolean isProxy(InetAddress from) {
        return false;
    }

    /**
     * Prepares a channel that is not yet registered, and that another node opened.
     *
     * @param pipeline as above
     * @param from where its socket comes from
     * @param cameFrom is told where the peer really is, if a proxy brings it; false if it must not come in
     * @param opener as above
     */
    void accept(ChannelPipeline pipeline, InetAddress from, Predicate<InetAddress> cameFrom,
            Supplier<ChannelHandler> opener);
}
