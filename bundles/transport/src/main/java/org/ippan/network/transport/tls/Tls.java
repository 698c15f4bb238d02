// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.tls;

import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.transport.identity.Ed25519;
import org.ippan.network.transport.identity.Identity;
import org.ippan.network.transport.io.IoThreads;

/**
 * TLS 1.3 and nothing else, both sides authenticated, ALPN {@value #ALPN}. No session is ever resumed, so that the key
 * is proved on every connection. Safe for any thread.
 */
public final class Tls {

    public static final String ALPN = "ippan-net/1";

    private static final String PROTOCOL = "TLSv1.3";
    /** The JDK sends no ticket for a session that lives longer than the seven days RFC 8446 allows. */
    private static final int NO_TICKETS_SECONDS = (int) TimeUnit.DAYS.toSeconds(8);
    /** Far more turns than a handshake has. */
    private static final int WARM_UP_TURNS = 100;

    /** Once in a JVM, or nearly: other class loaders find it done, and are done soon. */
    private static final AtomicBoolean WARM_CIPHER = new AtomicBoolean();

    private final SSLContext context;
    private final Ticker ticker;
    private final Executor background;

    /**
     * TLS of a node.
     *
     * @param ticker time
     * @param background takes work of a few seconds
     */
    public Tls(Identity identity, Ticker ticker, Executor background) {
        this.ticker = ticker;
        this.background = background;
        try {
            context = SSLContext.getInstance(PROTOCOL);
            context.init(new KeyManager[] {new NodeKey(identity)}, new TrustManager[] {new PeerTrust()}, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("JDK 17 has TLS 1.3", e);
        }
        context.getServerSessionContext().setSessionTimeout(NO_TICKETS_SECONDS);
        context.getServerSessionContext().setSessionCacheSize(1);
        context.getClientSessionContext().setSessionCacheSize(1);
    }

    /** An engine for one connection; it is not told the peer's address, by which the JDK would find old sessions. */
    private SSLEngine engine(boolean dialler) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(dialler);
        engine.setNeedClientAuth(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {PROTOCOL});
        parameters.setApplicationProtocols(new String[] {ALPN});
        parameters.setEndpointIdentificationAlgorithm(null);
        parameters.setNeedClientAuth(true);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** What encrypts one connection. */
    public ChannelHandler handler(boolean dialler) {
        SslHandler handler = new SslHandler(new WatchedEngine(engine(dialler), ticker));
        // The connection watches over the whole handshake itself.
        handler.setHandshakeTimeoutMillis(0);
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                warmCipher();
            }
        });
        return handler;
    }

    private void warmCipher() {
        if (WARM_CIPHER.compareAndSet(false, true)) {
            IoThreads.execute(background, () -> {
                try {
                    new WarmCipher(ticker).run();
                } catch (GeneralSecurityException e) {
                    // Where AES-GCM is missing TLS chose another cipher, which this is not for.
                    return;
                }
            });
        }
    }

    /**
     * Who a finished handshake proved the peer to be.
     *
     * @throws SSLException if the peer did not agree on our protocol
     */
    public static PeerId provenId(SSLEngine engine) throws SSLException {
        if (!ALPN.equals(engine.getApplicationProtocol())) {
            throw new SSLPeerUnverifiedException("the peer does not speak " + ALPN);
        }
        PeerId id = Ed25519.id(engine.getSession().getPeerCertificates()[0].getPublicKey());
        engine.getSession().invalidate();
        return id;
    }

    /** Runs a handshake with itself: the first one in a JVM takes seconds, which no peer should have to wait for. */
    public void warmUp() throws SSLException {
        SSLEngine dialler = engine(true);
        SSLEngine acceptor = engine(false);
        int size = dialler.getSession().getPacketBufferSize();
        ByteBuffer[] wire = {ByteBuffer.allocate(2 * size), ByteBuffer.allocate(2 * size)};
        ByteBuffer plain = ByteBuffer.allocate(size);
        for (int turn = 0; turn < WARM_UP_TURNS && !(finished(dialler) && finished(acceptor) && turn > 1); turn++) {
            SSLEngine engine = turn % 2 == 0 ? dialler : acceptor;
            step(engine, wire[turn % 2], wire[1 - turn % 2], plain);
        }
    }

    private static boolean finished(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    /** Takes all there is to read, then writes all there is to write. */
    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in, ByteBuffer plain) throws SSLException {
        in.flip();
        SSLEngineResult result;
        do {
            result = engine.unwrap(in, plain);
            runTasks(engine);
        } while (result.bytesConsumed() > 0 && in.hasRemaining());
        in.compact();
        do {
            result = engine.wrap(ByteBuffer.allocate(0), out);
            runTasks(engine);
        } while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    }

    private static void runTasks(SSLEngine engine) {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }
}
