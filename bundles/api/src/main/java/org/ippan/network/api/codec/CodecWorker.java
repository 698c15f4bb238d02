// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.codec;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Compresses and inflates one payload at a time; one thread at a time. Keeps nothing of a payload: whatever it refused,
 * the next one is handled as if it were the first.
 *
 * <p>It runs on threads of links and of publishers, so it must not wait for anything. A call that has not returned
 * after 3 s is interrupted, and the codec is not used any more. One that ignores the interrupt keeps its thread, and
 * all links of that thread stand still.
 */
@ConsumerType
public interface CodecWorker extends AutoCloseable {

    /** What {@link #compress} answers when the limit is too low. */
    int TOO_LONG = -1;

    /**
     * Compresses a payload.
     *
     * @param raw the payload, at least one byte, not changed
     * @param target takes the compressed form from its first byte on
     * @param limit most bytes the compressed form may have, at most those of the target
     * @return length of the compressed form, or {@link #TOO_LONG} if that is not enough
     */
    int compress(byte[] raw, byte[] target, int limit);

    /**
     * Inflates what a peer sent: anything at all may be in it.
     *
     * @param packed the compressed form from position to limit, of any kind of buffer; its position does not matter
     *     afterwards
     * @param raw takes the payload; nothing is ever written beyond it, and no more memory is taken for a longer one
     * @return whether the compressed form is one whole of the codec's format, without a byte left over, and filled
     *     {@code raw} to its last byte
     */
    boolean inflate(ByteBuffer packed, byte[] raw);

    /** Gives its memory back. */
    @Override
    void close();
}
