// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.transport.opening.Carrier;
import org.ippan.network.transport.tls.WatchedEngine;
import org.ippan.network.transport.websocket.WebSocketSettings.Proxy;

/**
 * Carries streams in WebSocket connections (RFC 6455), with {@code wss} inside TLS of their own, through proxies if
 * need be. None of those on the way sees or changes what the stream inside protects. Safe for any thread.
 */
public final class WebSocketCarrier implements Carrier {

    /** A slash is not allowed in it, or it would be the name of the protocol inside. */
    static final String PROTOCOL = "ippan-net.1";
    /** In place of an inner record of TLS and its frame this is plenty. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int MAX_LINE = 2048;
    private static final int MAX_HEADERS = 4096;
    /** Proxies before web sites add rules for browsers, which may be long. */
    private static final int MAX_ANSWER_HEADERS = 16 * 1024;
    private static final String STREAM = "stream";

    private final Supplier<WebSocketSettings> settings;
    private final WebSocketCounters counters;
    private final Ticker ticker;

    /**
     * Carries nothing yet.
     *
     * @param settings those in force
     * @param counters to count in
     * @param ticker time
     */
    public WebSocketCarrier(Supplier<WebSocketSettings> settings, WebSocketCounters counters, Ticker ticker) {
        this.settings = settings;
        this.counters = counters;
        this.ticker = ticker;
    }

    @Override
    public Route to(PeerAddress address) {
        return new Dialled(address, settings.get());
    }

    private final class Dialled implements Route {

        private final PeerAddress address;
        private final WebSocketSettings then;
        private final Optional<Proxy> proxy;

        Dialled(PeerAddress address, WebSocketSettings then) {
            this.address = address;
            this.then = then;
            this.proxy = then.proxyTo(address);
        }

        @Override
        public PeerAddress address() {
            return address;
        }

        @Override
        public PeerAddress socket() {
            return proxy.map(Proxy::address).orElse(address);
        }

        @Override
        public void dial(ChannelPipeline pipeline, Supplier<ChannelHandler> opener) {
            WebSocketStream stream = stream(pipeline, then, opener);
            proxy.ifPresentOrElse(
                    each -> ProxyConnect.before(pipeline, STREAM, each, address, () -> upgrade(pipeline, address, then,
                            stream)),
                    () -> upgrade(pipeline, address, then, stream));
        }
    }

    private WebSocketStream stream(ChannelPipeline pipeline, WebSocketSettings now, Supplier<ChannelHandler> opener) {
        WebSocketStream stream = new WebSocketStream(opener, counters, ticker);
        pipeline.addLast(new IdleStateHandler(0, 0, now.pingSeconds()));
        pipeline.addLast(STREAM, stream);
        return stream;
    }

    private void upgrade(ChannelPipeline pipeline, PeerAddress address, WebSocketSettings now,
            WebSocketStream stream) {
        boolean secure = address.scheme().equals(WebSocketSettings.WSS);
        if (secure) {
            pipeline.addBefore(STREAM, null, outerTls(now.trust().engine(address.host(), address.port())));
        }
        pipeline.addBefore(STREAM, null, new HttpClientCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_ANSWER_HEADERS), false, false));
        pipeline.addBefore(STREAM, null, new WholeAnswer(MAX_HEADERS));
        pipeline.addBefore(STREAM, null, new ClientUpgrade(address, secure, stream));
    }

    @Override
    public boolean isProxy(InetAddress from) {
        return settings.get().trustedProxies().contains(from);
    }

    /** The connection watches over the whole handshake itself, and the engine over what comes after it. */
    private SslHandler outerTls(SSLEngine engine) {
        SslHandler handler = new SslHandler(new WatchedEngine(engine, ticker));
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }

    @Override
    public void accept(ChannelPipeline pipeline, InetAddress from, Predicate<InetAddress> cameFrom,
            Supplier<ChannelHandler> opener) {
        WebSocketSettings now = settings.get();
        WebSocketStream stream = stream(pipeline, now, opener);
        now.certificate().ifPresent(certificate ->
                pipeline.addBefore(STREAM, null, outerTls(certificate.engine())));
        pipeline.addBefore(STREAM, null, new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS)));
        pipeline.addBefore(STREAM, null, new WholeRequest(MAX_HEADERS));
        pipeline.addBefore(STREAM, null, new ServerUpgrade(now, from, cameFrom, stream, counters));
    }
}
