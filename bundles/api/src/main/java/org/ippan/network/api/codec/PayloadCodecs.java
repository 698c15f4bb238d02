// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.codec;

import java.nio.ByteBuffer;
import org.ippan.network.api.peers.ProtocolException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The codecs of this node as they come and go. Safe for any thread; compressing and inflating happen on the caller's.
 */
@ProviderType
public interface PayloadCodecs {

    /** A node without any. */
    PayloadCodecs NONE = new PayloadCodecs() {
        @Override
        public int codecs() {
            return 0;
        }

        @Override
        public byte[] compress(int codec, byte[] raw) {
            return null;
        }

        @Override
        public boolean inflate(int codec, ByteBuffer packed, byte[] raw) {
            return false;
        }
    };

    /** {@return the codecs there are now, as in HELLO: bit 0 deflate, bit 1 zstd} */
    int codecs();

    /**
     * Compresses a payload if that is worth it: from the configured length on, if it gets at least a tenth smaller, and
     * within the ratio peers accept.
     *
     * @param codec number of the codec
     * @param raw the payload
     * @return the compressed form, or null if the payload is to be sent as it is
     */
    byte[] compress(int codec, byte[] raw);

    /**
     * Inflates a payload that a peer sent.
     *
     * @param codec number of the codec
     * @param packed the compressed form from position to limit; its position does not matter afterwards
     * @param raw takes the payload, as long as the peer said it is
     * @return false if there is no such codec now, which is no fault of the peer's
     * @throws ProtocolException if it is not one whole that fills {@code raw} exactly
     */
    boolean inflate(int codec, ByteBuffer packed, byte[] raw) throws ProtocolException;

    /**
     * Whether a codec is in a set of them.
     *
     * @param codecs as in HELLO
     * @param codec number of the codec
     * @return whether its bit is set
     */
    static boolean contains(int codecs, int codec) {
        return codec > 0 && codec <= Byte.SIZE && (codecs >>> codec - 1 & 1) != 0;
    }
}
