// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.transport.websocket.WebSocketSettings.Proxy;

/**
 * Has a proxy connect this node to a server (RFC 9110, 9.3.6). The proxy looks the name up. Its own HTTP leaves the
 * pipeline with it. Confined to its event loop.
 */
final class ProxyConnect extends SimpleChannelInboundHandler<FullHttpResponse> {

    private static final int MAX_ANSWER = 8192;

    private final HttpClientCodec codec = new HttpClientCodec();
    private final WholeAnswer whole = new WholeAnswer(MAX_ANSWER);
    private final Proxy proxy;
    private final PeerAddress address;
    private final WebSocketStream stream;
    private final Runnable then;

    private ProxyConnect(Proxy proxy, PeerAddress address, WebSocketStream stream, Runnable then) {
        this.proxy = proxy;
        this.address = address;
        this.stream = stream;
        this.then = then;
    }

    /**
     * Puts itself into a pipeline before it is active.
     *
     * @param stream name of the handler that has to wait for it
     * @param proxy to be asked
     * @param address to be reached
     * @param then adds what follows, when the proxy has connected
     */
    static void before(ChannelPipeline pipeline, String stream, Proxy proxy, PeerAddress address, Runnable then) {
        ProxyConnect connect = new ProxyConnect(proxy, address, (WebSocketStream) pipeline.get(stream), then);
        pipeline.addBefore(stream, null, connect.codec);
        pipeline.addBefore(stream, null, connect.whole);
        pipeline.addBefore(stream, null, connect);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        stream.awaits("the proxy " + proxy.address());
        String target = new PeerAddress(PeerAddress.TCP, address.host(), address.port(), "").toString();
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, target,
                Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, target);
        proxy.credentials().ifPresent(basic -> request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, basic));
        context.writeAndFlush(request);
        context.fireChannelActive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        if (!response.status().equals(HttpResponseStatus.OK) || response.decoderResult().isFailure()) {
            stream.broken(Answers.ofProxy(response, proxy, address));
            return;
        }
        ChannelPipeline pipeline = context.pipeline();
        pipeline.remove(codec);
        pipeline.remove(whole);
        pipeline.remove(this);
        then.run();
    }
}
