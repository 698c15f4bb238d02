// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;

/**
 * Cuts a stream into frames. A header is judged before anything is allocated for its body; a frame that lies whole in
 * what was read is handed on where it lies, without a copy; only one that does not is gathered, in a buffer that grows
 * with what really arrived. After a fault nothing more is decoded. Confined to the connection's event loop.
 */
public final class FrameDecoder {

    /** First capacity of the buffer a frame is gathered in, whatever its header promises. */
    private static final int FIRST_CAPACITY = 64 * 1024;

    private final Ticker ticker;
    private final LongFrames.Share room;
    private final Sink sink;
    private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();

    private int maxMessageBytes;
    private boolean established;
    private boolean paused;
    private boolean dead;
    private boolean draining;
    /** What has come of a frame that is not complete, or null. */
    private byte[] gathered;
    private int gatheredLength;
    /** That of the frame that is handed on, or null if it lies in what was read. */
    private byte[] spare;
    /** A frame to be handed on: its body, or null. */
    private ByteBuffer complete;
    private long completeHeader;
    /** Length the gathered frame will have; that of a header until the header is complete. */
    private int wanted;
    /** Bytes of an extension's body still to be skipped. */
    private int toSkip;
    /** Whether a frame has begun and is not complete, and since when, moved on by pauses. */
    private boolean begun;
    private long begunNanos;
    private long pausedNanos;

    /** Takes what was decoded. */
    public interface Sink {

        /** A frame whose header is in order; the body is only valid during the call. */
        void frame(FrameType type, int flags, ByteBuffer body);

        /** The stream is lost. */
        void fault(ConnectionFault fault, String detail);

        /** There is no room for a long frame: decoding is paused, and may be tried again soon. */
        default void starved() { }
    }

    /** Decodes a stream whose long frames take of this room. */
    public FrameDecoder(Ticker ticker, LongFrames.Share room, Sink sink) {
        this.ticker = ticker;
        this.room = room;
        this.sink = sink;
    }

    /** Lifts the limits of the handshake, beginning with the next frame. */
    public void established(int maxMessage) {
        established = true;
        maxMessageBytes = maxMessage;
    }

    /** Decodes what was read, which it owns from now on. */
    public void read(ByteBuf in) {
        if (dead) {
            in.release();
            return;
        }
        unread.add(in);
        drain();
    }

    /** Stops before the next frame. */
    void pause() {
        if (!paused) {
            paused = true;
            pausedNanos = ticker.nanos();
        }
    }

    /** Goes on with what was read already. */
    void resume() {
        if (paused) {
            paused = false;
            begunNanos += ticker.nanos() - pausedNanos;
            drain();
        }
    }

    /** Memory of a frame that is not complete. */
    int gatheredBytes() {
        return gathered == null ? 0 : gathered.length;
    }

    /** Forgets all there is and decodes nothing more. */
    void discard() {
        dead = true;
        if (!draining) {
            releaseAll();
        }
    }

    /** Judges a frame that does not come to its end. */
    void checkStall(long nowNanos) {
        if (begun && !paused && !dead && nowNanos - begunNanos > room.nanosFor(wanted, nowNanos)) {
            fail(ConnectionFault.FRAME_STALLED, "a frame of " + wanted + " bytes did not arrive in time");
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (!paused && !dead && !unread.isEmpty()) {
                ByteBuf in = unread.peek();
                step(in);
                if (complete != null) {
                    deliver();
                }
                if (!in.isReadable()) {
                    unread.poll().release();
                }
            }
        } finally {
            draining = false;
            if (dead) {
                releaseAll();
            }
        }
    }

    private void releaseAll() {
        unread.forEach(ByteBuf::release);
        unread.clear();
        gathered = null;
        room.giveBack();
    }

    /** Whether there is room for the frame that comes. */
    private boolean hasRoom(int frameLength) {
        boolean taken = room.take(frameLength, ticker.nanos());
        if (!taken) {
            pause();
            sink.starved();
        }
        return taken;
    }

