// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.ippan.network.api.transport.FrameTarget;

/**
 * What one fill writes: one buffer for all that is copied, allocated when it is first needed, and the lent pieces
 * between. Confined to the connection's event loop.
 */
final class FillBuffer implements FrameTarget {

    /** Longest piece that is lent at once, so that no buffer has to be as long as the longest message. */
    private static final int PIECE_BYTES = 64 * 1024;

    private final IntFunction<ByteBuf> allocator;
    private final int size;
    private final int expected;
    private final List<Lent> lent = new ArrayList<>(0);
    private ByteBuf copied;
    private int length;

    /** A lent piece from start to end of the fill, and how much was copied before it. */
    private record Lent(int start, int end, int copiedBefore, ByteBuf bytes) {
    }

    /**
     * An empty one.
     *
     * @param allocator makes a buffer of about so many bytes
     * @param size room for so many bytes
     * @param expected about so many are copied
     */
    FillBuffer(IntFunction<ByteBuf> allocator, int size, int expected) {
        this.allocator = allocator;
        this.size = size;
        this.expected = expected;
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
        return copied == null ? 0 : copied.writerIndex();
    }

    @Override
    public void copy(byte[] from, int offset, int count) {
        if (copied == null) {
            copied = allocator.apply(Math.max(expected, count));
        }
        copied.writeBytes(from, offset, count);
        length += count;
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
        copied.setByte(inCopied(index), value);
    }

    @Override
    public void setInt(int index, int value) {
        copied.setInt(inCopied(index), value);
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

    /** Hands all of it over, in order; the taker of a piece releases it. */
    List<ByteBuf> pieces() {
        if (lent.isEmpty()) {
            return List.of(copied);
        }
        List<ByteBuf> pieces = new ArrayList<>();
        for (Lent piece : lent) {
            addCopied(pieces, piece.copiedBefore());
            pieces.add(piece.bytes());
        }
        addCopied(pieces, copiedLength());
        release();
        return pieces;
    }

    private void addCopied(List<ByteBuf> pieces, int end) {
        if (copied != null && end > copied.readerIndex()) {
            pieces.add(copied.readRetainedSlice(end - copied.readerIndex()));
        }
    }

    /** Gives back what was copied. */
    void release() {
        if (copied != null) {
            copied.release();
        }
    }
}
