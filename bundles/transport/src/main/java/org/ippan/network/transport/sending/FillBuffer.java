// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.transport.FrameTarget;

/**
 * What one fill after another writes: one buffer for all that is copied, and the lent pieces between. Confined to the
 * connection's event loop.
 */
final class FillBuffer implements FrameTarget {

    /** Longest piece that is lent at once, so that no buffer has to be as long as the longest message. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final List<Lent> lent = new ArrayList<>(0);
    private int size;
    private ByteBuf copied;
    /** The same bytes, seen without what Netty checks for each access. */
    private ByteBuffer view;
    private int start;
    private int length;

    /** A lent piece from start to end of the fill, and how much was copied before it. */
    private record Lent(int start, int end, int copiedBefore, ByteBuf bytes) {
    }

    /**
     * Begins a fill, after the one before was written or released.
     *
     * @param buffer takes what is copied, grows, and belongs to it
     * @param room for so many bytes
     */
    void begin(ByteBuf buffer, int room) {
        copied = buffer;
        size = room;
        length = 0;
        see(0);
    }

    @Override
    public int room() {
        return size - length;
    }

    @Override
    public int length() {
        return length;
    }

    /** How many bytes were copied. */
    int copiedLength() {
        return view.position() - start;
    }

    @Override
    public void copy(byte[] from, int offset, int count) {
        if (view.remaining() < count) {
            grow(count);
        }
        view.put(from, offset, count);
        length += count;
    }

    private void grow(int count) {
        int before = copiedLength();
        copied.writerIndex(before);
        copied.capacity(Math.max(Math.min(size, 2 * copied.capacity()), before + count));
        see(before);
    }

    private void see(int written) {
        view = copied.internalNioBuffer(0, copied.capacity());
        start = view.position();
        view.position(start + written);
    }

    @Override
    public void lend(byte[] from, int offset, int count) {
        for (int done = 0; done < count; done += PIECE_BYTES) {
            int piece = Math.min(PIECE_BYTES, count - done);
            lent.add(new Lent(length, length + piece, copiedLength(),
                    Unpooled.wrappedBuffer(from, offset + done, piece)));
            length += piece;
        }
    }

    @Override
    public void setByte(int index, int value) {
        view.put(start + inCopied(index), (byte) value);
    }

    @Override
    public void setInt(int index, int value) {
        view.putInt(start + inCopied(index), value);
    }

    private int inCopied(int index) {
        int lentBefore = 0;
        for (Lent piece : lent) {
            if (piece.start() < index) {
                lentBefore = piece.end() - piece.copiedBefore();
            }
        }
        return index - lentBefore;
    }

    /** Writes all of it into a channel, in order; the channel releases it. */
    ChannelFuture write(Channel channel) {
        copied.writerIndex(copiedLength());
        ChannelFuture written = null;
        for (Lent piece : lent) {
            int before = piece.copiedBefore() - copied.readerIndex();
            if (before > 0) {
                channel.write(copied.readRetainedSlice(before));
            }
            written = channel.write(piece.bytes());
        }
        lent.clear();
        if (copied.isReadable()) {
            return channel.write(copied);
        }
        copied.release();
        return written;
    }

    /** Gives back what was copied. */
    void release() {
        lent.clear();
        copied.release();
    }
}
