// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * Writes into a channel what its peer should get: control frames as they are queued, then one fill after another, which
 * it pulls from the source, and one flush for all that one turn of the event loop has. It pulls only what the channel
 * is willing to take, as what the channel holds cannot be called back.
 * Confined to the connection's event loop, but for {@link #want()} and {@link #underWayBytes()}.
 */
final class FrameWriter {

    /** The most that goes into one fill, about. */
    static final int FILL_BYTES = 64 * 1024;
    /** Room for a short message or two. */
    private static final int LEAST_COPIED = 512;
    private static final int KEEP = 8;

    private final Channel channel;
    private final ControlQueue queue;
    private final Shaper shaper;
    private final Ticker ticker;
    private final Source source;
    /** TLS reads arrays fastest, sockets take what is outside the heap. */
    private final boolean heap;
    /** Whether the source may have something: it said so, or it had something when it was asked last. */
    private volatile boolean wanted;
    private volatile long underWayBytes;
    private OutboundFrame last;
    private boolean lastTaken;
    private boolean abandoned;
    private final FillBuffer target = new FillBuffer();
    /** One that is done, and is used again; null if there is none. */
    private Batch spare;
    private int batchesUnderWay;
    private int drainedBytes;
    /** How much the longest of the last fills copied. */
    private int copied;
    private long progressNanos;
    private long progressSeen;

    /** Where bodies come from, and who is told what became of them. */
    interface Source {

        /** Writes the next frames of this class or a more urgent one; null if there are none. */
        Fill fill(FrameTarget target, FrameClass lowest);

        /** About how much goes into one fill. */
        default int fillBytes() {
            return FILL_BYTES;
        }

        /** The socket took so many bytes: of a fill, or of control frames if it is null. */
        void taken(Fill fill, int bytes);
    }

    /** What was written together. */
    private final class Batch implements ChannelFutureListener {

        private Fill fill;
        private int bytes;

        void begin(Fill content, int length) {
            fill = content;
            bytes = length;
            batchesUnderWay++;
            drainedBytes += bytes;
            underWayBytes += bytes;
        }

        /** If it failed the connection is at its end, and is still asked what was left. */
        @Override
        public void operationComplete(ChannelFuture future) {
            batchesUnderWay--;
            if (future.isSuccess()) {
                underWayBytes -= bytes;
                progressNanos = ticker.nanos();
                source.taken(fill, bytes);
            }
            fill = null;
            spare = this;
        }
    }

    FrameWriter(Channel channel, ControlQueue queue, Shaper shaper, Ticker ticker, boolean heap, Source source) {
        this.channel = channel;
        this.queue = queue;
        this.shaper = shaper;
        this.ticker = ticker;
        this.heap = heap;
        this.source = source;
        this.progressNanos = ticker.nanos();
    }

    /** Any thread: the source has something. */
    void want() {
        wanted = true;
    }

    /** Names a frame to be written after all others, past the queue. */
    void last(OutboundFrame frame) {
        last = frame;
    }

    /** Asks the source for nothing more. */
    void abandon() {
        abandoned = true;
    }

