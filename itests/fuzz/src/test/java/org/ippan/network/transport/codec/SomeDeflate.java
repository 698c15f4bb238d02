// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import org.ippan.network.api.codec.CodecWorker;

/** Deflated payloads, for bytes that may be none. */
public final class SomeDeflate {

    private static final int RAW = 2000;

    private SomeDeflate() {
    }

    /** Inflates them into a place of a fixed length. */
    public static void read(byte[] bytes) {
        CodecWorker worker = new DeflateCodec().newWorker();
        worker.inflate(ByteBuffer.wrap(bytes), new byte[RAW]);
        worker.close();
    }
}
