// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.opening.Opening;
import org.ippan.network.transport.receiving.Reading;
import org.ippan.network.transport.sending.Writing;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * The life of one connection, from accept or connect to its end, as the channel tells it: OPENING until TLS or the
 * preface are done, OPEN, CLOSING while what there is to send goes out, CLOSED. Confined to the channel's event loop.
 */
final class ConnectionDriver extends Opening implements Reading.Owner, Writing.Owner {

    /** What an orderly end may take, and how much of it what is held back by its rate. */
    private static final long CLOSE_SECONDS = 2;
    private static final long SHAPED_CLOSE_SECONDS = 1;
    private static final long TICK_MILLIS = 1000;
    private static final String BY_US = "closed by this node";

    private final NettyConnection connection;
    private final Channel channel;
    private final ConnectionHandler handler;
    private final Wiring wiring;
    private final Reading reading;
    private final Writing writing;
    private final Handshake handshake;
    private final CloseReason reason = new CloseReason();
    private State state = State.OPENING;
    private boolean heard;
    private boolean inBatch;
    private boolean farewellSaid;
    private Future<?> ticks;

    private enum State { OPENING, OPEN, CLOSING, CLOSED }

    ConnectionDriver(NettyConnection connection, Channel channel, ConnectionHandler handler, Wiring wiring) {
        this.connection = connection;
        this.channel = channel;
        this.handler = handler;
        this.wiring = wiring;
        this.reading = new Reading(channel, wiring.settings().get().inbound(), wiring.ticker(), wiring.counters(),
                wiring.longFrames().share(connection.dialled()), this);
        this.writing = new Writing(channel, wiring.outlet(), wiring.settings().get().tls(), this);
        this.handshake = new Handshake(connection, channel, wiring);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        handshake.begin(this::handshakeTimedOut);
        // Listed from now on, it is told of changes; what changed since it was made it takes over here.
        connection.apply(wiring.settings().get());
    }

    @Override
    protected void notOurs(String why) {
        if (state == State.OPENING || state == State.OPEN) {
            end(state == State.OPENING ? CloseCause.NOT_OURS : CloseCause.REMOTE, why);
        }
    }

    @Override
    protected void openingFailed(Throwable cause) {
        if (state == State.OPENING) {
            reason.noteFailure(cause, false, false);
        }
    }

    @Override
    protected void opened(Optional<PeerId> proved) {
        if (state != State.OPENING) {
            return;
        }
        proved.ifPresent(connection::proved);
        state = State.OPEN;
        ticks = channel.eventLoop().scheduleAtFixedRate(() -> guarded(ConnectionDriver::checkStalls, this),
                TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        handler.opened(connection);
    }

    private void handshakeTimedOut() {
        if (state == State.OPEN) {
            handler.fault(connection, ConnectionFault.HANDSHAKE_TIMEOUT, "the handshake took too long");
        } else if (state == State.OPENING) {
            end(CloseReason.tooLong(awaited()));
        }
    }

    /** Takes over changed limits. */
    void apply(TransportSettings settings) {
        if (state != State.CLOSED) {
            reading.apply(settings.inbound());
            writing.apply(settings.shaping());
        }
    }

    void established(int maxMessageBytes) {
        reading.established(maxMessageBytes);
        handshake.settle(true);
    }

    /** Runs what is no part of the pipeline, which tells of failures by itself. */
    private <T> void guarded(Consumer<T> step, T of) {
        try {
            step.accept(of);
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void checkStalls() {
        if (state == State.OPEN) {
            reading.checkStall();
            int seconds = wiring.settings().get().writeStallSeconds();
            if (state == State.OPEN && writing.stalledFor(seconds)) {
                handler.fault(connection, ConnectionFault.WRITE_STALLED, "nothing was taken for " + seconds + " s");
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        long now = wiring.ticker().nanos();
        connection.readAt(now);
        wiring.counters().bytesRead.add(in.readableBytes());
        if (state == State.OPEN) {
            reading.read(in, now);
        } else {
            in.release();
        }
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) {
        heard = true;
        inBatch = true;
        handler.frame(connection, type, flags, body);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading.readComplete();
    }

    @Override
    public void readComplete() {
        if (inBatch && state != State.CLOSED) {
            inBatch = false;
            handler.readComplete(connection);
        }
    }

    @Override
    public void fault(ConnectionFault fault, String detail) {
        handler.fault(connection, fault, detail);
    }

    void readable(boolean on) {
        if (state == State.OPEN) {
            reading.readable(on);
        }
    }

    Reading reading() {
        return reading;
    }

    Writing writing() {
        return writing;
    }

    Handshake handshake() {
        return handshake;
    }

    @Override
    public void drain() {
        if (state == State.OPEN || state == State.CLOSING && !farewellSaid) {
            guarded(Writing::drain, writing);
            progress();
        }
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        return handler.fill(connection, target, lowest);
    }

    @Override
    public void taken(Fill fill) {
        guarded(Fill::taken, fill);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        writing.writabilityChanged();
    }

    void close(OutboundFrame last) {
        if (state == State.OPENING) {
            end(BY_US);
        } else if (state == State.OPEN) {
            state = State.CLOSING;
            reason.note(CloseCause.LOCAL, BY_US);
            handshake.settle(false);
            reading.discard();
            channel.config().setAutoRead(true);
            ticks.cancel(false);
            ticks = channel.eventLoop().schedule(() -> end(BY_US), CLOSE_SECONDS, TimeUnit.SECONDS);
            // So that the last word is heard.
            channel.eventLoop().schedule(writing::giveUpHeld, SHAPED_CLOSE_SECONDS, TimeUnit.SECONDS);
            writing.last(last);
        }
    }

    @Override
    public void progress() {
        if (state == State.CLOSING && !farewellSaid && writing.isDone()) {
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
        reading.discard();
        channel.unsafe().close(channel.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (state == State.OPEN && isOfKeyUpdates(failure)) {
            handler.fault(connection, ConnectionFault.KEY_UPDATES, failure.getCause().getMessage());
        }
        failed(failure);
    }

    @Override
    public void failed(Throwable failure) {
        if (state != State.CLOSING && reason.noteFailure(failure, state == State.OPEN, heard)) {
            wiring.log().failures().accept("A connection to " + connection.remoteAddress()
                    + " is given up after an internal error: " + failure);
        }
        end(reason.detail());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        boolean opened = state != State.OPENING;
        readComplete();
        reason.noteClosedByPeer(opened, awaited());
        state = State.CLOSED;
        handshake.settle(false);
        if (ticks != null) {
            ticks.cancel(false);
        }
        reading.discard();
        writing.close();
        wiring.connections().remove(connection);
        try {
            if (connection.dialled() && !opened) {
                connection.remote().dial().orElseThrow().notOpened(reason.detail());
            } else {
                handler.closed(connection, reason.cause(), reason.detail());
            }
        } finally {
            writing.forget();
        }
    }
}
