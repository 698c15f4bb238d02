// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decoder alone: bytes in, frames or one fault out, and not one byte of memory kept. */
final class FrameDecoderTest {

    private static final int MAX_MESSAGE = 1024 * 1024;
    private static final HexFormat HEX = HexFormat.of();
    private static final String PING = "a704000000000008" + "0000000000000001";
    private static final long SEED = 20_260_101;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final ManualScheduler time = new ManualScheduler();
    private final List<String> seen = new ArrayList<>();
    private Runnable onFrame = () -> { };
    private FrameDecoder decoder = decoder();

    private FrameDecoder decoder() {
        return new FrameDecoder(allocator, time, new FrameDecoder.Sink() {
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

    private FrameDecoder established() {
        decoder.established(MAX_MESSAGE);
        return decoder;
    }

    private void read(String hex) {
        read(HEX.parseHex(hex));
    }

    private void read(byte[] bytes) {
        decoder.read(allocator.heapBuffer(Math.max(1, bytes.length)).writeBytes(bytes));
    }

    private long used() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @AfterEach
    void keepNothing() {
        decoder.discard();

        assertEquals(0, used());
    }

    /** M4, M5, M7–M11, M25, M39: header, and what is to be made of it in an established connection. */
    @ParameterizedTest
    @CsvSource({
        "a604000000000008, BAD_FRAME", "0004000000000008, BAD_FRAME", "4745542f20485454, BAD_FRAME",
        "a700000000000008, UNKNOWN_TYPE", "a706000000000008, UNKNOWN_TYPE", "a77f000000000000, UNKNOWN_TYPE",
        "a704010000000008, BAD_FRAME", "a704800000000008, BAD_FRAME", "a704000100000008, BAD_FRAME",
        "a710020000000015, BAD_FRAME", "a710030000000015, BAD_FRAME", "a7100001000000ff, BAD_FRAME",
        "a780010000000008, BAD_FRAME", "a780000100000008, BAD_FRAME",
        "a704000000000000, BAD_LENGTH", "a704000000000007, BAD_LENGTH", "a704000000000009, BAD_LENGTH",
        "a704000080000008, BAD_LENGTH", "a7040000ffffffff, BAD_LENGTH", "a70400007fffffff, BAD_LENGTH",
        "a710000000000014, BAD_LENGTH", "a710000000100055, BAD_LENGTH", "a71000007fffffff, BAD_LENGTH",
        "a710000080000000, BAD_LENGTH", "a7100000ffffffff, BAD_LENGTH",
        "a711000000000002, BAD_LENGTH", "a71100000000002b, BAD_LENGTH", "a711000000009c6a, BAD_LENGTH",
        "a712000000000002, BAD_LENGTH", "a712000000000023, BAD_LENGTH", "a715000000007d22, BAD_LENGTH",
        "a713000000000002, BAD_LENGTH", "a714000000000003, BAD_LENGTH", "a719000000003001, BAD_LENGTH",
        "a780000000010001, BAD_LENGTH", "a7ff0000ffffffff, BAD_LENGTH", "a782000000000017, BAD_LENGTH",
    })
    void shouldRefuseAHeaderThatBreaksARule(String header, ConnectionFault fault) {
        established();

        read(header + "0000000000000000");
        read(PING);

        assertEquals(List.of(fault.name()), seen);
        assertEquals(0, used());
    }

    @ParameterizedTest
    @CsvSource({
        "a704000000000008, BAD_STATE", "a710010000000015, BAD_STATE", "a782000000000018, BAD_STATE",
        "a704ff0000000001, BAD_STATE", "a706ff0000000001, UNKNOWN_TYPE", "a601000000000070, BAD_FRAME",
        "a701000000000069, BAD_LENGTH", "a701000000000201, BAD_LENGTH", "a701010000000070, BAD_FRAME",
        "a702000000000021, BAD_LENGTH", "a703000000000005, BAD_LENGTH", "a70300000000007f, BAD_LENGTH",
    })
    void shouldOnlyKnowTheFramesOfTheHandshakeBeforeItEnded(String header, ConnectionFault fault) {
        read(header);

        assertEquals(List.of(fault.name()), seen);
    }

    @Test
    void shouldDeliverAFrameThatFollowsTheHandshakeInTheSameSegment() {
        onFrame = () -> decoder.established(MAX_MESSAGE);

        read("a703000000000006" + "010000000000" + PING);

        assertEquals(List.of("GOODBYE/0/010000000000", "PING/0/0000000000000001"), seen);
    }

    @Test
    void shouldTellASolicitedMessage() {
        established();

        read("a710010000000015" + "00".repeat(21));

        assertEquals(List.of("GOSSIP/1/" + "00".repeat(21)), seen);
    }

    /** M6. */
    @Test
    void shouldSkipExtensionsWholeAndInPiecesButDeliverThoseItKnows() {
        established();

        read("a780000000000003" + "010203" + PING + "a7ff000000000000" + PING + "a7c0000000010000" + "0102");
        read(new byte[65_533]);
        read("ffa78100000000000107");

        assertEquals(List.of("PING/0/0000000000000001", "PING/0/0000000000000001", "HOLD/0/07"), seen);
    }

    /** M15. */
    @Test
    void shouldDecodeTheSameWhereverTheStreamIsCut() {
        String stream = PING + "a780000000000003010203a78100000000000107" + "a710010000000016" + "ab".repeat(22) + PING;
        byte[] bytes = HEX.parseHex(stream);
        established();
        read(bytes);
        List<String> whole = List.copyOf(seen);

        for (int cut = 0; cut <= bytes.length; cut++) {
            seen.clear();
            decoder = decoder();
            established();
            read(java.util.Arrays.copyOf(bytes, cut));
            read(java.util.Arrays.copyOfRange(bytes, cut, bytes.length));

            assertEquals(whole, seen, "cut at " + cut);
        }
        seen.clear();
        for (byte single : bytes) {
            read(new byte[] {single});
        }
        assertEquals(whole, seen, "byte by byte");
    }

    /** M16. */
    @Test
    void shouldDecodeAThousandFramesOfOneSegment() {
        established();

        read(PING.repeat(1000));

        assertEquals(1000, seen.size());
    }

    @Test
    void shouldAllocateForABodyOnlyWhatArrived() {
        decoder.established(16 * MAX_MESSAGE);

        read("a710000001000000");

        assertTrue(used() <= 64 * 1024, () -> used() + " bytes for a header");
        read(new byte[100_000]);
        assertTrue(used() <= 300_000, () -> used() + " bytes for 100000");
        assertEquals(List.of(), seen);
    }

    @Test
    void shouldGatherALongFrame() {
        established();

        read("a710000000100000");
        for (int i = 0; i < 16; i++) {
            read(new byte[65_536]);
        }
        read(PING);

        assertEquals(List.of("GOSSIP/0/1048576", "PING/0/0000000000000001"), seen);
    }

    @Test
    void shouldStopExactlyWhereItIsPaused() {
        established();
        onFrame = decoder::pause;

        read(PING + PING + PING.substring(0, 20));
        read(PING.substring(20));

        assertEquals(1, seen.size());
        decoder.resume();
        assertEquals(2, seen.size());
        decoder.resume();
        assertEquals(3, seen.size());
    }

    @Test
    void shouldDecodeNothingAfterItIsDiscardedInTheMiddle() {
        established();
        onFrame = decoder::discard;

        read(PING + PING);
        read(PING);

        assertEquals(1, seen.size());
    }

    /** M12. */
    @Test
    void shouldFaultAFrameThatDoesNotArriveInTime() {
        established();
        read("a71000000000400000");

        time.advance(Duration.ofSeconds(31));
        decoder.checkStall(time.nanos());
        assertEquals(List.of(), seen);
        time.advance(Duration.ofMillis(10));
        decoder.checkStall(time.nanos());

        assertEquals(List.of("FRAME_STALLED"), seen);
    }

    @Test
    void shouldNotCountTheTimeItIsPausedItself() {
        established();
        read("a704");

        decoder.pause();
        time.advance(Duration.ofSeconds(100));
        decoder.checkStall(time.nanos());
        decoder.resume();
        time.advance(Duration.ofSeconds(29));
        decoder.checkStall(time.nanos());
        read(PING.substring(4));
        time.advance(Duration.ofSeconds(100));
        decoder.checkStall(time.nanos());

        assertEquals(List.of("PING/0/0000000000000001"), seen);
    }

    @Test
    void shouldMakeOfRandomBytesFramesOrOneFaultAndNothingElse() {
        Random random = new Random(SEED);
        for (int i = 0; i < 100_000; i++) {
            decoder = decoder();
            seen.clear();
            if (random.nextBoolean()) {
                established();
            }
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at += 8) {
                if (random.nextInt(10) > 0) {
                    plausible(bytes, at, random);
                }
            }
            int cut = random.nextInt(bytes.length + 1);
            read(java.util.Arrays.copyOf(bytes, cut));
            read(java.util.Arrays.copyOfRange(bytes, cut, bytes.length));
            decoder.discard();

            assertEquals(0, used(), "seed " + SEED + ", case " + i);
            int faults = (int) seen.stream().filter(event -> event.indexOf('/') < 0).count();
            assertTrue(faults == 0 || faults == 1 && seen.get(seen.size() - 1).indexOf('/') < 0, seen::toString);
        }
    }

    /** Half-right headers get farther than noise. */
    private static void plausible(byte[] bytes, int at, Random random) {
        byte[] header = {(byte) 0xA7, (byte) random.nextInt(0x20), 0, 0, 0, 0, 0, (byte) random.nextInt(40)};
        System.arraycopy(header, 0, bytes, at, Math.min(header.length, bytes.length - at));
    }
}
