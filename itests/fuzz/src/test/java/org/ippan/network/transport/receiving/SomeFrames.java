// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;

/** A stream of frames, for bytes that may be none. */
public final class SomeFrames {

    private static final int MAX_MESSAGE = 1 << 20;

    private SomeFrames() {
    }

    /** Reads it in two parts. What is handed on has come, and nothing follows a fault. */
    public static void read(byte[] bytes, boolean established) {
        Seen seen = new Seen(bytes.length);
        FrameDecoder decoder = new FrameDecoder(() -> 0, new LongFrames(Long.MAX_VALUE).share(true), seen);
        if (established) {
            decoder.established(MAX_MESSAGE);
        }
        int cut = bytes.length == 0 ? 0 : (bytes[0] & 0xFF) % (bytes.length + 1);
        decoder.read(Unpooled.wrappedBuffer(Arrays.copyOf(bytes, cut)));
        decoder.read(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, cut, bytes.length)));
        decoder.discard();
    }

    /** What the decoder handed on. */
    private static final class Seen implements FrameDecoder.Sink {

        private int left;

        Seen(int length) {
            left = length;
        }

        @Override
        public void frame(FrameType type, int flags, ByteBuffer body) {
            left -= FrameType.HEADER_LENGTH + body.remaining();
            if (left < 0) {
                throw new AssertionError("more than came, or after a fault");
            }
        }

        @Override
        public void fault(ConnectionFault fault, String detail) {
            left = 0;
        }
    }
}