    /**
     * Writes what the channel takes and the shaper allows now.
     *
     * @return whether more could be written at once
     */
    boolean drain() {
        long now = ticker.nanos();
        boolean wrote = false;
        drainedBytes = 0;
        while (channel.isWritable() && (writeControl(now) || writeFill(now) || writeLast(now))) {
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
        shaper.drained(channel.isWritable(), !hasMore(), now);
        return channel.isWritable() && hasMore() && !shaper.isHolding();
    }

    /** How much was written when it was drained last. */
    int drainedBytes() {
        return drainedBytes;
    }

    private boolean sourceHasMore() {
        return wanted && !abandoned && !lastTaken;
    }

    /** Whether something waits to be written, the last frame included. */
    boolean hasMore() {
        return !queue.isEmpty() || sourceHasMore() || last != null && !lastTaken;
    }

    /** Whether the socket took everything. */
    boolean idle() {
        return batchesUnderWay == 0 && !hasMore();
    }

    /** Any thread: what was handed to the channel and the socket has not taken. */
    long underWayBytes() {
        return underWayBytes;
    }

    /** The connection ended, and its owner does not ask any more what was left. */
    void forget() {
        underWayBytes = 0;
    }

    /** Whether the socket has been given data for so long without taking any; says so again after as long. */
    boolean stalledFor(int seconds) {
        long now = ticker.nanos();
        if (batchesUnderWay == 0 || tookSome()) {
            progressNanos = now;
        }
        if (now - progressNanos <= TimeUnit.SECONDS.toNanos(seconds)) {
            return false;
        }
        progressNanos = now;
        return true;
    }

    /** Whether the socket took a part of a buffer: a link may be too slow for a whole one. */
    private boolean tookSome() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        long progress = pending == null ? 0 : pending.currentProgress();
        boolean some = progress != progressSeen;
        progressSeen = progress;
        return some;
    }

    private boolean writeControl(long now) {
        OutboundFrame frame = queue.poll();
        if (frame == null) {
            return false;
        }
        ByteBuf buffer = buffer((int) Math.min(FILL_BYTES, frame.length() + queue.bytes()));
        while (frame != null) {
            encode(buffer, frame);
            frame = buffer.readableBytes() < FILL_BYTES ? queue.poll() : null;
        }
        writeControl(buffer, now);
        return true;
    }

    private void writeControl(ByteBuf buffer, long now) {
        int bytes = buffer.readableBytes();
        shaper.sent(FrameClass.CONTROL, bytes, now);
        Batch batch = batch(null, bytes);
        channel.write(buffer).addListener(batch);
    }

    private Batch batch(Fill fill, int bytes) {
        Batch batch = spare != null ? spare : new Batch();
        spare = null;
        batch.begin(fill, bytes);
        return batch;
    }

    private boolean writeFill(long now) {
        FrameClass lowest = sourceHasMore() ? shaper.lowest(now) : FrameClass.CONTROL;
        if (lowest == FrameClass.CONTROL) {
            return false;
        }
        wanted = false;
        int most = source.fillBytes();
        target.begin(buffer(Math.max(LEAST_COPIED, copied)), shaper.room(most));
        Fill fill = pull(lowest);
        if (fill == null) {
            target.release();
            if (lowest != FrameClass.LOW) {
                wanted = true;
            }
            return false;
        }
        wanted = true;
        // Kept for a while, as a buffer that is too short is costly and one that is too long is not.
        copied = Math.min(most, Math.max(target.copiedLength(), copied - copied / KEEP));
        shaper.sent(fill.frameClass(), target.length(), now);
        Batch batch = batch(fill, target.length());
        target.write(channel).addListener(batch);
        return true;
    }

    /** Has the source write; nothing of that is kept if it fails. */
    private Fill pull(FrameClass lowest) {
        boolean well = false;
        try {
            Fill fill = source.fill(target, lowest);
            if ((fill == null) != (target.length() == 0)) {
                throw new IllegalStateException(target.length() + " bytes were written, of " + fill);
            }
            well = true;
            return fill;
        } finally {
            if (!well) {
                target.release();
            }
        }
    }

    private boolean writeLast(long now) {
        if (last == null || lastTaken || !queue.isEmpty() || sourceHasMore()) {
            return false;
        }
        lastTaken = true;
        ByteBuf buffer = buffer(last.length());
        encode(buffer, last);
        writeControl(buffer, now);
        return true;
    }

    private ByteBuf buffer(int size) {
        return heap ? channel.alloc().heapBuffer(size) : channel.alloc().directBuffer(size);
    }

    private static void encode(ByteBuf buffer, OutboundFrame frame) {
        buffer.writeInt(FrameType.MARK << 24 | frame.type().code() << 16);
        buffer.writeInt(frame.body().length);
        buffer.writeBytes(frame.body());
    }
}
