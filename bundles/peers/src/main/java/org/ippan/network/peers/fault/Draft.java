// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/** What a fill wrote, taken apart into frames, before any of it is on its way. Used once, by one thread. */
final class Draft implements FrameTarget {

    private static final int FLAGS = 2;
    private static final int LENGTH = 4;

    private final int most;
    private final List<Piece> pieces = new ArrayList<>();
    private byte[] copied = new byte[1024];
    private int used;
    private int length;

    /** Bytes that lie behind each other, from an index of the fill on; those that were lent lie at their lender. */
    private record Piece(int start, byte[] lent, int offset, int length) {
    }

    /** Decides about one frame, and is told of it. */
    @FunctionalInterface
    interface Judge {

        /** Whether a frame goes its way. */
        boolean passes(int flags, Body body);
    }

    /** The body of a frame. */
    interface Body {

        int length();

        /** A copy of it. */
        ByteBuffer bytes();
    }

    /** Empty, with so much room. */
    Draft(int room) {
        most = room;
    }

    @Override
    public int room() {
        return most - length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void copy(byte[] from, int offset, int number) {
        if (copied.length - used < number) {
            copied = Arrays.copyOf(copied, Math.max(2 * copied.length, used + number));
        }
        System.arraycopy(from, offset, copied, used, number);
        pieces.add(new Piece(length, null, used, number));
        used += number;
        length += number;
    }

    @Override
    public void setByte(int index, int value) {
        copied[place(index)] = (byte) value;
    }

    @Override
    public void setInt(int index, int value) {
        ByteBuffer.wrap(copied).putInt(place(index), value);
    }

    @Override
    public void lend(byte[] from, int offset, int number) {
        pieces.add(new Piece(length, from, offset, number));
        length += number;
    }

    /** Where a byte that was copied lies. */
    private int place(int index) {
        Piece piece = pieces.get(number(index));
        return piece.offset + index - piece.start;
    }

    /** The number of the piece that a byte is in. */
    private int number(int index) {
        int low = 0;
        int high = pieces.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (pieces.get(middle).start <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Takes bytes of one piece. */
    @FunctionalInterface
    private interface Taker {

        void take(byte[] lent, int offset, int number);
    }

    /** Hands over the bytes of a range, piece by piece. */
    private void each(int from, int to, Taker taker) {
        int at = number(from);
        int begin = from;
        while (begin < to) {
            Piece piece = pieces.get(at++);
            int end = Math.min(to, piece.start + piece.length);
            taker.take(piece.lent, piece.offset + begin - piece.start, end - begin);
            begin = end;
        }
    }

    /** Writes the frames that pass, neighbours at once where they lie behind each other. */
    void write(FrameTarget target, Judge judge) {
        int begin = 0;
        int at = 0;
        while (at < length) {
            ByteBuffer header = ByteBuffer.wrap(copied, place(at), FrameType.HEADER_LENGTH);
            int flags = header.get(header.position() + FLAGS) & 0xFF;
            int body = at + FrameType.HEADER_LENGTH;
            int end = body + header.getInt(header.position() + LENGTH);
            if (!judge.passes(flags, new Part(body, end))) {
                write(begin, at, target);
                begin = end;
            }
            at = end;
        }
        write(begin, at, target);
    }

    private void write(int from, int to, FrameTarget target) {
        each(from, to, (lent, offset, number) -> {
            if (lent == null) {
                target.copy(copied, offset, number);
            } else {
                target.lend(lent, offset, number);
            }
        });
    }

    private final class Part implements Body {

        private final int from;
        private final int to;

        Part(int from, int to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public ByteBuffer bytes() {
            ByteBuffer bytes = ByteBuffer.allocate(to - from);
            each(from, to, (lent, offset, number) -> bytes.put(lent == null ? copied : lent, offset, number));
            return bytes.flip();
        }
    }
}
