// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.transport.NettyConnection.Remote;

/** Opens connections: looks up the name, connects, hands over. Safe for any thread. */
final class Dialler {

    private final Wiring wiring;
    private final IoThreads io;
    private final Channels channels;

    /** One attempt, on one event loop; whichever of success, failure and time comes first decides. */
    private final class Attempt {

        private final EventLoop loop = io.next();
        private final PeerAddress address;
        private final ConnectionHandler handler;
        private boolean decided;
        private NioSocketChannel channel;

        Attempt(PeerAddress address, ConnectionHandler handler) {
            this.address = address;
            this.handler = handler;
        }

        void begin() {
            int seconds = wiring.settings().get().sockets().connectTimeoutSeconds();
            loop.schedule(() -> fail("no answer within " + seconds + " s"), seconds, TimeUnit.SECONDS);
            lookUp(address.host(), ip -> IoThreads.execute(loop, () -> connect(ip)),
                    reason -> IoThreads.execute(loop, () -> fail(reason)));
        }

        private void connect(InetAddress ip) {
            if (decided) {
                return;
            }
            TransportSettings settings = wiring.settings().get();
            channel = new NioSocketChannel();
            channels.configure(channel, settings.sockets());
            NettyConnection connection = new NettyConnection(wiring, channel, new Remote(address, ip, true), handler);
            channel.pipeline().addLast(channels.opener(true, settings.tls()), connection.handler());
            loop.register(channel);
            channel.connect(new InetSocketAddress(ip, address.port())).addListener(done -> {
                if (!done.isSuccess()) {
                    fail(Texts.clean(done.cause()));
                }
                decided = true;
            });
        }

        private void fail(String reason) {
            if (!decided) {
                decided = true;
                if (channel != null) {
                    channel.unsafe().closeForcibly();
                }
                handler.dialFailed(address, reason);
            }
        }
    }

    Dialler(Wiring wiring, IoThreads io, Channels channels) {
        this.wiring = wiring;
        this.io = io;
        this.channels = channels;
    }

    void dial(PeerAddress address, ConnectionHandler handler) {
        Attempt attempt = new Attempt(address, handler);
        IoThreads.execute(attempt.loop, attempt::begin);
    }

    void refuse(PeerAddress address, ConnectionHandler handler, String reason) {
        IoThreads.execute(io.next(), () -> handler.dialFailed(address, reason));
    }

    /** Finds the IP address: at once if it is one, else on a thread that may block. */
    void lookUp(String host, Consumer<InetAddress> onFound, Consumer<String> onFailure) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            try {
                onFound.accept(InetAddress.getByAddress(literal));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address has 4 or 16 bytes", e);
            }
        } else if (!IoThreads.execute(io.blocking(), () -> lookUpName(host, onFound, onFailure))) {
            onFailure.accept("too many names are being looked up");
        }
    }

    private static void lookUpName(String host, Consumer<InetAddress> onFound, Consumer<String> onFailure) {
        InetAddress found;
        try {
            found = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            onFailure.accept("unknown host " + host);
            return;
        }
        onFound.accept(found);
    }
}
