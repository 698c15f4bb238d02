// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.channel.Channel;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * Writes one connection: what is queued, at the rates that are set, as the socket takes it.
 * Confined to the connection's event loop, but for {@link #isHeldByRate()}.
 */
final class Writing implements FrameWriter.Sink {

    private final NettyConnection connection;
    private final Channel channel;
    private final OutboundQueue queue;
    private final ConnectionHandler handler;
    private final Wiring wiring;
    private final Runnable onProgress;
    private final Shaper shaper;
    private final FrameWriter writer;

    /**
     * Writing, with nothing written yet.
     *
     * @param onProgress run when the socket took something
     */
    Writing(NettyConnection connection, Channel channel, OutboundQueue queue, ConnectionHandler handler, Wiring wiring,
            Runnable onProgress) {
        this.connection = connection;
        this.channel = channel;
        this.queue = queue;
        this.handler = handler;
        this.wiring = wiring;
        this.onProgress = onProgress;
        this.shaper = new Shaper(channel, wiring.counters(), connection::wakeWriter);
        this.writer = new FrameWriter(channel, queue, shaper, wiring.ticker(), wiring.settings().get().tls(), this);
    }

    /** Takes over rates. */
    void apply(TransportSettings.Shaping rates) {
        shaper.apply(wiring.pacer().get(), rates.peerBytesPerSecond(), wiring.ticker().nanos());
        connection.wakeWriter();
    }

    /** Writes what may go now, and sees to it that the rest follows. */
    void drain() {
        if (writer.drain()) {
            connection.wakeWriter();
        }
    }

    void writabilityChanged() {
        if (channel.isWritable() && writer.hasMore()) {
            connection.wakeWriter();
        }
    }

    /** Names a frame to be written after all others. */
    void last(OutboundFrame frame) {
        writer.last(frame);
        connection.wakeWriter();
    }

    /** Gives up what is still held back by a rate, so that the last frame can follow. */
    void giveUpHeld() {
        if (shaper.isHolding()) {
            queue.kill();
            connection.wakeWriter();
        }
    }

    /** Whether everything was handed to the socket. */
    boolean isDone() {
        return !connection.drainDue() && writer.idle();
    }

    boolean stalledFor(int seconds) {
        return writer.stalledFor(seconds);
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
        onProgress.run();
    }

    /** The connection ended. */
    void close() {
        queue.kill();
        shaper.close(wiring.ticker().nanos());
    }

    /** Any thread: whether what is queued waits for nothing but a rate. */
    boolean isHeldByRate() {
        return shaper.isHolding();
    }
}
