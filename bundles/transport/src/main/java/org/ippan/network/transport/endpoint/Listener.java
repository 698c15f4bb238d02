// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.io.OperatorLog;
import org.ippan.network.transport.io.Texts;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * The listening socket: bound in the background, tried again while its address is in use, moved when it is configured
 * elsewhere. It survives running out of file descriptors. Its methods are for any thread, its state belongs to one
 * event loop.
 */
public final class Listener {

    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 30_000;
    private static final long ACCEPT_PAUSE_MILLIS = 1000;
    private static final int BACKLOG = 1024;
    /** A port is free once the selector has run after its socket was closed. */
    private static final long CLOSING_MILLIS = 1;

    private final Supplier<TransportSettings> settings;
    private final Supplier<ListenAddress> wanted;
    private final OperatorLog log;
    private final EventLoop loop;
    private final Names names;
    private final Consumer<SocketChannel> onAccept;
    private Channel socket;
    private Future<?> retry;
    private long retryMillis = FIRST_RETRY_MILLIS;
    /** Counts what was begun, so that what comes late can be told. */
    private int attempt;
    private volatile PeerAddress bound;
    private volatile String error = "";

    /**
     * A listener that does not listen yet.
     *
     * @param settings those in force
     * @param wanted where to listen
     * @param log for the operator
     * @param loop where it lives
     * @param names finds the address to listen on
     * @param onAccept gets the channels of those who come, not yet registered
     */
    public Listener(Supplier<TransportSettings> settings, Supplier<ListenAddress> wanted, OperatorLog log,
            EventLoop loop, Names names, Consumer<SocketChannel> onAccept) {
        this.settings = settings;
        this.wanted = wanted;
        this.log = log;
        this.loop = loop;
        this.names = names;
        this.onAccept = onAccept;
    }

    public Optional<PeerAddress> address() {
        return Optional.ofNullable(bound);
    }

    /** Why it does not listen, or empty. */
    public String error() {
        return error;
    }

    /** Listens where the settings say, from scratch. */
    public void open() {
        // From now on no peer is told of the address that is about to be left.
        bound = null;
        IoThreads.execute(loop, () -> {
            boolean listened = socket != null;
            shut("");
            retryMillis = FIRST_RETRY_MILLIS;
            if (listened) {
                retry = loop.schedule(this::bind, CLOSING_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                bind();
            }
        });
    }

    /**
     * Stops listening.
     *
     * @param why for the operator, or empty
     */
    public void close(String why) {
        IoThreads.execute(loop, () -> shut(why));
    }

    private void shut(String why) {
        attempt++;
        // First: where there is no address, there is the reason.
        error = why;
        bound = null;
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    private void bind() {
        int mine = ++attempt;
        ListenAddress where = wanted.get();
        names.lookUp(where.host(), ips -> IoThreads.execute(loop, () -> {
            if (mine == attempt) {
                tryPort(where, ips, where.firstPort());
            }
        }), reason -> IoThreads.execute(loop, () -> {
            if (mine == attempt) {
                failed(where, reason);
            }
        }));
    }

    /** Tries all ports of the first address, then those of the others a name has. */
    private void tryPort(ListenAddress where, List<InetAddress> ips, int port) {
        TransportSettings now = settings.get();
        InetAddress ip = ips.get(0);
        if (!now.tls() && !now.allowPlaintext() && !ip.isLoopbackAddress()) {
            failed(where, "plaintext is only for loopback addresses, which " + ip.getHostAddress() + " is not");
            return;
        }
        int mine = attempt;
        NioServerSocketChannel server = new NioServerSocketChannel();
        server.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        if (now.sockets().bufferBytes() > 0) {
            // What is accepted inherits it, in time for the window that is offered.
            server.config().setOption(ChannelOption.SO_RCVBUF, now.sockets().bufferBytes());
        }
        server.pipeline().addLast(new Accepting());
        loop.register(server);
        server.bind(new InetSocketAddress(ip, port)).addListener(done -> {
            if (mine != attempt) {
                server.close();
            } else if (done.isSuccess()) {
                succeeded(where, server);
            } else {
                server.close();
                if (port < where.lastPort()) {
                    tryPort(where, ips, port + 1);
                } else if (ips.size() > 1) {
                    tryPort(where, ips.subList(1, ips.size()), where.firstPort());
                } else {
                    failed(where, Texts.clean(done.cause()));
                }
            }
        });
    }

    private void succeeded(ListenAddress where, NioServerSocketChannel server) {
        socket = server;
        bound = PeerAddress.tcp(where.host(), server.localAddress().getPort());
        if (!error.isEmpty()) {
            error = "";
            log.info().accept("Listening on " + bound + " now");
        }
    }

    private void failed(ListenAddress where, String reason) {
        String text = "cannot listen on " + where + ": " + reason;
        if (!text.equals(error)) {
            error = text;
            log.warn().accept(text + "; trying again until it works");
        }
        retry = loop.schedule(this::bind, retryMillis, TimeUnit.MILLISECONDS);
        retryMillis = Math.min(LAST_RETRY_MILLIS, 2 * retryMillis);
    }

    /** Takes in connections; when that fails, for want of file descriptors, rests a little and says so once. */
    private final class Accepting extends ChannelInboundHandlerAdapter {

        private boolean said;

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            said = false;
            onAccept.accept((SocketChannel) accepted);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            if (!said) {
                said = true;
                log.warn().accept("Cannot accept connections: " + Texts.clean(failure) + "; trying again");
            }
            context.channel().config().setAutoRead(false);
            loop.schedule(() -> context.channel().config().setAutoRead(true), ACCEPT_PAUSE_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }
}
