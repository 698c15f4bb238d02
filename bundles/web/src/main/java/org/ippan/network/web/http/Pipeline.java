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
import java.util.function.Function;
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

    private final Supplier<WebSettings> settings;
    private final WebCounters counters;
    private final Function<Request, Answer> answers;
    private final WebThreads threads;
    private final RefusalLog refusals;
    private final ChannelGroup open = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    public Pipeline(Supplier<WebSettings> settings, WebCounters counters, WebThreads threads, Ticker ticker,
            Function<Request, Answer> answers) {
        this.settings = settings;
        this.counters = counters;
        this.threads = threads;
        this.refusals = new RefusalLog(ticker);
        this.answers = answers;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (open.size() >= settings.get().maxConnections()) {
            refuse(channel);
            return;
        }
        open.add(channel);
        counters.accepted.increment();
        counters.connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> counters.connections.decrementAndGet());
        ChannelPipeline handlers = channel.pipeline();
        handlers.addLast(new Deadline(() -> settings.get().requestTimeoutSeconds(), counters));
        handlers.addLast(new HttpServerCodec(new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)));
        handlers.addLast(new WholeRequests(MAX_BODY));
        handlers.addLast(new FlowControlHandler());
        handlers.addLast(new RequestHandler(channel.remoteAddress().getAddress().getHostAddress(), threads.work,
                counters, refusals, answers));
    }

    private void refuse(Channel channel) {
        counters.refused.increment();
        channel.close();
        refusals.note(Pipeline.class, () -> LOG.warn(
                "{} connections to the page, as many as maxConnections allows: further ones are closed", open.size()));
    }

    /** Closes every connection. */
    public void closeAll() {
        open.close();
    }
}