    /** Hands on what {@link #step} found. Here alone, so that what happens to a frame is compiled once. */
    private void deliver() {
        ByteBuffer body = complete;
        complete = null;
        sink.frame(type(completeHeader), FrameHeader.flags(completeHeader), body);
        Spare.keep(spare);
        spare = null;
        room.done();
    }

    /** Goes on to the end of a frame at most. */
    private void step(ByteBuf in) {
        if (toSkip > 0) {
            skip(in);
        } else if (gathered != null) {
            gather(in);
        } else if (in.readableBytes() < FrameType.HEADER_LENGTH) {
            begin(in, FrameType.HEADER_LENGTH);
        } else {
            decode(in);
        }
    }

    private void decode(ByteBuf in) {
        long header = in.getLong(in.readerIndex());
        if (!legal(header)) {
            return;
        }
        int length = FrameHeader.length(header);
        if (type(header) == null) {
            in.skipBytes(FrameType.HEADER_LENGTH);
            beginSkipping(length);
        } else if (in.readableBytes() - FrameType.HEADER_LENGTH < length) {
            if (hasRoom(FrameType.HEADER_LENGTH + length)) {
                begin(in, FrameType.HEADER_LENGTH + length);
            }
        } else {
            in.skipBytes(FrameType.HEADER_LENGTH + length);
            complete(in, in.readerIndex() - length, header);
        }
    }

    /** Null for an extension, which is skipped if the header is legal. */
    private static FrameType type(long header) {
        return FrameType.of(FrameHeader.type(header));
    }

    private void begin(ByteBuf in, int frameLength) {
        begun = true;
        begunNanos = ticker.nanos();
        wanted = frameLength;
        gathered = Spare.array(wanted, Math.max(in.readableBytes(), Math.min(wanted, FIRST_CAPACITY)));
        gatheredLength = 0;
        gather(in, in.readableBytes());
    }

    private void gather(ByteBuf in) {
        if (!hasRoom(wanted)) {
            return;
        }
        gather(in, Math.min(in.readableBytes(), wanted - gatheredLength));
        if (gatheredLength == wanted) {
            gatheredAll();
        }
    }

    private void gather(ByteBuf in, int count) {
        if (gathered.length - gatheredLength < count) {
            int doubled = (int) Math.min(wanted, 2L * gathered.length);
            gathered = Arrays.copyOf(gathered, Math.max(doubled, gatheredLength + count));
        }
        in.readBytes(gathered, gatheredLength, count);
        gatheredLength += count;
    }

    private void gatheredAll() {
        long header = ByteBuffer.wrap(gathered).getLong();
        if (wanted == FrameType.HEADER_LENGTH) {
            if (!legal(header)) {
                return;
            }
            int length = FrameHeader.length(header);
            if (type(header) == null) {
                gathered = null;
                beginSkipping(length);
                return;
            }
            wanted += length;
            if (length > 0) {
                return;
            }
        }
        complete = ByteBuffer.wrap(gathered, FrameType.HEADER_LENGTH, gatheredLength - FrameType.HEADER_LENGTH);
        spare = gathered;
        gathered = null;
        begun = false;
        completeHeader = header;
    }

    private void complete(ByteBuf buffer, int index, long header) {
        int length = FrameHeader.length(header);
        complete = buffer.nioBufferCount() == 1 ? buffer.internalNioBuffer(index, length)
                : buffer.nioBuffer(index, length);
        completeHeader = header;
    }

    private void beginSkipping(int length) {
        begunNanos = begun ? begunNanos : ticker.nanos();
        toSkip = length;
        wanted = length;
        begun = length > 0;
    }

    private void skip(ByteBuf in) {
        int take = Math.min(toSkip, in.readableBytes());
        in.skipBytes(take);
        toSkip -= take;
        begun = toSkip > 0;
    }

    private boolean legal(long header) {
        FrameHeader.Flaw flaw = FrameHeader.flaw(header, established, maxMessageBytes);
        return flaw == null || fail(flaw.fault(), flaw.detail());
    }

    private boolean fail(ConnectionFault fault, String detail) {
        discard();
        sink.fault(fault, detail);
        return false;
    }
}
