// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.MessageCodec;

/** Collects one fill. What is lent is read only when the frames are asked for, as a socket would. */
public class FakeTarget implements FrameTarget {

    /** A frame as it goes on the wire; its bytes begin at 0, and are a view of the whole fill. */
    record Frame(FrameType type, int flags, ByteBuffer bytes) {

        Frame(FrameType type, int flags, byte[] body) {
            this(type, flags, ByteBuffer.wrap(body));
        }

        byte[] body() {
            byte[] body = new byte[bytes.capacity()];
            bytes.get(0, body);
            return body;
        }

        boolean solicited() {
            return (flags & FrameType.SOLICITED) != 0;
        }

        int hops() {
            return bytes.get(0);
        }

        int codec() {
            return bytes.get(MessageCodec.CODEC_OFFSET);
        }

        int ageMillis() {
            return bytes.getInt(MessageCodec.AGE_OFFSET);
        }

        byte[] payload() {
            byte[] body = body();
            return Arrays.copyOfRange(body, MessageCodec.headLength(body, 0), body.length);
        }

        String text() {
            return new String(payload(), StandardCharsets.UTF_8);
        }
    }

    private record Piece(byte[] bytes, int offset, int length, boolean lent) {
    }

    private final int size;
    private final List<Piece> pieces = new ArrayList<>();
    private int length;

    public FakeTarget(int size) {
        this.size = size;
    }

    @Override
    public int room() {
        return size - length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void copy(byte[] from, int offset, int count) {
        byte[] copy = new byte[count];
        System.arraycopy(from, offset, copy, 0, count);
        add(new Piece(copy, 0, count, false));
    }

    @Override
    public void lend(byte[] from, int offset, int count) {
        add(new Piece(from, offset, count, true));
    }

    private void add(Piece piece) {
        pieces.add(piece);
        length += piece.length;
    }

    @Override
    public void setByte(int index, int value) {
        ByteBuffer at = copied(index, 1);
        at.put(at.position(), (byte) value);
    }

    @Override
    public void setInt(int index, int value) {
        ByteBuffer at = copied(index, Integer.BYTES);
        at.putInt(at.position(), value);
    }

    /** The bytes at an index, which must have been copied in one piece. */
    private ByteBuffer copied(int index, int count) {
        int at = 0;
        for (Piece piece : pieces) {
            if (index < at + piece.length) {
                if (piece.lent || index + count > at + piece.length) {
                    throw new IllegalArgumentException("not copied in one piece: " + index);
                }
                return ByteBuffer.wrap(piece.bytes).position(index - at);
            }
            at += piece.length;
        }
        throw new IndexOutOfBoundsException(index);
    }

    /** Bytes that were not copied. */
    int lent() {
        return pieces.stream().filter(Piece::lent).mapToInt(Piece::length).sum();
    }

    /** The frames that were written. */
    List<Frame> frames() {
        ByteBuffer all = ByteBuffer.allocate(length);
        pieces.forEach(piece -> all.put(piece.bytes, piece.offset, piece.length));
        all.flip();
        List<Frame> frames = new ArrayList<>();
        while (all.hasRemaining()) {
            if ((all.get() & 0xFF) != FrameType.MARK) {
                throw new IllegalStateException("a torn frame");
            }
            FrameType type = FrameType.of(all.get() & 0xFF);
            int flags = all.get();
            if (all.get() != 0) {
                throw new IllegalStateException("a reserved byte that is not 0");
            }
            int end = all.getInt() + all.position();
            frames.add(new Frame(type, flags, all.slice(all.position(), end - all.position())));
            all.position(end);
        }
        return frames;
    }
}
