// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * Empties a queue into a channel: small frames are copied together into one buffer, long payloads go as they are, and
 * there is one flush for all that one turn of the event loop has. Only as much is handed to the channel as it is
 * willing to take, so that an urgent frame does not wait behind what nobody can call back.
 * Confined to the connection's event loop.
 */
final class FrameWriter {

    /** About how much goes into one buffer, and the longest piece whose arrival at the socket is watched for. */
    private static final int BATCH_BYTES = 64 * 1024;
    /** From this length on a payload is not copied. */
    private static final int LONG_PAYLOAD = 16 * 1024;
    private static final int FIRST_FRAMES = 16;

    private final Channel channel;
    private final OutboundQueue queue;
    private final Shaper shaper;
    private final Ticker ticker;
    private final Sink sink;
    /** TLS reads arrays fastest, sockets take what is outside the heap. */
    private final boolean heap;
    private final ChannelFutureListener onProgress = this::progressed;
    private OutboundFrame last;
    private boolean lastTaken;
    private int batchesUnderWay;
    private boolean stalled;
    private long progressNanos;

    /** Is told what became of the frames. */
    interface Sink {

        /** The socket took a frame. */
        void written(OutboundFrame frame, long nowNanos);

        /** The socket took a batch: there may be room again, or nothing left to send. */
        void progress();
    }

    /** Frames that were written together. */
    private final class Batch implements ChannelFutureListener {

        private OutboundFrame[] frames = new OutboundFrame[FIRST_FRAMES];
        private int count;
        private int bytes;

        void add(OutboundFrame frame) {
            if (count == frames.length) {
                frames = Arrays.copyOf(frames, 2 * count);
            }
            frames[count++] = frame;
            bytes += frame.length();
        }

        @Override
        public void operationComplete(ChannelFuture future) {
            batchesUnderWay--;
            long now = ticker.nanos();
            for (int i = 0; i < count; i++) {
                if (frames[i] != last) {
                    queue.done(frames[i]);
                }
            }
            if (future.isSuccess()) {
                progressNanos = now;
                for (int i = 0; i < count; i++) {
                    sink.written(frames[i], now);
                }
                sink.progress();
            }
        }
    }

    FrameWriter(Channel channel, OutboundQueue queue, Shaper shaper, Ticker ticker, boolean heap, Sink sink) {
        this.channel = channel;
        this.queue = queue;
        this.shaper = shaper;
        this.ticker = ticker;
        this.heap = heap;
        this.sink = sink;
        this.progressNanos = ticker.nanos();
    }

    /** Names a frame to be written after all others, past the queue. */
    void last(OutboundFrame frame) {
        last = frame;
    }

    /**
     * Writes what the channel takes and the shaper allows now.
     *
     * @return whether more could be written at once
     */
    boolean drain() {
        long now = ticker.nanos();
        boolean wrote = false;
        while (channel.isWritable() && writeBatch(now)) {
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
        shaper.drained(channel.isWritable(), queue.isEmpty(), now);
        return channel.isWritable() && hasMore() && !shaper.isHolding();
    }

    /** Whether something waits to be written, the last frame included. */
    boolean hasMore() {
        return !queue.isEmpty() || last != null && !lastTaken;
    }

    /** Whether all has been handed to the socket. */
    boolean idle() {
        return batchesUnderWay == 0 && !hasMore();
    }

    /** Whether the socket has been given data for so long without taking any; says so once. */
    boolean stalledFor(int seconds) {
        long now = ticker.nanos();
        if (batchesUnderWay == 0) {
            progressNanos = now;
        }
        if (stalled || now - progressNanos <= TimeUnit.SECONDS.toNanos(seconds)) {
            return false;
        }
        stalled = true;
        return true;
    }

    private boolean writeBatch(long now) {
        Object next = next(now);
        if (next == null) {
            return false;
        }
        Batch batch = new Batch();
        ByteBuf buffer = buffer();
        OutboundFrame frame;
        do {
            frame = OutboundQueue.frame(next);
            batch.add(frame);
            shaper.sent(frame, now);
            encode(buffer, frame, frame != next, now);
            if (frame.payload().length >= LONG_PAYLOAD) {
                break;
            }
            buffer.writeBytes(frame.payload());
            next = batch.bytes < BATCH_BYTES ? next(now) : null;
        } while (next != null);
        batchesUnderWay++;
        if (frame.payload().length < LONG_PAYLOAD) {
            channel.write(buffer).addListener(batch);
        } else {
            channel.write(buffer);
            writeLong(frame.payload(), batch);
        }
        return true;
    }

    /** The next of the queue, and when it has no more, the last. */
    private Object next(long now) {
        Object next = queue.poll(shaper.lowest(now));
        if (next == null && last != null && !lastTaken && queue.isEmpty()) {
            lastTaken = true;
            return last;
        }
        return next;
    }

    private ByteBuf buffer() {
        int size = (int) Math.min(BATCH_BYTES, Math.max(queue.bytes(), FrameType.HANDSHAKE_MAX));
        return heap ? channel.alloc().heapBuffer(size) : channel.alloc().directBuffer(size);
    }

    /** Header and head; the age, which the shared array does not know, is written over the copy. */
    private static void encode(ByteBuf buffer, OutboundFrame frame, boolean solicited, long now) {
        byte[] head = frame.head();
        buffer.writeInt(FrameType.MARK << 24 | frame.type().code() << 16 | (solicited ? FrameType.SOLICITED << 8 : 0));
        buffer.writeInt(head.length + frame.payload().length);
        int start = buffer.writerIndex();
        buffer.writeBytes(head);
        if (frame.ageOffset() >= 0) {
            buffer.setInt(start + frame.ageOffset(), (int) frame.ageMillisAt(now));
        }
    }

    /** In pieces, so that a slow link can be told from one that stands still. */
    private void writeLong(byte[] payload, Batch batch) {
        for (int from = 0; from < payload.length; from += BATCH_BYTES) {
            int length = Math.min(BATCH_BYTES, payload.length - from);
            channel.write(Unpooled.wrappedBuffer(payload, from, length))
                    .addListener(from + length == payload.length ? batch : onProgress);
        }
    }

    private void progressed(ChannelFuture piece) {
        if (piece.isSuccess()) {
            progressNanos = ticker.nanos();
        }
    }
}
