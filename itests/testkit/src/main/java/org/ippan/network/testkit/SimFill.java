// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.Arrays;
import org.ippan.network.api.transport.FrameTarget;

/** Collects one fill. The array fits a fill of one piece exactly, as most are; lent bytes are copied too. */
final class SimFill implements FrameTarget {

    private static final byte[] EMPTY = {};

    private final int size;
    private byte[] bytes = EMPTY;
    private int length;

    SimFill(int size) {
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
        if (bytes.length < length + count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(size, 2 * length)));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    @Override
    public void lend(byte[] from, int offset, int count) {
        copy(from, offset, count);
    }

    @Override
    public void setByte(int index, int value) {
        bytes[index] = (byte) value;
    }

    @Override
    public void setInt(int index, int value) {
        setByte(index, value >>> 24);
        setByte(index + 1, value >>> 16);
        setByte(index + 2, value >>> 8);
        setByte(index + 3, value);
    }

    /** What was written, longer than {@link #length()} perhaps. */
    byte[] bytes() {
        return bytes;
    }
}
