// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * A connection as its owner and the rest of the node see it. Any thread may call it: frames go into the queue,
 * everything else becomes a task of the event loop, where {@link ConnectionDriver} lives.
 */
final class NettyConnection implements Connection {

    private final Wiring wiring;
    private final Channel channel;
    private final Remote remote;
    private final OutboundQueue queue;
    private final ConnectionDriver driver;
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private volatile boolean pending = true;
    private volatile PeerId provenId;
    private volatile long lastReadNanos;

    /**
     * The other end.
     *
     * @param address what was dialled, or where it comes from
     * @param ip of the socket
     * @param dialled whether we opened it
     */
    record Remote(PeerAddress address, InetAddress ip, boolean dialled) {
    }

    /** A connection about to open on a channel that is not yet active. */
    NettyConnection(Wiring wiring, Channel channel, Remote remote, ConnectionHandler handler) {
        this.wiring = wiring;
        this.channel = channel;
        this.remote = remote;
        this.lastReadNanos = wiring.ticker().nanos();
        this.queue = new OutboundQueue(wiring.settings().get().queues(), wiring.budget(), this::dropped);
        this.driver = new ConnectionDriver(this, channel, queue, handler, wiring);
    }

    /** The last handler of the channel's pipeline; before it comes TLS or the {@link Preface}. */
    ChannelHandler handler() {
        return driver;
    }

    @Override
    public boolean offer(OutboundFrame frame, boolean solicited) {
        if (!queue.offer(frame, solicited)) {
            return false;
        }
        wakeWriter();
        return true;
    }

    /** Has the queue drained once, soon. */
    void wakeWriter() {
        if (!drainDue.get() && drainDue.compareAndSet(false, true)) {
            execute(driver::drain);
        }
    }

    /** The event loop begins to drain: what is offered from now on needs another turn. */
    void drainBegins() {
        drainDue.set(false);
    }

    boolean drainDue() {
        return drainDue.get();
    }

    private void dropped(OutboundFrame frame) {
        wiring.counters().framesDropped.increment();
        execute(() -> driver.dropped(frame));
    }

    @Override
    public boolean congested() {
        return queue.congested() || wiring.budget().spent();
    }

    @Override
    public boolean full() {
        return queue.full() || wiring.budget().spent();
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public void established(int maxMessageBytes) {
        run(() -> driver.established(maxMessageBytes));
    }

    @Override
    public void readable(boolean on) {
        run(() -> driver.readable(on));
    }

    @Override
    public void close(OutboundFrame last) {
        queue.refuse();
        run(() -> driver.close(last));
    }

    @Override
    public void abort() {
        queue.refuse();
        run(() -> driver.end("aborted by this node"));
    }

    /** Gives way to a newer handshake. */
    void giveWay() {
        run(() -> driver.end("too many handshakes at once"));
    }

    /** The transport stops: closes at once, unless it is closing in good order already. */
    void finish() {
        run(driver::finish);
    }

    /** The budget of all queues has room again. */
    void budgetRelieved() {
        execute(driver::budgetRelieved);
    }

    /** Takes over changed limits. */
    void apply(TransportSettings settings) {
        queue.limits(settings.queues());
        run(() -> driver.apply(settings));
    }

    void proved(PeerId id) {
        provenId = id;
    }

    void readAt(long nanos) {
        lastReadNanos = nanos;
    }

    void settled() {
        pending = false;
    }

    /** Whether the handshake is not over. */
    boolean pending() {
        return pending;
    }

    @Override
    public long lastReadNanos() {
        return lastReadNanos;
    }

    @Override
    public long lastPausedNanos() {
        return driver.reading().lastPausedNanos();
    }

    /** Whether it is not read, for messages came over their rate. */
    boolean pausedByRate() {
        return driver.reading().isPausedByRate();
    }

    /** Whether what is queued waits for nothing but the rate it is sent at. */
    boolean heldByRate() {
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
    public boolean dialled() {
        return remote.dialled();
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
            execute(task);
        }
    }

    private void execute(Runnable task) {
        if (!IoThreads.execute(channel.eventLoop(), task)) {
            // The transport has stopped: whatever is queued is given back, and there is nobody to tell.
            queue.kill();
        }
    }
}
