// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.transport.connection.NettyConnection;
import org.ippan.network.transport.connection.NettyConnection.Remote;
import org.ippan.network.transport.connection.Wiring;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.io.Texts;
import org.ippan.network.transport.opening.Channels;
import org.ippan.network.transport.settings.TransportSettings;

/** Opens connections: looks up the name, connects, hands over. Safe for any thread. */
public final class Dialler {

    private final Wiring wiring;
    private final IoThreads io;
    private final Names names;
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
            names.lookUp(address.host(), ip -> IoThreads.execute(loop, () -> connect(ip)),
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

    public Dialler(Wiring wiring, IoThreads io, Names names, Channels channels) {
        this.wiring = wiring;
        this.io = io;
        this.names = names;
        this.channels = channels;
    }

    public void dial(PeerAddress address, ConnectionHandler handler) {
        Attempt attempt = new Attempt(address, handler);
        IoThreads.execute(attempt.loop, attempt::begin);
    }

    public void refuse(PeerAddress address, ConnectionHandler handler, String reason) {
        IoThreads.execute(io.next(), () -> handler.dialFailed(address, reason));
    }
}
