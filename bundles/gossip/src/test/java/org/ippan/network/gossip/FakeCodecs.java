// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;

/** Codecs that come and go, and count what they do; all of them deflate. */
final class FakeCodecs implements PayloadCodecs {

    /** As in HELLO. */
    int codecs;
    int compressed;
    int inflated;

    @Override
    public int codecs() {
        return codecs;
    }

    @Override
    public byte[] compress(int codec, byte[] raw) {
        if (raw.length < 1024 || !PayloadCodecs.contains(codecs, codec)) {
            return null;
        }
        compressed++;
        return pack(raw);
    }

    static byte[] pack(byte[] raw) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(raw);
        deflater.finish();
        byte[] packed = new byte[raw.length];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    @Override
    public boolean inflate(int codec, ByteBuffer packed, byte[] raw) throws ProtocolException {
        if (!PayloadCodecs.contains(codecs, codec)) {
            return false;
        }
        inflated++;
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            if (inflater.inflate(raw) == raw.length && inflater.inflate(new byte[1]) == 0 && inflater.finished()
                    && inflater.getRemaining() == 0) {
                return true;
            }
        } catch (DataFormatException e) {
            // As below.
        } finally {
            inflater.end();
        }
        throw new ProtocolException("not one whole");
    }
}
