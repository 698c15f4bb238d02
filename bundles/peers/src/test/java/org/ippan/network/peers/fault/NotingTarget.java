// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/** What the socket gets. */
final class NotingTarget implements FrameTarget {

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16);

    @Override
    public int room() {
        return bytes.remaining();
    }

    @Override
    public int length() {
        return bytes.position();
    }

    @Override
    public void copy(byte[] from, int offset, int length) {
        bytes.put(from, offset, length);
    }

    @Override
    public void setByte(int index, int value) {
        bytes.put(index, (byte) value);
    }

    @Override
    public void setInt(int index, int value) {
        bytes.putInt(index, value);
    }

    @Override
    public void lend(byte[] from, int offset, int length) {
        copy(from, offset, length);
    }

    /** All of it. */
    byte[] bytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** The numbers in it. */
    List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        ByteBuffer in = bytes.duplicate().flip();
        while (in.hasRemaining()) {
            assertEquals(FrameType.MARK, in.get() & 0xFF);
            int length = in.position(in.position() + 3).getInt();
            numbers.add(in.getInt());
            in.position(in.position() + length - 4);
        }
        return numbers;
    }
}
