// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * Writes one connection: control frames that are queued and what its owner has, at the rates that are set, as the
 * socket takes it. Confined to the connection's event loop, but for what says otherwise.
 */
public final class Writing implements FrameWriter.Source {

    /** Who writes less sends no messages of its own, and has nothing to gather. */
    private static final int LEAST = 256;
    /** Turns that follow each other as fast as this are worth being fewer. */
    private static final long FAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** How slowly {@link #usual} follows, as a part. */
    private static final int LAG = 8;

    private final Channel channel;
    private final ControlQueue queue;
    private final Outlet outlet;
    private final Owner owner;
    private final Shaper shaper;
    private final FrameWriter writer;
    private final AtomicBoolean drainDue = new AtomicBoolean();
    private final Runnable turn = this::wakeOwner;
    /** When the event loop was woken last, and about how much it writes each time. */
    private long wokenNanos;
    private int usual;

    /** The connection that is written; called on its event loop. */
    public interface Owner {

        /** There may be something to {@linkplain Writing#drain() drain}, if the connection still writes. */
        void drain();

        /** Writes the next frames of this class or a more urgent one; null if there are none. */
        Fill fill(FrameTarget target, FrameClass lowest);

        /** The socket took a fill. */
        void taken(Fill fill);

        /** The socket took something. */
        void progress();
    }

    /** Writing, with nothing written yet. */
    public Writing(Channel channel, Outlet outlet, boolean tls, Owner owner) {
        this.channel = channel;
        this.queue = new ControlQueue(outlet.counters().framesDropped, outlet.control());
        this.outlet = outlet;
        this.owner = owner;
        this.shaper = new Shaper(channel, outlet.counters(), this::wake);
        this.writer = new FrameWriter(channel, queue, shaper, outlet.ticker(), tls, this);
    }

    /** Any thread: queues a control frame, or says no. */
    public boolean offer(OutboundFrame frame) {
        if (!queue.offer(frame)) {
            return false;
        }
        wakeIfWritable();
        return true;
    }

    /** Any thread: the owner has something to be pulled. */
    public void pull() {
        writer.want();
        wakeIfWritable();
    }

    /**
     * Where the socket takes nothing more it is drained when that changes. Else each message that is published would
     * wake the event loop once for each peer that reads nothing.
     */
    private void wakeIfWritable() {
        if (channel.isWritable()) {
            wake();
        }
    }

    /** Any thread: has the owner drain once, soon. */
    private void wake() {
        if (!drainDue.get() && drainDue.compareAndSet(false, true)
                && !IoThreads.execute(channel.eventLoop(), turn)) {
            // The transport has stopped: what is queued is given back.
            queue.kill();
        }
    }

    private void wakeOwner() {
        gather();
        // What is offered from now on needs another turn.
        drainDue.set(false);
        owner.drain();
    }

    /**
     * Lets other threads run first where the loop is woken for little, again and again: what they publish goes with it.
     * If none wants the processor this takes no time. Who only reads does not: it would fall behind the others.
     */
    private void gather() {
        long now = outlet.ticker().nanos();
        if (usual > LEAST && usual < outlet.fillBytes() && now - wokenNanos < FAST_NANOS) {
            Thread.yield();
        }
        wokenNanos = now;
    }

    /** Any thread: control frames queued, and what was handed to the socket and not taken. */
    public long queuedBytes() {
        return queue.bytes() + writer.underWayBytes();
    }

    /** Takes over rates. */
    public void apply(TransportSettings.Shaping rates) {
        shaper.apply(outlet.pacer().get(), rates.peerBytesPerSecond(), outlet.ticker().nanos());
        wake();
    }

    @Override
    public int fillBytes() {
        return outlet.fillBytes();
    }

    /** Writes what may go now, and sees to it that the rest follows. */
    public void drain() {
        if (writer.drain()) {
            wake();
        }
        usual += (writer.drainedBytes() - usual) / LAG;
    }

    public void writabilityChanged() {
        if (channel.isWritable() && writer.hasMore()) {
            wake();
        }
    }

    /** Any thread: takes no more control frames. */
    public void refuse() {
        queue.refuse();
    }

    /** Names a frame to be written after all others. */
    public void last(OutboundFrame frame) {
        writer.last(frame);
        wake();
    }

    /** Gives up what is still held back by a rate, so that the last frame can follow. */
    public void giveUpHeld() {
        if (shaper.isHolding()) {
            writer.abandon();
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
    public Fill fill(FrameTarget target, FrameClass lowest) {
        return owner.fill(target, lowest);
    }

    @Override
    public void taken(Fill fill, int bytes) {
        outlet.counters().bytesWritten.add(bytes);
        if (fill != null) {
            owner.taken(fill);
        }
        owner.progress();
    }

    /** The connection ended; what was left is still told. */
    public void close() {
        queue.refuse();
        shaper.close(outlet.ticker().nanos());
    }

    /** Forgets what was left. */
    public void forget() {
        queue.kill();
        writer.forget();
    }

    /** Any thread: whether what there is to send waits for nothing but a rate. */
    public boolean isHeldByRate() {
        return shaper.isHolding();
    }
}
