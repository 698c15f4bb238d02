// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.nio.ByteBuffer;
import org.ippan.network.api.codec.CodecWorker;
import org.ippan.network.api.codec.PayloadCodec;

/** A codec that does nothing but answer, or throws. */
class FakeCodec implements PayloadCodec {

    private final int number;
    int made;
    int closed;
    boolean failing;

    FakeCodec(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public String name() {
        return "fake" + number;
    }

    @Override
    public CodecWorker newWorker() {
        made++;
        return new CodecWorker() {
            @Override
            public int compress(byte[] raw, byte[] target, int limit) {
                return limit >= 100 ? 100 : TOO_LONG;
            }

            @Override
            public boolean inflate(ByteBuffer packed, byte[] raw) {
                if (failing) {
                    throw new NoClassDefFoundError("the bundle is gone");
                }
                return true;
            }

            @Override
            public void close() {
                closed++;
            }
        };
    }
}
