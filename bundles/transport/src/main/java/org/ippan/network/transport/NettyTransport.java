// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.ippan.network.api.HeapShare;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.Transport.Listening;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.transport.codec.CodecCounters;
import org.ippan.network.transport.codec.Codecs;
import org.ippan.network.transport.connection.Connections;
import org.ippan.network.transport.connection.LiveConnection;
import org.ippan.network.transport.connection.NettyConnection;
import org.ippan.network.transport.connection.NettyConnection.Remote;
import org.ippan.network.transport.connection.Wiring;
import org.ippan.network.transport.endpoint.Listener;
import org.ippan.network.transport.endpoint.Names;
import org.ippan.network.transport.endpoint.Opener;
import org.ippan.network.transport.identity.Identity;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.io.OperatorLog;
import org.ippan.network.transport.io.Texts;
import org.ippan.network.transport.opening.Carrier;
import org.ippan.network.transport.opening.Channels;
import org.ippan.network.transport.rate.Pacer;
import org.ippan.network.transport.receiving.LongFrames;
import org.ippan.network.transport.sending.ControlQueue;
import org.ippan.network.transport.sending.Outlet;
import org.ippan.network.transport.settings.TransportSettings;
import org.ippan.network.transport.tls.Tls;
import org.ippan.network.transport.websocket.WebSocketSettings;

/**
 * Frames over TCP, or over WebSocket where that is configured, with TLS inside unless that is switched off. Safe for
 * any thread; nothing but {@link #stop} blocks.
 */
final class NettyTransport implements Transport {

    private final IoThreads io;
    private final Identity identity;
    private final OperatorLog log;
    private final Counters counters = new Counters();
    private final CodecCounters codecCounters = new CodecCounters();
    private final Codecs codecs;
    private final Connections connections;
    private final Wiring wiring;
    private final Tls tls;
    private final Channels channels;
    private final Opener dialler;
    private final Listener listener;
    private final WebSockets webSockets;
    private final AtomicReference<ConnectionAcceptor> acceptor = new AtomicReference<>();
    private volatile TransportSettings settings;
    private volatile Pacer pacer;
    /** Why nothing is served, or empty. */
    private volatile String refusal = "";

    /**
     * A transport that neither listens nor dials yet.
     *
     * @param io where everything happens
     * @param names looks up hosts
     * @param identity of this node
     * @param settings the first
     * @param ticker time
     * @param log for the operator
     * @param faults is told of codecs that fail
     */
    NettyTransport(IoThreads io, Names names, Identity identity, TransportSettings settings, Ticker ticker,
            OperatorLog log, CallbackFaults faults) {
        this.io = io;
        this.identity = identity;
        this.settings = settings;
        this.pacer = pacer(settings, ticker);
        this.log = log;
        this.codecs = new Codecs(() -> this.settings.compressionMinBytes(), codecCounters, ticker, faults);
        this.connections = new Connections(ticker, counters);
        this.wiring = new Wiring(ticker, () -> this.settings, log, counters, connections,
                new Outlet(ticker, () -> pacer, counters,
                        new ControlQueue.Room(HeapShare.CONTROL.bytes()), connections.all()::size),
                new LongFrames(HeapShare.LONG_FRAMES.bytes()));
        this.tls = new Tls(identity, ticker, io.blocking());
        this.channels = new Channels(tls);
        this.dialler = new Opener(wiring, io, names, channels, faults);
        this.listener = new Listener(wiring.settings(), () -> this.settings.listen(), log, io.first(), names,
                channel -> accepted(channel, PeerAddress.TCP, Carrier.SOCKET));
        this.webSockets = new WebSockets(wiring, io, names, this::accepted);
        warnOfPlaintext();
        IoThreads.execute(io.blocking(), this::warmUp);
    }

    private static Pacer pacer(TransportSettings settings, Ticker ticker) {
        return new Pacer(settings.shaping().bytesPerSecond(), settings.shaping().burstBytes(), ticker.nanos());
    }

    private void warnOfPlaintext() {
        if (!settings.tls()) {
            log.warn().accept("tls=false: connections are neither encrypted nor authenticated");
        }
    }

    private void warmUp() {
        try {
            tls.warmUp();
        } catch (SSLException e) {
            log.warn().accept("TLS does not work with itself: " + Texts.clean(e));
        }
    }

    /** Takes over changed settings; what is learnt and connected stays. */
    void apply(TransportSettings changed) {
        TransportSettings old = settings;
        settings = changed;
        if (!old.shaping().equals(changed.shaping())) {
            pacer = pacer(changed, wiring.ticker());
        }
        connections.all().forEach(connection -> connection.apply(changed));
        warnOfPlaintext();
        boolean otherwise = old.tls() != changed.tls()
                || !changed.tls() && old.allowPlaintext() != changed.allowPlaintext();
        if (otherwise) {
            webSockets.relisten();
        }
        if (otherwise || !old.listen().equals(changed.listen())) {
            relisten();
        }
    }

    /** Takes over changed settings of WebSocket; links stay as they are. */
    void apply(WebSocketSettings changed) {
        webSockets.apply(changed);
    }

    /** What it carries streams in beside sockets. */
    WebSockets webSockets() {
        return webSockets;
    }

