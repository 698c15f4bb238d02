// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Causes;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket: bound in the background, tried again while its address is in use, moved when it is configured
 * elsewhere. Its methods return at once; opening and closing is for one thread at a time. What is bound belongs to the
 * event loop.
 */
public final class HttpListener {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final long RETRY_SECONDS = 2;
    private static final int BACKLOG = 1024;

    private final WebThreads threads;
    private final ServerBootstrap bootstrap = new ServerBootstrap();
    private volatile ListenAddress wanted;
    private Channel socket;
    /** Counts what was begun, so that what comes late can be told. */
    private int attempt;
    private volatile PeerAddress bound;
    private volatile String error = "";

    /**
     * Listens nowhere yet.
     *
     * @param threads whose loop serves all sockets
     * @param connections makes the handlers of a connection
     */
    public HttpListener(WebThreads threads, ChannelHandler connections) {
        this.threads = threads;
        bootstrap.group(threads.loop).channel(NioServerSocketChannel.class).childHandler(connections)
                .option(ChannelOption.SO_BACKLOG, BACKLOG);
    }

    /** Where it listens; empty while it does not. */
    Optional<PeerAddress> address() {
        return Optional.ofNullable(bound);
    }

    /** Why it does not listen, or empty. */
    String error() {
        return error;
    }

    /** Listens there, and nowhere else any more; does nothing if it does already. */
    public void open(ListenAddress where) {
        if (!where.equals(wanted)) {
            wanted = where;
            // From now on no peer is told of the address that is about to be left.
            bound = null;
            execute(() -> {
                shut();
                bind(where);
            });
        }
    }

    /**
     * Stops listening.
     *
     * @param why for the operator, or empty
     */
    public void close(String why) {
        wanted = null;
        bound = null;
        execute(() -> {
            shut();
            error = why;
        });
    }

    private void shut() {
        attempt++;
        bound = null;
        error = "";
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** Names are looked up elsewhere: that may block. */
    private void bind(ListenAddress where) {
        int mine = ++attempt;
        try {
            threads.work.execute(() -> lookUp(mine, where));
        } catch (RejectedExecutionException e) {
            failed(mine, where, "too many requests at once");
        }
    }

    private void lookUp(int mine, ListenAddress where) {
        try {
            List<InetAddress> ips = List.of(InetAddress.getAllByName(where.host()));
            execute(() -> tryPort(mine, where, ips, where.firstPort()));
        } catch (UnknownHostException e) {
            execute(() -> failed(mine, where, "unknown host"));
        }
    }

    /** Tries all ports of the first address, then those of the others a name has. */
    private void tryPort(int mine, ListenAddress where, List<InetAddress> ips, int port) {
        if (mine != attempt || where != wanted) {
            return;
        }
        ChannelFuture binding = bootstrap.bind(new InetSocketAddress(ips.get(0), port));
        binding.addListener(done -> {
            if (mine != attempt) {
                binding.channel().close();
            } else if (done.isSuccess()) {
                socket = binding.channel();
                bound = PeerAddress.tcp(where.host(), ((InetSocketAddress) socket.localAddress()).getPort());
                error = "";
                LOG.info("Page served at http://{}/", bound);
            } else if (port < where.lastPort()) {
                tryPort(mine, where, ips, port + 1);
            } else if (ips.size() > 1) {
                tryPort(mine, where, ips.subList(1, ips.size()), where.firstPort());
            } else {
                failed(mine, where, Causes.text(done.cause()));
            }
        });
    }

    private void failed(int mine, ListenAddress where, String reason) {
        if (mine != attempt) {
            return;
        }
        String text = "cannot listen on " + where + ": " + reason;
        if (!text.equals(error)) {
            error = text;
            LOG.warn("{}; trying again until it works", text);
        }
        threads.loop.schedule(() -> {
            if (mine == attempt) {
                bind(where);
            }
        }, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private void execute(Runnable task) {
        try {
            threads.loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("The listener has stopped already");
        }
    }
}
