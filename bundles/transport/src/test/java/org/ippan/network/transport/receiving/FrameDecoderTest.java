// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.receiving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decoder alone: bytes in, frames or one fault out. */
final class FrameDecoderTest extends Decoding {

    private static final long SEED = 20_260_101;

    @Test
    void shouldDeliverAFrameThatFollowsTheHandshakeInTheSameSegment() {
        onFrame = () -> decoder.established(MAX_MESSAGE);

        read("a703000000000006" + "010000000000" + PING);

        assertEquals(List.of("GOODBYE/0/010000000000", "PING/0/0000000000000001"), seen);
    }

    @Test
    void shouldTellASolicitedMessage() {
        established();

        read("a71001000000001d" + "00".repeat(29));

        assertEquals(List.of("GOSSIP/1/" + "00".repeat(29)), seen);
    }

    @Test
    void shouldSkipExtensionsWholeAndInPiecesButDeliverThoseItKnows() {
        established();

        read("a7b0000000000003" + "010203" + PING + "a7ff000000000000" + PING + "a7c0000000010000" + "0102");
        read(new byte[65_533]);
        read("ffa78100000000000107");

        assertEquals(List.of("PING/0/0000000000000001", "PING/0/0000000000000001", "HOLD/0/07"), seen);
    }

    @Test
    void shouldDecodeTheSameWhereverTheStreamIsCut() {
        String stream = PING + "a7b0000000000003010203a78100000000000107" + "a71001000000001e" + "ab".repeat(30) + PING;
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
