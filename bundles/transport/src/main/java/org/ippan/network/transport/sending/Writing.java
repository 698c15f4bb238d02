// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * Writes one connection: what is queued, at the rates that are set, as the socket takes it.
 * Confined to the connection's event loop, but for {@link #wake()} and {@link #isHeldByRate()}.
 */
public final class Writing implements FrameWriter.Sink {

    private final Channel channel;
    private final OutboundQueue queue;
    private final Outlet outlet;
    private final Owner owner;
    private final Shaper shaper;
    private final FrameWriter writer;
    private final AtomicBoolean drainDue = new AtomicBoolean();

    /** The connection that is written; called on its event loop. */
    public interface Owner {

        /** There may be something to {@linkplain Writing#drain() drain}, if the connection still writes. */
        void drain();

        /** The socket took a message. */
        void written(OutboundFrame frame);

        /** The socket took something. */
        void progress();
    }

    /** Writing, with nothing written yet. */
    public Writing(Channel channel, OutboundQueue queue, Outlet outlet, boolean tls, Owner owner) {
        this.channel = channel;
        this.queue = queue;
        this.outlet = outlet;
        this.owner = owner;
        this.shaper = new Shaper(channel, outlet.counters(), this::wake);
        this.writer = new FrameWriter(channel, queue, shaper, outlet.ticker(), tls, this);
    }

    /** Any thread: has the owner drain once, soon. */
    public void wake() {
        if (!drainDue.get() && drainDue.compareAndSet(false, true)
                && !IoThreads.execute(channel.eventLoop(), this::wakeOwner)) {
            // The transport has stopped: what is queued is given back.
            queue.kill();
        }
    }

    private void wakeOwner() {
        // What is offered from now on needs another turn.
        drainDue.set(false);
        owner.drain();
    }

    /** Takes over rates. */
    public void apply(TransportSettings.Shaping rates) {
        shaper.apply(outlet.pacer().get(), rates.peerBytesPerSecond(), outlet.ticker().nanos());
        wake();
    }

    /** Writes what may go now, and sees to it that the rest follows. */
    public void drain() {
        if (writer.drain()) {
            wake();
        }
    }

    public void writabilityChanged() {
        if (channel.isWritable() && writer.hasMore()) {
            wake();
        }
    }

    /** Names a frame to be written after all others. */
    public void last(OutboundFrame frame) {
        writer.last(frame);
        wake();
    }

    /** Gives up what is still held back by a rate, so that the last frame can follow. */
    public void giveUpHeld() {
        if (shaper.isHolding()) {
            queue.kill();
            wake();
        }
    }

    /** Whether everything was handed to the socket. */
    public boolean isDone() {
        return !drainDue.get() && writer.idle();
    }

    public boolean stalledFor(int seconds) {
        return writer.stalledFor(seconds);
    }

    @Override
    public void written(OutboundFrame frame, long nowNanos) {
        outlet.counters().bytesWritten.add(frame.length());
        if (frame.type() == FrameType.GOSSIP) {
            NetworkMetrics metrics = outlet.metrics().get();
            metrics.recordMessageSent(frame.length());
            metrics.recordLatency(nowNanos - frame.bornNanos());
            owner.written(frame);
        }
    }

    @Override
    public void progress() {
        owner.progress();
    }

    /** The connection ended. */
    public void close() {
        queue.kill();
        shaper.close(outlet.ticker().nanos());
    }

    /** Any thread: whether what is queued waits for nothing but a rate. */
    public boolean isHeldByRate() {
        return shaper.isHolding();
    }
}
