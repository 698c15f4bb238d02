// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what a source writes in one fill: whole frames, each with its header. Confined to the connection's I/O thread
 * and valid during the call of {@link ConnectionHandler#fill} only.
 */
@ProviderType
public interface FrameTarget {

    /**
     * How much more this fill should write. The first frame of a fill may be longer than that.
     *
     * @return bytes, 0 or less if the fill is full
     */
    int room();

    /**
     * How much this fill has written so far, lent bytes included.
     *
     * @return bytes
     */
    int length();

    /**
     * Copies bytes.
     *
     * @param from the source, which may change after the call
     * @param offset index of the first byte
     * @param length number of bytes
     */
    void copy(byte[] from, int offset, int length);

    /**
     * Overwrites one byte that this fill has copied.
     *
     * @param index counted from the beginning of the fill; the byte must have been copied, not lent
     * @param value the byte, in the lowest eight bits
     */
    void setByte(int index, int value);

    /**
     * Overwrites four bytes that this fill has copied, big-endian.
     *
     * @param index of the first, counted from the beginning of the fill; all four must have been copied in one piece
     * @param value the four bytes
     */
    void setInt(int index, int value);

    /**
     * Writes bytes without copying them. Meant for pieces from about 16 KiB on: shorter ones are cheaper to copy.
     *
     * @param from the source, which must stay as it is until the fill was taken or the connection ended
     * @param offset index of the first byte
     * @param length number of bytes
     */
    void lend(byte[] from, int offset, int length);
}
