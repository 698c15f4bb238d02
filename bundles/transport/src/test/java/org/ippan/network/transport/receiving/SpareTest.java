// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long frames that come in pieces are gathered in one array, one after another, and do not get mixed up. */
class SpareTest {

    private static final int LONG = 100_000;

    private final List<byte[]> arrays = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final FrameDecoder first = decoder();
    private final FrameDecoder second = decoder();

    private FrameDecoder decoder() {
        FrameDecoder decoder = new FrameDecoder(() -> 0, new LongFrames(Long.MAX_VALUE).share(true),
                new FrameDecoder.Sink() {
            @Override
            public void frame(FrameType type, int flags, ByteBuffer body) {
                arrays.add(body.array());
                byte[] copy = new byte[body.remaining()];
                body.get(copy);
                bodies.add(copy);
            }

            @Override
            public void fault(ConnectionFault fault, String detail) {
                throw new AssertionError(fault + " " + detail);
            }
        });
        decoder.established(1 << 20);
        return decoder;
    }

    @BeforeEach
    void begin() {
        Spare.array(1 << 20, 0);
    }

    private static byte[] frame(int length, int content) {
        byte[] frame = new byte[FrameType.HEADER_LENGTH + length];
        Arrays.fill(frame, (byte) content);
        ByteBuffer.wrap(frame).putLong((long) (FrameType.MARK << 8 | FrameType.GOSSIP.code()) << 48 | length);
        return frame;
    }

    /** The beginning of a frame, or the rest of it. */
    private static void read(FrameDecoder decoder, byte[] frame, int from, int to) {
        decoder.read(Unpooled.copiedBuffer(frame, from, to - from));
    }

    private static void inTwo(FrameDecoder decoder, byte[] frame) {
        read(decoder, frame, 0, frame.length / 2);
        read(decoder, frame, frame.length / 2, frame.length);
    }

    private void assertWhole(int... contents) {
        assertEquals(contents.length, bodies.size());
        for (int i = 0; i < contents.length; i++) {
            for (byte each : bodies.get(i)) {
                assertEquals(contents[i], each);
            }
        }
    }

    @Test
    void shouldGatherLongFramesOfAllConnectionsInTheArrayOfTheLastOne() {
        inTwo(first, frame(LONG, 1));
        inTwo(second, frame(LONG, 2));
        inTwo(first, frame(LONG / 2, 3));

        assertWhole(1, 2, 3);
        assertSame(arrays.get(0), arrays.get(1));
        assertSame(arrays.get(0), arrays.get(2));
    }

    @Test
    void shouldNotMixFramesThatComeAtTheSameTime() {
        inTwo(first, frame(LONG, 1));
        byte[] slow = frame(LONG, 2);
        read(first, slow, 0, LONG / 2);
        inTwo(second, frame(LONG, 3));
        read(first, slow, LONG / 2, slow.length);

        assertWhole(1, 3, 2);
        assertNotSame(arrays.get(1), arrays.get(2));
    }

    @Test
    void shouldGatherAFrameThatIsLongerThanTheSpareArray() {
        inTwo(first, frame(LONG / 2, 1));
        inTwo(first, frame(LONG, 2));
        inTwo(first, frame(LONG, 3));

        assertWhole(1, 2, 3);
        assertSame(arrays.get(1), arrays.get(2));
    }
}
