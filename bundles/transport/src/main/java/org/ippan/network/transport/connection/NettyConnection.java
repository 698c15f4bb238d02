// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * A connection as its owner and the rest of the node see it. Any thread may call it: control frames go into a queue,
 * everything else becomes a task of the event loop, where {@link ConnectionDriver} lives.
 */
public final class NettyConnection implements LiveConnection {

    private final Wiring wiring;
    private final Channel channel;
    private final ConnectionDriver driver;
    private volatile Remote remote;
    private volatile PeerId provenId;
    private volatile long lastReadNanos;

    /**
     * The other end.
     *
     * @param address what was dialled, or where it comes from
     * @param ip of the socket
     * @param dial told what becomes of it, if this node opened it
     */
    public record Remote(PeerAddress address, InetAddress ip, Optional<DialOutcome> dial) {
    }

    /** A connection about to open on a channel that is not yet active. */
    public NettyConnection(Wiring wiring, Channel channel, Remote remote, ConnectionHandler handler) {
        this.wiring = wiring;
        this.channel = channel;
        this.remote = remote;
        this.lastReadNanos = wiring.ticker().nanos();
        this.driver = new ConnectionDriver(this, channel, handler, wiring);
    }

    /** The last handler of the channel's pipeline; before it comes what opens the stream, TLS or the preface. */
    public ChannelHandler handler() {
        return driver;
    }

    @Override
    public boolean offer(OutboundFrame frame) {
        return driver.writing().offer(frame);
    }

    @Override
    public void wake() {
        driver.writing().pull();
    }

    @Override
    public long queuedBytes() {
        return driver.writing().queuedBytes();
    }

    @Override
    public void established(int maxMessageBytes) {
        run(() -> {
            driver.established(maxMessageBytes);
            remote.dial().ifPresent(DialOutcome::established);
        });
    }

    @Override
    public void readable(boolean on) {
        run(() -> driver.readable(on));
    }

    @Override
    public void execute(Runnable task) {
        IoThreads.execute(channel.eventLoop(), task);
    }

    @Override
    public void close(OutboundFrame last) {
        driver.writing().refuse();
        run(() -> driver.close(last));
    }

    @Override
    public void abort() {
        driver.writing().refuse();
        run(() -> driver.end("aborted by this node"));
    }

    @Override
    public void giveWay() {
        run(() -> driver.end("too many handshakes at once"));
    }

    @Override
    public void finish() {
        run(driver::finish);
    }

    @Override
    public void apply(TransportSettings settings) {
        run(() -> driver.apply(settings));
    }

    /** A proxy told where the peer really is, before the stream is open. */
    public void cameFrom(InetAddress ip) {
        PeerAddress socket = remote.address();
        remote = new Remote(new PeerAddress(socket.scheme(), ip.getHostAddress(), socket.port(), ""), ip,
                remote.dial());
    }

    Remote remote() {
        return remote;
    }

    void proved(PeerId id) {
        provenId = id;
    }

    void readAt(long nanos) {
        lastReadNanos = nanos;
    }

    @Override
    public boolean pending() {
        return driver.handshake().pending();
    }

    @Override
    public long lastReadNanos() {
        return lastReadNanos;
    }

    @Override
    public long lastPausedNanos() {
        return driver.reading().lastPausedNanos();
    }

    @Override
    public boolean pausedByRate() {
        return driver.reading().isPausedByRate();
    }

    @Override
    public boolean heldByRate() {
        return driver.writing().isHeldByRate();
    }

    @Override
    public PeerAddress remoteAddress() {
        return remote.address();
    }

    @Override
    public InetAddress remoteIp() {
        return remote.ip();
    }

    @Override
    public Optional<InetAddress> localIp() {
        return channel.localAddress() instanceof InetSocketAddress local ? Optional.of(local.getAddress())
                : Optional.empty();
    }

    @Override
    public boolean dialled() {
        return remote.dial().isPresent();
    }

    @Override
    public Optional<PeerId> provenId() {
        return Optional.ofNullable(provenId);
    }

    /** Runs a task on the event loop: now, if this is it. */
    private void run(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
        } else {
            // If that is refused the transport has stopped, and its owner hears nothing more.
            IoThreads.execute(channel.eventLoop(), task);
        }
    }
}
