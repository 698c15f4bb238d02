// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.transport.connection.DialOutcome;
import org.ippan.network.transport.connection.NettyConnection;
import org.ippan.network.transport.connection.NettyConnection.Remote;
import org.ippan.network.transport.connection.Wiring;
import org.ippan.network.transport.io.Texts;
import org.ippan.network.transport.opening.Carrier;
import org.ippan.network.transport.opening.Channels;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * One try to connect to one IP address: whichever of success, failure and time comes first decides. Confined to its
 * event loop.
 */
final class Try implements DialOutcome {

    private final Wiring wiring;
    private final Channels channels;
    private final EventLoop loop;
    private final Consumer<String> onFailure;
    private final Runnable onEstablished;
    private boolean failed;

    /** A try that has not begun; exactly one of the two is told, if the connection opens later or never. */
    Try(Wiring wiring, Channels channels, EventLoop loop, Consumer<String> onFailure, Runnable onEstablished) {
        this.wiring = wiring;
        this.channels = channels;
        this.loop = loop;
        this.onFailure = onFailure;
        this.onEstablished = onEstablished;
    }

    /** Connects within a time; the handler gets the connection once its stream is open. */
    void connect(Carrier.Route route, InetSocketAddress to, ConnectionHandler handler, long nanos) {
        if (loop.isShuttingDown()) {
            notOpened(Texts.STOPPED);
            return;
        }
        TransportSettings settings = wiring.settings().get();
        NioSocketChannel channel = new NioSocketChannel();
        channels.configure(channel, settings);
        NettyConnection connection = new NettyConnection(wiring, channel,
                new Remote(route.address(), to.getAddress(), Optional.of(this)), handler);
        route.dial(channel.pipeline(), () -> channels.opener(true, settings.tls()));
        channel.pipeline().addLast(connection.handler());
        loop.register(channel);
        String unreached = Opener.unreached(route);
        Future<?> timeout = loop.schedule(() -> {
            notOpened(unreached + "no answer from " + to + " within " + Math.round(nanos / 1e9) + " s");
            channel.unsafe().closeForcibly();
        }, nanos, TimeUnit.NANOSECONDS);
        channel.connect(to).addListener(done -> {
            timeout.cancel(false);
            if (!done.isSuccess()) {
                notOpened(unreached + Texts.clean(done.cause()));
            }
        });
    }

    @Override
    public void notOpened(String why) {
        if (!failed) {
            failed = true;
            onFailure.accept(why);
        }
    }

    @Override
    public void established() {
        onEstablished.run();
    }
}