    /**
     * Serves, or does not.
     *
     * @param why nothing is to be served, or empty
     */
    void refuse(String why) {
        if (!why.equals(refusal)) {
            refusal = why;
            relisten();
        }
    }

    private void relisten() {
        webSockets.serve(acceptor.get() != null, refusal);
        if (acceptor.get() == null) {
            listener.close("");
        } else if (refusal.isEmpty()) {
            listener.open();
        } else {
            listener.close(refusal);
        }
    }

    private void accepted(SocketChannel channel, String scheme, Carrier carrier) {
        ConnectionAcceptor taker = acceptor.get();
        InetAddress ip = channel.remoteAddress() == null ? null : channel.remoteAddress().getAddress();
        if (taker == null || ip == null || !taker.admits(ip) || !(carrier.isProxy(ip)
                ? connections.admitProxy(ip, settings.accept()) : connections.admit(ip, settings.accept()))) {
            counters.refused.increment();
            channel.unsafe().closeForcibly();
            return;
        }
        counters.accepted.increment();
        channels.configure(channel, settings);
        PeerAddress from = new PeerAddress(scheme, ip.getHostAddress(), channel.remoteAddress().getPort(), "");
        NettyConnection connection = new NettyConnection(wiring, channel, new Remote(from, ip, Optional.empty()),
                taker.newHandler());
        boolean encrypted = settings.tls();
        carrier.accept(channel.pipeline(), ip, real -> cameFrom(taker, connection, real),
                () -> channels.opener(false, encrypted));
        channel.pipeline().addLast(connection.handler());
        EventLoop loop = io.next();
        loop.register(channel).addListener(done -> {
            // One that is about to end may have had its last look at what is open.
            if (!done.isSuccess() || loop.isShuttingDown()) {
                connections.release(ip);
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** A proxy told where a peer really is: what holds for addresses holds for that one. */
    private boolean cameFrom(ConnectionAcceptor taker, NettyConnection connection, InetAddress real) {
        if (!taker.admits(real) || !connections.admit(real, settings.accept())) {
            counters.refused.increment();
            return false;
        }
        connections.release(connection.remoteIp());
        connection.cameFrom(real);
        return true;
    }

    /** Closes everything; connections that are saying goodbye get a moment to do so. */
    void stop() {
        acceptor.set(null);
        refuse(Texts.STOPPED);
        connections.closeAll();
        // First: one that hangs would hold the thread that ends next.
        codecs.close();
        io.stop();
    }

    /** What payloads are compressed with. */
    Codecs codecs() {
        return codecs;
    }

    @Override
    public NodeIdentity identity() {
        return identity;
    }

    @Override
    public Optional<PeerAddress> listenAddress() {
        return listener.address();
    }

    @Override
    public List<PeerAddress> listenAddresses() {
        return Stream.concat(listener.address().stream(), webSockets.address().stream()).toList();
    }

    @Override
    public boolean authenticated() {
        return settings.tls();
    }

    @Override
    public Listening listen(ConnectionAcceptor taker) {
        if (!acceptor.compareAndSet(null, taker)) {
            throw new IllegalStateException("somebody listens already");
        }
        relisten();
        return () -> {
            if (acceptor.compareAndSet(taker, null)) {
                relisten();
            }
        };
    }

    @Override
    public void connect(PeerAddress address, ConnectionHandler handler) {
        Optional<Carrier> carrier = address.scheme().equals(PeerAddress.TCP) ? Optional.of(Carrier.SOCKET)
                : webSockets.carrier(address.scheme());
        if (refusal.isEmpty() && carrier.isPresent()) {
            dialler.dial(address, carrier.get(), handler);
        } else {
            dialler.refuse(address, handler, refusal.isEmpty() ? "nothing here dials " + address.scheme()
                    + " addresses" : refusal);
        }
    }

    @Override
    public TransportSnapshot snapshot() {
        int pending = 0;
        long queued = 0;
        int paused = 0;
        int held = 0;
        for (LiveConnection connection : connections.all()) {
            pending += connection.pending() ? 1 : 0;
            queued += connection.queuedBytes();
            paused += connection.pausedByRate() ? 1 : 0;
            held += connection.heldByRate() ? 1 : 0;
        }
        return new TransportSnapshot(listenAddress().map(PeerAddress::toString).orElse(""), listener.error(),
                settings.tls(), connections.all().size(), pending, counters.accepted.sum(), counters.refused.sum(),
                counters.refusedByRate.sum(), counters.refusedPending.sum(), counters.gaveWay.sum(),
                counters.handshakesFailed.sum(), queued, counters.framesDropped.sum(), counters.bytesRead.sum(),
                counters.bytesWritten.sum(), codecs.names(),
                codecCounters.compressed.sum(), codecCounters.savedBytes.sum(), codecCounters.incompressible.sum(),
                codecCounters.inflated.sum(), codecCounters.inflateFailures.sum(),
                paused, TimeUnit.NANOSECONDS.toMillis(counters.ratePausedNanos.sum()), counters.framesIgnored.sum(),
                held, TimeUnit.NANOSECONDS.toMillis(counters.shapedNanos.sum()), counters.bytesShaped.sum(),
                pacer.allowance(wiring.ticker().nanos()));
    }
}
