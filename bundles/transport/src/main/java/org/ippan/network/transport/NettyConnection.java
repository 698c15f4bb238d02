// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * A connection over a channel, from accept or connect to its end. It is the last handler of the channel's pipeline;
 * before it come TLS or the {@link Preface}. All that changes is changed on the channel's event loop; other threads
 * offer frames and hand in tasks.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter
        implements Connection, FrameDecoder.Sink, FrameWriter.Sink {

    /** What an orderly end may take. */
    private static final long CLOSE_SECONDS = 2;
    private static final long TICK_MILLIS = 1000;

    private final Wiring wiring;
    private final Channel channel;
    private final Remote remote;
    private final ConnectionHandler handler;
    private final Connections connections;
    private final OutboundQueue queue;
    private final FrameDecoder decoder;
    private final FrameWriter writer;
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private State state = State.OPENING;
    private boolean heard;
    private boolean halfClosed;
    private CloseCause cause;
    private String detail;
    private Future<?> deadline;
    private Future<?> ticks;
    private volatile boolean settled;
    private volatile PeerId provenId;
    private volatile long lastReadNanos;

    /** Where a connection is in its life. */
    private enum State {
        OPENING, OPEN, CLOSING, CLOSED
    }

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
    NettyConnection(Wiring wiring, Channel channel, Remote remote, ConnectionHandler handler,
            Connections connections) {
        this.wiring = wiring;
        this.channel = channel;
        this.remote = remote;
        this.handler = handler;
        this.connections = connections;
        TransportSettings settings = wiring.settings().get();
        this.queue = new OutboundQueue(settings.queues(), wiring.budget(),
                frame -> run(() -> dropped(frame)));
        this.decoder = new FrameDecoder(channel.alloc(), wiring.ticker(), this);
        this.writer = new FrameWriter(channel, queue, wiring.ticker(), settings.tls(), this);
        this.lastReadNanos = wiring.ticker().nanos();
    }

    // Opening

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connections.add(this, wiring.settings().get().accept().maxPending());
        deadline = channel.eventLoop().schedule(this::handshakeTimedOut,
                wiring.settings().get().handshakeTimeoutSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (state != State.OPENING) {
            return;
        }
        if (event instanceof SslHandshakeCompletionEvent tls) {
            tlsDone(context, tls);
        } else if (event == Preface.Outcome.AGREED) {
            open();
        } else if (event == Preface.Outcome.FOREIGN) {
            end(CloseCause.NOT_OURS, "the peer speaks another protocol");
        }
    }

    private void tlsDone(ChannelHandlerContext context, SslHandshakeCompletionEvent tls) {
        if (!tls.isSuccess()) {
            if (channel.isActive()) {
                noteFailure(tls.cause());
            }
            return;
        }
        try {
            provenId = Tls.provenId(context.pipeline().get(SslHandler.class).engine());
        } catch (SSLException e) {
            end(CloseCause.NOT_OURS, e.getMessage());
            return;
        }
        open();
    }

    private void open() {
        state = State.OPEN;
        ticks = channel.eventLoop().scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        handler.opened(this);
    }

    private void handshakeTimedOut() {
        if (state == State.OPEN) {
            wiring.counters().handshakesFailed.increment();
            handler.fault(this, ConnectionFault.HANDSHAKE_TIMEOUT, "the handshake took too long");
        } else if (state == State.OPENING) {
            end(CloseCause.LOCAL, "the handshake took too long");
        }
    }

    /** Gives way to a newer handshake. */
    void giveWay() {
        run(() -> end(CloseCause.LOCAL, "too many handshakes at once"));
    }

    @Override
    public void established(int maxMessageBytes) {
        run(() -> {
            decoder.established(maxMessageBytes);
            settle();
        });
    }

    private void settle() {
        if (deadline != null) {
            deadline.cancel(false);
        }
        if (!settled) {
            settled = true;
            connections.settled(this);
        }
    }

    /** Whether the handshake is not over. */
    boolean pending() {
        return !settled;
    }

    // Reading

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        lastReadNanos = wiring.ticker().nanos();
        wiring.counters().bytesRead.add(in.readableBytes());
        if (state == State.OPEN) {
            decoder.read(in);
        } else {
            in.release();
        }
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) {
        heard = true;
        handler.frame(this, type, flags, body);
    }

    @Override
    public void fault(ConnectionFault fault, String text) {
        handler.fault(this, fault, text);
    }

    @Override
    public void readable(boolean on) {
        run(() -> {
            if (state != State.OPEN) {
                return;
            }
            if (on) {
                decoder.resume();
            } else {
                decoder.pause();
            }
            channel.config().setAutoRead(state != State.OPEN || !decoder.paused());
        });
    }

    @Override
    public long lastReadNanos() {
        return lastReadNanos;
    }

    // Writing

    @Override
    public boolean offer(OutboundFrame frame, boolean solicited) {
        if (!queue.offer(frame, solicited)) {
            return false;
        }
        wakeWriter();
        return true;
    }

    private void wakeWriter() {
        if (!drainDue.get() && drainDue.compareAndSet(false, true)) {
            execute(this::drain);
        }
    }

    private void drain() {
        drainDue.set(false);
        if (state == State.OPEN || state == State.CLOSING) {
            if (writer.drain()) {
                wakeWriter();
            }
            halfCloseIfDone();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && !queue.isEmpty()) {
            wakeWriter();
        }
    }

    @Override
    public void written(OutboundFrame frame, long nowNanos) {
        wiring.counters().bytesWritten.add(frame.length());
        if (frame.type() == FrameType.GOSSIP) {
            NetworkMetrics metrics = wiring.metrics().get();
            metrics.recordMessageSent(frame.length());
            metrics.recordLatency(nowNanos - frame.bornNanos());
            handler.written(this, frame);
        }
    }

    @Override
    public void progress() {
        if (state == State.OPEN && queue.relieved() && !wiring.budget().spent()) {
            handler.writable(this);
        }
        halfCloseIfDone();
    }

    private void dropped(OutboundFrame frame) {
        wiring.counters().framesDropped.increment();
        if (state != State.CLOSED) {
            handler.dropped(this, frame);
        }
    }

    /** The budget of all queues has room again. */
    void budgetRelieved() {
        run(() -> {
            if (state == State.OPEN && !congested()) {
                handler.writable(this);
            }
        });
    }

    @Override
    public boolean congested() {
        return queue.congested() || wiring.budget().spent();
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    /** Takes over changed limits. */
    void apply(TransportSettings settings) {
        queue.limits(settings.queues());
    }

    private void tick() {
        if (state == State.OPEN) {
            decoder.checkStall(wiring.ticker().nanos());
            int seconds = wiring.settings().get().queues().writeStallSeconds();
            if (state == State.OPEN && writer.stalledFor(seconds)) {
                handler.fault(this, ConnectionFault.WRITE_STALLED, "nothing was taken for " + seconds + " s");
            }
            progress();
        }
    }

    // Ending

    @Override
    public void close(OutboundFrame last) {
        queue.refuse();
        run(() -> {
            if (state == State.OPENING) {
                end(CloseCause.LOCAL, "closed by this node");
            } else if (state == State.OPEN) {
                beginClose(last);
            }
        });
    }

    private void beginClose(OutboundFrame last) {
        state = State.CLOSING;
        note(CloseCause.LOCAL, "closed by this node");
        settle();
        decoder.discard();
        channel.config().setAutoRead(true);
        ticks.cancel(false);
        ticks = channel.eventLoop().schedule(() -> end(CloseCause.LOCAL, "closed by this node"), CLOSE_SECONDS,
                TimeUnit.SECONDS);
        writer.last(last);
        wakeWriter();
    }

    /** Once all is written: close_notify and end of stream, while what still comes is discarded. */
    private void halfCloseIfDone() {
        if (state != State.CLOSING || halfClosed || drainDue.get() || !writer.idle()) {
            return;
        }
        halfClosed = true;
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        channel.pipeline().addFirst(new Discard());
        if (tls == null) {
            shutdownOutput();
        } else {
            tls.closeOutbound().addListener(sent -> shutdownOutput());
        }
    }

    private void shutdownOutput() {
        if (channel instanceof DuplexChannel socket && channel.isActive()) {
            socket.shutdownOutput();
        } else {
            end(CloseCause.LOCAL, "closed by this node");
        }
    }

    /** Lets nothing of what still arrives get any farther. */
    private static final class Discard extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void abort() {
        queue.refuse();
        run(() -> end(CloseCause.LOCAL, "aborted by this node"));
    }

    /** The transport stops: closes at once, unless it is closing in good order already. */
    void finish() {
        run(() -> {
            if (state != State.CLOSING) {
                end(CloseCause.LOCAL, "the transport stopped");
            }
        });
    }

    private void note(CloseCause how, String text) {
        if (cause == null) {
            cause = how;
            detail = text;
        }
    }

    /** Closes past the pipeline, where TLS would wait for its own farewell. */
    private void end(CloseCause how, String text) {
        note(how, text);
        decoder.discard();
        channel.unsafe().close(channel.voidPromise());
    }

    private void noteFailure(Throwable failure) {
        Throwable root = failure.getCause() instanceof SSLException ? failure.getCause() : failure;
        if (root instanceof SSLException && !heard) {
            note(CloseCause.NOT_OURS, "TLS failed: " + Texts.clean(root));
        } else if (root instanceof IOException) {
            note(heard || state == State.OPEN ? CloseCause.RESET : CloseCause.REMOTE, Texts.clean(root));
        } else {
            note(CloseCause.LOCAL, "internal error: " + failure);
            wiring.log().accept("A connection to " + remote.address() + " was given up after an internal error: "
                    + failure);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (state != State.CLOSING) {
            noteFailure(failure);
            end(cause, detail);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (state == State.CLOSED) {
            return;
        }
        boolean opened = state != State.OPENING;
        note(CloseCause.REMOTE, "closed by the peer");
        state = State.CLOSED;
        if (!settled) {
            wiring.counters().handshakesFailed.increment();
        }
        settle();
        if (ticks != null) {
            ticks.cancel(false);
        }
        decoder.discard();
        queue.kill();
        connections.remove(this);
        if (remote.dialled() && !opened) {
            handler.dialFailed(remote.address(), detail);
        } else {
            handler.closed(this, cause, detail);
        }
    }

    // The rest of the contract

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
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The transport has stopped: whatever is queued is given back, and there is nobody to tell.
            queue.kill();
        }
    }
}
