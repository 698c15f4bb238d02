// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * The life of one connection, from accept or connect to its end, as the channel tells it: OPENING until TLS or the
 * preface are done, OPEN, CLOSING while what is queued goes out, CLOSED. Confined to the channel's event loop.
 */
final class ConnectionDriver extends ChannelInboundHandlerAdapter implements FrameDecoder.Sink, FrameWriter.Sink {

    /** What an orderly end may take. */
    private static final long CLOSE_SECONDS = 2;
    private static final long TICK_MILLIS = 1000;
    private static final String BY_US = "closed by this node";

    private final NettyConnection connection;
    private final Channel channel;
    private final OutboundQueue queue;
    private final ConnectionHandler handler;
    private final Wiring wiring;
    private final FrameDecoder decoder;
    private final FrameWriter writer;
    private final CloseReason reason = new CloseReason();
    private State state = State.OPENING;
    private boolean heard;
    private boolean farewellSaid;
    private Future<?> deadline;
    private Future<?> ticks;

    private enum State {
        OPENING, OPEN, CLOSING, CLOSED
    }

    ConnectionDriver(NettyConnection connection, Channel channel, OutboundQueue queue, ConnectionHandler handler,
            Wiring wiring) {
        this.connection = connection;
        this.channel = channel;
        this.queue = queue;
        this.handler = handler;
        this.wiring = wiring;
        this.decoder = new FrameDecoder(channel.alloc(), wiring.ticker(), this);
        this.writer = new FrameWriter(channel, queue, wiring.ticker(), wiring.settings().get().tls(), this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        TransportSettings settings = wiring.settings().get();
        wiring.connections().add(connection, settings.accept().maxPending());
        deadline = channel.eventLoop().schedule(this::handshakeTimedOut, settings.handshakeTimeoutSeconds(),
                TimeUnit.SECONDS);
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
        if (tls.isSuccess()) {
            try {
                connection.proved(Tls.provenId(context.pipeline().get(SslHandler.class).engine()));
                open();
            } catch (SSLException e) {
                end(CloseCause.NOT_OURS, e.getMessage());
            }
        } else if (channel.isActive()) {
            reason.noteFailure(tls.cause(), false, false);
        }
    }

    private void open() {
        state = State.OPEN;
        ticks = channel.eventLoop().scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        handler.opened(connection);
    }

    private void handshakeTimedOut() {
        if (state == State.OPEN) {
            handler.fault(connection, ConnectionFault.HANDSHAKE_TIMEOUT, "the handshake took too long");
        } else if (state == State.OPENING) {
            end("the handshake took too long");
        }
    }

    void established(int maxMessageBytes) {
        decoder.established(maxMessageBytes);
        settle(true);
    }

    private void settle(boolean well) {
        if (connection.pending()) {
            if (!well) {
                wiring.counters().handshakesFailed.increment();
            }
            deadline.cancel(false);
            connection.settled();
            wiring.connections().settled(connection);
        }
    }

    private void tick() {
        try {
            checkStalls();
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void checkStalls() {
        if (state == State.OPEN) {
            decoder.checkStall(wiring.ticker().nanos());
            int seconds = wiring.settings().get().queues().writeStallSeconds();
            if (state == State.OPEN && writer.stalledFor(seconds)) {
                handler.fault(connection, ConnectionFault.WRITE_STALLED, "nothing was taken for " + seconds + " s");
            }
            progress();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        connection.readAt(wiring.ticker().nanos());
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
        handler.frame(connection, type, flags, body);
    }

    @Override
    public void fault(ConnectionFault fault, String detail) {
        handler.fault(connection, fault, detail);
    }

    void readable(boolean on) {
        if (state != State.OPEN) {
            return;
        }
        if (on) {
            decoder.resume();
        } else {
            decoder.pause();
        }
        channel.config().setAutoRead(state != State.OPEN || !decoder.paused());
    }

    void drain() {
        connection.drainBegins();
        if (state == State.OPEN || state == State.CLOSING) {
            if (writer.drain()) {
                connection.wakeWriter();
            }
            sayFarewellIfDone();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && writer.hasMore()) {
            connection.wakeWriter();
        }
    }

    @Override
    public void written(OutboundFrame frame, long nowNanos) {
        wiring.counters().bytesWritten.add(frame.length());
        if (frame.type() == FrameType.GOSSIP) {
            NetworkMetrics metrics = wiring.metrics().get();
            metrics.recordMessageSent(frame.length());
            metrics.recordLatency(nowNanos - frame.bornNanos());
            handler.written(connection, frame);
        }
    }

    @Override
    public void progress() {
        if (queue.relieved()) {
            budgetRelieved();
        }
        sayFarewellIfDone();
    }

    void budgetRelieved() {
        if (state == State.OPEN && !connection.congested()) {
            handler.writable(connection);
        }
    }

    void dropped(OutboundFrame frame) {
        if (state == State.OPEN || state == State.CLOSING) {
            handler.dropped(connection, frame);
        }
    }

    void close(OutboundFrame last) {
        if (state == State.OPENING) {
            end(BY_US);
        } else if (state == State.OPEN) {
            state = State.CLOSING;
            reason.note(CloseCause.LOCAL, BY_US);
            settle(false);
            decoder.discard();
            channel.config().setAutoRead(true);
            ticks.cancel(false);
            ticks = channel.eventLoop().schedule(() -> end(BY_US), CLOSE_SECONDS, TimeUnit.SECONDS);
            writer.last(last);
            connection.wakeWriter();
        }
    }

    private void sayFarewellIfDone() {
        if (state == State.CLOSING && !farewellSaid && !connection.drainDue() && writer.idle()) {
            farewellSaid = true;
            Farewell.say(channel, () -> end(BY_US));
        }
    }

    void finish() {
        if (state != State.CLOSING) {
            end("the transport stopped");
        }
    }

    /** Closes at once, by our own decision. */
    void end(String why) {
        end(CloseCause.LOCAL, why);
    }

    /** Closes past the pipeline, where TLS would wait for its own farewell. */
    private void end(CloseCause how, String why) {
        reason.note(how, why);
        decoder.discard();
        channel.unsafe().close(channel.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        failed(failure);
    }

    private void failed(Throwable failure) {
        if (state != State.CLOSING && reason.noteFailure(failure, state == State.OPEN, heard)) {
            wiring.log().accept("A connection to " + connection.remoteAddress()
                    + " is given up after an internal error: " + failure);
        }
        end(reason.detail());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        boolean opened = state != State.OPENING;
        reason.note(CloseCause.REMOTE, "closed by the peer");
        state = State.CLOSED;
        settle(false);
        if (ticks != null) {
            ticks.cancel(false);
        }
        decoder.discard();
        queue.kill();
        wiring.connections().remove(connection);
        if (connection.dialled() && !opened) {
            handler.dialFailed(connection.remoteAddress(), reason.detail());
        } else {
            handler.closed(connection, reason.cause(), reason.detail());
        }
    }
}
