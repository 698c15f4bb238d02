// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.ippan.network.api.address.NetSet;

/**
 * Answers the request by which a peer asks for WebSocket. All others get an answer in words, and nothing more. Confined
 * to its event loop.
 */
final class ServerUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    /** As some proxies write it: {@code 203.0.113.7:4711}, {@code [2001:db8::7]:4711} or {@code [2001:db8::7]}. */
    private static final Pattern WITH_PORT = Pattern.compile("^(?:\\[([^\\]]+)\\](?::\\d+)?|([^:]+):\\d+)$");
    private static final String WEB_SOCKET = "websocket";
    private static final String RETRY_SECONDS = "30";

    private final WebSocketSettings settings;
    private final InetAddress from;
    private final Predicate<InetAddress> cameFrom;
    private final WebSocketStream stream;
    private final WebSocketCounters counters;
    private boolean answered;

    ServerUpgrade(WebSocketSettings settings, InetAddress from, Predicate<InetAddress> cameFrom,
            WebSocketStream stream, WebSocketCounters counters) {
        this.settings = settings;
        this.from = from;
        this.cameFrom = cameFrom;
        this.stream = stream;
        this.counters = counters;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (answered) {
            return;
        }
        answered = true;
        boolean brought = settings.trustedProxies().contains(from);
        InetAddress real = brought ? real(request.headers().getAll(FORWARDED_FOR)) : from;
        if (!request.decoderResult().isSuccess() || !request.method().equals(HttpMethod.GET)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "this is no request for WebSocket");
        } else if (brought && !cameFrom.test(real)) {
            // First of all: whatever he asks for, a stranger behind the proxy uses up his own share.
            refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "no further connections are accepted just now");
        } else if (!path(request).equals(settings.path())) {
            refuse(context, HttpResponseStatus.NOT_FOUND, "there is nothing at this path");
        } else if (!request.headers().containsValue(HttpHeaderNames.UPGRADE, WEB_SOCKET, true)) {
            refuse(context, HttpResponseStatus.UPGRADE_REQUIRED, "nodes of a network speak WebSocket here");
        } else if (!request.headers().containsValue(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, WebSocketCarrier.PROTOCOL,
                false)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "the WebSocket protocol is " + WebSocketCarrier.PROTOCOL);
        } else {
            upgrade(context, request, () -> {
                if (brought) {
                    (real.equals(from) ? counters.unnamed : counters.forwarded).increment();
                }
            });
        }
    }

    private static String path(FullHttpRequest request) {
        try {
            return new QueryStringDecoder(request.uri()).path();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Whom the nearest proxy that is not trusted, or the client itself, came from. */
    private InetAddress real(List<String> headers) {
        List<String> named = headers.stream().flatMap(header -> Arrays.stream(header.split(","))).map(String::trim)
                .toList();
        InetAddress last = from;
        for (int i = named.size() - 1; i >= 0 && settings.trustedProxies().contains(last); i--) {
            Optional<InetAddress> before = NetSet.address(WITH_PORT.matcher(named.get(i)).replaceFirst("$1$2"));
            if (before.isEmpty()) {
                break;
            }
            last = before.get();
        }
        return last;
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request, Runnable count) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory("", WebSocketCarrier.PROTOCOL,
                false, WebSocketCarrier.MOST_BYTES).newHandshaker(request);
        if (handshaker == null) {
            refuse(context, HttpResponseStatus.UPGRADE_REQUIRED, "the version of WebSocket is 13");
            return;
        }
        try {
            handshaker.handshake(context.channel(), request).addListener(done -> {
                if (done.isSuccess()) {
                    context.pipeline().remove(this);
                    count.run();
                    stream.open();
                }
            });
        } catch (WebSocketHandshakeException e) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "the request for WebSocket lacks a header");
        }
    }

    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
        counters.refused.increment();
        FullHttpResponse answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status,
                Unpooled.copiedBuffer(why + "\n", StandardCharsets.US_ASCII));
        answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=us-ascii")
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            answer.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        } else if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            answer.headers().set(HttpHeaderNames.UPGRADE, WEB_SOCKET).set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        context.writeAndFlush(answer).addListener(sent -> stream.broken("it asked for no WebSocket: " + why));
    }
}
