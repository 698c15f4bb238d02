// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.nio.ByteBuffer;
import org.ippan.network.api.codec.PayloadCodecs;

/** Codecs by name only: links know about them, payloads are the business of others. */
record FakeCodecs(int codecs) implements PayloadCodecs {

    @Override
    public byte[] compress(int codec, byte[] raw) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean inflate(int codec, ByteBuffer packed, byte[] raw) {
        throw new UnsupportedOperationException();
    }
}
