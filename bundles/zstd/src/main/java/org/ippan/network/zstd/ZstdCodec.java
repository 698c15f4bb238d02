// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.zstd;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;

/** One zstd frame (RFC 8878) by zstd-jni, without a checksum or a dictionary: the id covers the content. */
class ZstdCodec implements PayloadCodec {

    @Override
    public int number() {
        return ZSTD;
    }

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public CodecWorker newWorker() {
        return new Worker();
    }

    private static final class Worker implements CodecWorker {

        private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(Zstd.defaultCompressionLevel());
        private final ZstdDecompressCtx inflater = new ZstdDecompressCtx();

        @Override
        public int compress(byte[] raw, byte[] target, int limit) {
            try {
                return compressor.compressByteArray(target, 0, limit, raw, 0, raw.length);
            } catch (ZstdException e) {
                if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                    return TOO_LONG;
                }
                throw e;
            }
        }

        /** The library reads any number of frames in one go, and writes no further than it is told. */
        @Override
        public boolean inflate(ByteBuffer packed, byte[] raw) {
            int length = packed.remaining();
            if (ZstdFrame.length(packed) != length) {
                return false;
            }
            try {
                int inflated = packed.hasArray()
                        ? inflater.decompressByteArray(raw, 0, raw.length, packed.array(),
                                packed.arrayOffset() + packed.position(), length)
                        : inflater.decompressDirectByteBufferToByteArray(raw, 0, raw.length, packed,
                                packed.position(), length);
                return inflated == raw.length;
            } catch (ZstdException e) {
                return false;
            }
        }

        @Override
        public void close() {
            compressor.close();
            inflater.close();
        }
    }
}
