// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;

/** A decoder, what it said, and that it keeps not one byte of memory. */
abstract class Decoding {

    static final int MAX_MESSAGE = 1024 * 1024;
    static final HexFormat HEX = HexFormat.of();
    static final String PING = "a704000000000008" + "0000000000000001";

    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    final ManualScheduler time = new ManualScheduler();
    final List<String> seen = new ArrayList<>();
    Runnable onFrame = () -> { };
    FrameDecoder decoder = decoder();

    FrameDecoder decoder() {
        return new FrameDecoder(time, new LongFrames(Long.MAX_VALUE).share(true), new FrameDecoder.Sink() {
            @Override
            public void frame(FrameType type, int flags, ByteBuffer body) {
                assertEquals(ByteOrder.BIG_ENDIAN, body.order());
                byte[] copy = new byte[body.remaining()];
                body.get(copy);
                seen.add(type + "/" + flags + "/" + (copy.length > 64 ? copy.length : HEX.formatHex(copy)));
                onFrame.run();
            }

            @Override
            public void fault(ConnectionFault fault, String detail) {
                seen.add(fault.name());
            }
        });
    }

    FrameDecoder established() {
        decoder.established(MAX_MESSAGE);
        return decoder;
    }

    void read(String hex) {
        read(HEX.parseHex(hex));
    }

    void read(byte[] bytes) {
        decoder.read(allocator.heapBuffer(Math.max(1, bytes.length)).writeBytes(bytes));
    }

    long used() {
        return decoder.gatheredBytes() + allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @AfterEach
    void keepNothing() {
        decoder.discard();

        assertEquals(0, used());
    }
}
