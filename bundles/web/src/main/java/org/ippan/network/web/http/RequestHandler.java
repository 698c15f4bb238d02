// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpContentException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ippan.network.api.TimerThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has each request answered by a worker, and reads the next one only then. Runs on the event loop. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
    private static final ChannelFutureListener NEXT = sent -> sent.channel().config().setAutoRead(true);

    private final String client;
    private final Executor workers;
    private final WebCounters counters;
    private final RefusalLog refusals;
    private final Predicate<HttpRequest> bytes;
    private final Function<Request, Answer> answers;

    /**
     * Serves one connection.
     *
     * @param client address of the other end
     * @param workers may be busy
     * @param bytes which requests bring no form but bytes
     * @param answers may take a while
     */
    RequestHandler(String client, Executor workers, WebCounters counters, RefusalLog refusals,
            Predicate<HttpRequest> bytes, Function<Request, Answer> answers) {
        this.client = client;
        this.workers = workers;
        this.counters = counters;
        this.refusals = refusals;
        this.bytes = bytes;
        this.answers = answers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest http) {
        // What follows, and is decoded already, waits in the handler before this one.
        context.channel().config().setAutoRead(false);
        boolean head = http.method().equals(HttpMethod.HEAD);
        ChannelFutureListener then = HttpUtil.isKeepAlive(http) ? NEXT : ChannelFutureListener.CLOSE;
        if (!http.decoderResult().isSuccess()) {
            // What a connection that was closed had sent of a request is incomplete, but no client is refused then.
            if (context.channel().isActive()) {
                send(context, Answer.refusal(malformed(http.decoderResult().cause())), head,
                        Lingering.afterAnswer());
            }
            return;
        }
        try {
            Request request = bytes.test(http) ? Request.withBytes(http, client) : Request.withForm(http, client);
            workers.execute(() -> {
                Answer answer = answer(request);
                context.executor().execute(() -> answer.events().ifPresentOrElse(
                        events -> stream(context, answer, events), () -> send(context, answer, head, then)));
            });
        } catch (IllegalArgumentException e) {
            send(context, Answer.refusal(Refusal.badRequest("the address is malformed")), head,
                    ChannelFutureListener.CLOSE);
        } catch (RejectedExecutionException e) {
            send(context, Answer.refusal(Refusal.unavailable("too many requests at once")), head,
                    ChannelFutureListener.CLOSE);
        }
    }

    private static Refusal malformed(Throwable cause) {
        if (cause instanceof Refusal refusal) {
            return refusal;
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too long");
        }
        if (cause instanceof TooLongHttpContentException) {
            return new Refusal(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "the body has " + cause.getMessage());
        }
        return cause instanceof TooLongHttpLineException
                ? new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the address is too long")
                : Refusal.badRequest("this is not HTTP");
    }

    private Answer answer(Request request) {
        try {
            return answers.apply(request);
        } catch (Refusal e) {
            return Answer.refusal(e);
        } catch (IllegalStateException e) { // What is asked for is absent, or cannot be done just now.
            LOG.debug("{} is not available", request.path(), e);
            return Answer.refusal(Refusal.unavailable(String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) { // The latter from an application, or a bundle that is being updated.
            TimerThreads.tellIfOutOfMemory(e);
            LOG.debug("No answer to {}", request.path(), e);
            return Answer.refusal(new Refusal(HttpResponseStatus.INTERNAL_SERVER_ERROR,
                    e.getClass().getSimpleName() + " in the node"));
        }
    }

    private void send(ChannelHandlerContext context, Answer answer, boolean head, ChannelFutureListener then) {
        counters.requests.increment();
        if (answer.status().code() >= HttpResponseStatus.BAD_REQUEST.code()) {
            counters.requestsRefused.increment();
        }
        if (answer.status().codeClass() == HttpStatusClass.CLIENT_ERROR) {
            refusals.note(answer.status(), () -> LOG.info(
                    "Refused a request from {}: {}; more like it are only counted", client, answer.status()));
        }
        FullHttpResponse http = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(),
                head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(answer.body()));
        http.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type())
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
                .set(HttpHeaderNames.CONNECTION, then == NEXT ? "keep-alive" : "close");
        SecurityHeaders.addTo(http.headers());
        answer.headers().forEach(http.headers()::set);
        context.writeAndFlush(http).addListener(then);
    }

    /** From here on the connection belongs to the stream. */
    private void stream(ChannelHandlerContext context, Answer answer, EventSource events) {
        counters.requests.increment();
        EventStream stream = new EventStream(events, workers, counters);
        if (!context.channel().isActive()) {
            stream.close();
            return;
        }
        HttpResponse http = new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status());
        http.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type()).set(HttpHeaderNames.CONNECTION, "close")
                // A proxy that collected events would hold them back.
                .set("X-Accel-Buffering", "no");
        SecurityHeaders.addTo(http.headers());
        context.writeAndFlush(http);
        context.pipeline().replace(Deadline.class, null, EventStream.stallDetector());
        context.pipeline().replace(this, null, stream);
        context.channel().config().setAutoRead(true);
    }

    /** What a client does wrong with its connection is its own affair. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.debug("A connection to the page is closed", cause);
        }
        context.close();
    }
}
