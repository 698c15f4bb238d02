// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;

/** Raw deflate (RFC 1951) by the JDK's zlib, without header, checksum or dictionary: the id covers the content. */
final class DeflateCodec implements PayloadCodec {

    @Override
    public int number() {
        return DEFLATE;
    }

    @Override
    public String name() {
        return "deflate";
    }

    @Override
    public CodecWorker newWorker() {
        return new Worker();
    }

    private static final class Worker implements CodecWorker {

        private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        private final Inflater inflater = new Inflater(true);
        /** Takes the byte there must not be. */
        private final byte[] beyond = new byte[1];

        @Override
        public int compress(byte[] raw, byte[] target, int limit) {
            deflater.setInput(raw);
            deflater.finish();
            try {
                int length = 0;
                while (!deflater.finished() && length < limit) {
                    length += deflater.deflate(target, length, limit - length);
                }
                return deflater.finished() ? length : TOO_LONG;
            } finally {
                deflater.reset();
            }
        }

        @Override
        public boolean inflate(ByteBuffer packed, byte[] raw) {
            inflater.setInput(packed);
            try {
                int length = 0;
                int step;
                do {
                    step = inflater.inflate(raw, length, raw.length - length);
                    length += step;
                } while (step > 0 && length < raw.length);
                // The end of the stream may still have to be read when the last byte is there already.
                return length == raw.length && inflater.inflate(beyond) == 0 && inflater.finished()
                        && inflater.getRemaining() == 0;
            } catch (DataFormatException e) {
                return false;
            } finally {
                inflater.reset();
            }
        }

        @Override
        public void close() {
            deflater.end();
            inflater.end();
        }
    }
}
