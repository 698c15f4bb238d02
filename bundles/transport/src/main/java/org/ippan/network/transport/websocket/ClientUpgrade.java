// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.URI;
import java.net.URISyntaxException;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.transport.io.Texts;

/** Asks the other end to speak WebSocket, once the outer TLS is done. Confined to its event loop. */
final class ClientUpgrade extends SimpleChannelInboundHandler<FullHttpResponse> {

    /** By a client, and by no server (RFC 6455, 5.1). */
    private static final boolean MASKED = true;
    /** It belongs to browsers (RFC 6455, 10.2), and a proxy may refuse one that is not its own. */
    private static final boolean ORIGIN = false;

    private final WebSocketClientHandshaker handshaker;
    private final PeerAddress address;
    private final boolean secure;
    private final WebSocketStream stream;

    ClientUpgrade(PeerAddress address, boolean secure, WebSocketStream stream) {
        this.address = address;
        this.secure = secure;
        this.stream = stream;
        PeerAddress host = PeerAddress.tcp(address.host(), address.port());
        handshaker = WebSocketClientHandshakerFactory.newHandshaker(uri(address), WebSocketVersion.V13,
                WebSocketCarrier.PROTOCOL, false, new DefaultHttpHeaders().set(HttpHeaderNames.HOST, host.toString()),
                WebSocketCarrier.MOST_BYTES, MASKED, !MASKED, 0, false, ORIGIN);
    }

    /** The host is in a header: a name that the class would not take may still be one. */
    private static URI uri(PeerAddress address) {
        try {
            return new URI(address.scheme(), "localhost",
                    address.path().isEmpty() ? WebSocketSettings.DEFAULT_PATH : address.path(), null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("what is no part of a path is quoted", e);
        }
    }

    /** Behind a proxy the channel is active already. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().isActive()) {
            begin(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin(context);
        context.fireChannelActive();
    }

    private void begin(ChannelHandlerContext context) {
        stream.awaits("the server of " + address);
        if (!secure) {
            ask(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                ask(context);
            } else {
                stream.broken(Answers.ofTls(tls.cause(), address));
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void ask(ChannelHandlerContext context) {
        handshaker.handshake(context.channel()).addListener(asked -> {
            if (!asked.isSuccess()) {
                stream.broken(Texts.clean(asked.cause()));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                || response.decoderResult().isFailure()) {
            stream.broken(Answers.ofServer(response, address));
            return;
        }
        try {
            handshaker.finishHandshake(context.channel(), response);
        } catch (WebSocketHandshakeException e) {
            stream.broken("the server speaks another WebSocket protocol: " + Texts.clean(e));
            return;
        }
        context.pipeline().remove(this);
        stream.open();
    }
}
