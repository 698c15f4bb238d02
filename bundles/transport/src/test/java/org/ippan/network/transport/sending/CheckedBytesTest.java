// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Vectors;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.receiving.FrameDecoder;
import org.ippan.network.transport.receiving.LongFrames;
import org.junit.jupiter.api.Test;

/** The frames of the protocol's checked bytes: decoded, and written again as they were. */
final class CheckedBytesTest {

    private static final int MIB = 1024 * 1024;
    private static final HexFormat HEX = HexFormat.of();

    private final ManualScheduler time = new ManualScheduler();

    /** All but the deflated one: it is SOLICITED, which frames are not as they are written here. */
    private static List<String> checked() {
        return Stream.of("hello", "control", "gossipFrame", "peersFrame").map(Vectors::section).flatMap(List::stream)
                .map(vector -> vector.get("frame")).toList();
    }

    private List<OutboundFrame> decode(String hex) {
        List<OutboundFrame> decoded = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(time, new LongFrames(Long.MAX_VALUE).share(true),
                new FrameDecoder.Sink() {
            @Override
            public void frame(FrameType type, int flags, ByteBuffer body) {
                byte[] copy = new byte[body.remaining()];
                body.get(copy);
                decoded.add(OutboundFrame.control(type, copy));
            }

            @Override
            public void fault(ConnectionFault fault, String detail) {
                throw new AssertionError(hex + ": " + detail);
            }
        });
        decoder.established(MIB);
        decoder.read(Unpooled.wrappedBuffer(HEX.parseHex(hex)));
        return decoded;
    }

    private String write(List<OutboundFrame> frames) {
        ControlQueue queue = new ControlQueue(new LongAdder(), new ControlQueue.Room(Long.MAX_VALUE));
        EmbeddedChannel channel = new EmbeddedChannel();
        FrameWriter writer = new FrameWriter(channel, queue,
                new Shaper(channel, new Counters(), () -> { }), time, false, new FrameWriter.Source() {
            @Override
            public Fill fill(FrameTarget target, FrameClass lowest) {
                return null;
            }

            @Override
            public void taken(Fill fill, int bytes) {
                assertEquals(frames.stream().mapToInt(OutboundFrame::length).sum(), bytes);
            }
        });
        frames.forEach(queue::offer);

        writer.drain();

        assertTrue(writer.idle());
        ByteBuf all = channel.readOutbound();
        String hex = HEX.formatHex(io.netty.buffer.ByteBufUtil.getBytes(all));
        all.release();
        channel.finishAndReleaseAll();
        return hex;
    }

    @Test
    void shouldDecodeEachFrameAndWriteItAgainAsItWas() {
        for (String hex : checked()) {
            List<OutboundFrame> frames = decode(hex);

            assertEquals(1, frames.size(), hex);
            assertEquals(hex, write(frames));
        }
    }

    @Test
    void shouldWriteManySmallFramesInOneBuffer() {
        String all = String.join("", checked());

        List<OutboundFrame> frames = decode(all);

        assertEquals(checked().size(), frames.size());
        assertEquals(all, write(frames));
    }
}
