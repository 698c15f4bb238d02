// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.web.settings.WebSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every connection goes through: the limit of connections, then HTTP with limits of its own, one request at a
 * time. Runs on the event loop only.
 */
@ChannelHandler.Sharable
public final class Pipeline extends ChannelInitializer<SocketChannel> {

    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final int MAX_LINE = 4096;
    private static final int MAX_HEADERS = 8192;
    private static final int MAX_BODY = 64 * 1024;

    /** Connections beyond maxConnections that may ask for /health. */
    private static final int RESERVE = 8;
    /** A check asks at once, and what is said of health is at hand. */
    private static final int RESERVE_SECONDS = 1;

    private final Supplier<WebSettings> settings;
    private final WebCounters counters;
    private final Site site;
    private final WebThreads threads;
    private final RefusalLog refusals;
    /** Guarded by itself. */
    private final Deque<Channel> reserve = new ArrayDeque<>();
    private final Shares shares = new Shares();
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    public Pipeline(Supplier<WebSettings> settings, WebCounters counters, WebThreads threads, Ticker ticker,
            Site site) {
        this.settings = settings;
        this.counters = counters;
        this.threads = threads;
        this.refusals = new RefusalLog(ticker);
        this.site = site;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        InetAddress client = channel.remoteAddress().getAddress();
        int most = settings.get().maxConnections();
        if (!shares.take(client, most)) {
            refuse(channel, open.size() < most ? client.getHostAddress() : null);
            serve(channel, () -> RESERVE_SECONDS, this::onlyHealth);
            return;
        }
        open.add(channel);
        counters.accepted.increment();
        counters.connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> {
            counters.connections.decrementAndGet();
            shares.giveBack(client);
        });
        serve(channel, () -> settings.get().requestTimeoutSeconds(), site::answer);
    }

    private void serve(SocketChannel channel, IntSupplier seconds, Function<Request, Answer> answering) {
        String client = channel.remoteAddress().getAddress().getHostAddress();
        ChannelPipeline handlers = channel.pipeline();
        handlers.addLast(new Deadline(seconds, counters));
        handlers.addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)));
        handlers.addLast(new Screen(site, client));
        handlers.addLast(new WholeRequests(MAX_BODY, head -> !site.takesBytes(head)));
        handlers.addLast(new WholeRequests(site.mostBytes(), site::takesBytes));
        handlers.addLast(new FlowControlHandler());
        handlers.addLast(new RequestHandler(client, threads.work, counters, refusals, site::takesBytes, answering));
    }

    private Answer onlyHealth(Request request) {
        if (!request.path().startsWith("/health/")) {
            throw Refusal.unavailable("there are as many connections as maxConnections allows");
        }
        return site.answer(request);
    }

    /** A few are kept for a moment: a client that watches the node must be answered when it is besieged, too. */
    private void refuse(Channel channel, String client) {
        counters.refused.increment();
        Channel oldest;
        synchronized (reserve) {
            reserve.add(channel);
            oldest = reserve.size() > RESERVE ? reserve.poll() : null;
        }
        channel.closeFuture().addListener(closed -> {
            synchronized (reserve) {
                reserve.remove(channel);
            }
        });
        if (oldest != null) {
            oldest.close();
        }
        refusals.note(Pipeline.class, () -> LOG.warn("{} connections to the page, as many as maxConnections allows{}:"
                + " further ones are closed, or answered /health only", open.size(),
                client == null ? "" : " with one more from " + client + " (a quarter for an address)"));
    }

    /** Closes every connection. */
    public void closeAll() {
        open.close();
        List<Channel> left;
        synchronized (reserve) {
            left = List.copyOf(reserve);
        }
        left.forEach(Channel::close);
    }
}
