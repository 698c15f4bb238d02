// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.testkit.Vectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CodecsTest {

    private static final int DEFLATE = PayloadCodec.DEFLATE;
    private static final int ZSTD = PayloadCodec.ZSTD;

    private final List<String> log = new ArrayList<>();
    private final CodecCounters counters = new CodecCounters();
    private int minBytes = 1024;
    private final CallbackFaults faults = new CallbackFaults(() -> 0, (line, trace) -> log.add(line));
    private final Codecs codecs = new Codecs(() -> minBytes, counters, System::nanoTime, faults);

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append("block ").append(i * 31).append(" of peer ").append(i % 7).append(" accepted\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(5).nextBytes(bytes);
        return bytes;
    }

    private static byte[] deflated(byte[] raw, boolean bare) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, bare);
        deflater.setInput(raw);
        deflater.finish();
        byte[] packed = new byte[raw.length + 64];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private void assertMalformed(byte[] packed, int rawLength) {
        assertThrows(ProtocolException.class,
                () -> codecs.inflate(DEFLATE, ByteBuffer.wrap(packed), new byte[rawLength]));
    }

    @AfterEach
    void end() {
        codecs.close();
    }

    @Test
    void shouldInflateWhatItCompressed() throws Exception {
        for (int length : List.of(1024, 4096, 70_000, 1 << 20)) {
            byte[] raw = text(length);

            byte[] packed = codecs.compress(DEFLATE, raw);

            assertTrue(packed.length <= length / 2, length + " became " + packed.length);
            byte[] inflated = new byte[length];
            assertTrue(codecs.inflate(DEFLATE, ByteBuffer.wrap(packed), inflated));
            assertArrayEquals(raw, inflated);
            ByteBuffer direct = ByteBuffer.allocateDirect(packed.length + 9).position(4).put(packed).flip().position(4);
            assertTrue(codecs.inflate(DEFLATE, direct, inflated));
        }
        assertEquals(4, counters.compressed.sum());
        assertEquals(8, counters.inflated.sum());
    }

    @Test
    void shouldSendAsTheyAreWhatDoesNotShrinkIsTooShortOrWouldBeTakenForABomb() {
        assertNull(codecs.compress(DEFLATE, random(4096)));
        assertNull(codecs.compress(DEFLATE, new byte[1 << 20]));
        assertEquals(2, counters.incompressible.sum());

        assertNull(codecs.compress(DEFLATE, text(1023)));
        assertNull(codecs.compress(ZSTD, text(4096)));
        minBytes = 0;
        assertNull(codecs.compress(DEFLATE, text(4096)));
        assertEquals(2, counters.incompressible.sum());
        minBytes = 100;
        assertNotNull(codecs.compress(DEFLATE, text(1023)));
    }

    /** The codec's result has 100 bytes: a tenth less than 112, and a hundredth of 10 000. */
    @Test
    void shouldKeepWhatGotATenthSmallerAndNotAHundredTimes() {
        minBytes = 1;
        codecs.put(new FakeCodec(ZSTD), Map.of());

        assertNull(codecs.compress(ZSTD, text(111)));
        assertNotNull(codecs.compress(ZSTD, text(112)));
        assertNotNull(codecs.compress(ZSTD, text(10_000)));
        assertNull(codecs.compress(ZSTD, text(10_001)));
        assertEquals(12 + 9900, counters.savedBytes.sum());
    }

    @Test
    void shouldCompressAgainAfterWhatDidNotShrink() {
        WorkerPool pool = new WorkerPool(new DeflateCodec());
        byte[] raw = text(1000);

        assertNull(pool.compress(raw, 50));
        assertNotNull(pool.compress(raw, 900));
        pool.close();
    }

    @Test
    void shouldInflateTheVector() throws Exception {
        Map<String, String> vector = Vectors.section("deflated").get(0);
        byte[] raw = HexFormat.of().parseHex(vector.get("raw"));
        byte[] frame = HexFormat.of().parseHex(vector.get("frame"));
        int payload = 8 + 28 + vector.get("topic").length();
        byte[] inflated = new byte[raw.length];

        assertTrue(codecs.inflate(DEFLATE, ByteBuffer.wrap(frame, payload, frame.length - payload), inflated));

        assertArrayEquals(raw, inflated);
    }

    /** Bombs, cut streams, trailing bytes, a zlib header, random bytes. */
    @Test
    void shouldRefuseWhatIsNotOneWholeOfItsLength() throws Exception {
        byte[] raw = text(4096);
        byte[] packed = deflated(raw, true);
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(packed);
        twice.write(packed);

        assertMalformed(packed, 4095);
        assertMalformed(packed, 4097);
        assertMalformed(packed, 1);
        assertMalformed(Arrays.copyOf(packed, packed.length + 1), 4096);
        assertMalformed(Arrays.copyOf(packed, packed.length - 1), 4096);
        assertMalformed(twice.toByteArray(), 4096);
        assertMalformed(twice.toByteArray(), 8192);
        assertMalformed(deflated(raw, false), 4096);
        assertMalformed(deflated(new byte[16 << 20], true), 1000);
        assertMalformed(new byte[] {0}, 1);
        assertMalformed(random(500), 4096);
        assertEquals(11, counters.inflateFailures.sum());

        assertTrue(codecs.inflate(DEFLATE, ByteBuffer.wrap(packed), new byte[4096]), "nothing of it stays");
    }

    @Test
    void shouldAnswerRandomChangesWithAPayloadOrAProtocolException() throws Exception {
        SplittableRandom random = new SplittableRandom(13);
        byte[] packed = deflated(text(2048), true);
        byte[] raw = new byte[2048];
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = packed.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            try {
                assertTrue(codecs.inflate(DEFLATE, ByteBuffer.wrap(changed), raw));
            } catch (ProtocolException e) {
                assertEquals(0, e.getStackTrace().length);
            }
        }
        assertTrue(counters.inflateFailures.sum() > 10_000);
    }

    @Test
    void shouldTellNoiseFromWhatCompresses() {
        byte[] counting = new byte[4096];
        for (int i = 0; i < counting.length; i++) {
            counting[i] = (byte) i;
        }

        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[512 + random.nextInt(8192)];
            random.nextBytes(bytes);
            assertTrue(Noise.is(bytes), "of length " + bytes.length);
        }
        assertFalse(Noise.is(counting));
        assertFalse(Noise.is(text(4096)));
        assertFalse(Noise.is(new byte[4096]));
        assertFalse(Noise.is(random(511)));
    }

    @Test
    void shouldUseCodecsAsTheyComeAndGo() throws Exception {
        FakeCodec zstd = new FakeCodec(ZSTD);
        FakeCodec other = new FakeCodec(ZSTD);
        assertEquals(1, codecs.codecs());
        assertFalse(codecs.inflate(ZSTD, ByteBuffer.allocate(1), new byte[1]));

        codecs.put(zstd, Map.of("service.id", 1L));
        codecs.put(other, Map.of("service.id", 2L));
        codecs.put(new FakeCodec(3), Map.of("service.id", 4L));
        assertEquals(3, codecs.codecs());
        assertEquals("deflate, fake2", codecs.names());
        assertEquals(100, codecs.compress(ZSTD, text(4096)).length);
        assertTrue(codecs.inflate(ZSTD, ByteBuffer.allocate(1), new byte[1]));
        assertEquals(1, zstd.made);
        assertEquals(0, other.made);

        codecs.remove(zstd, Map.of("service.id", 1L));
        assertEquals(1, zstd.closed);
        assertEquals(3, codecs.codecs(), "the other one takes its place");
        codecs.remove(other, Map.of("service.id", 2L));
        assertEquals(1, codecs.codecs());
        assertFalse(codecs.inflate(ZSTD, ByteBuffer.allocate(1), new byte[1]));
        assertEquals(1, log.size());
        assertEquals(0, counters.inflateFailures.sum());
    }

    @Test
    void shouldGiveUpACodecThatThrows() {
        FakeCodec zstd = new FakeCodec(ZSTD);
        codecs.put(zstd, Map.of());
        zstd.failing = true;

        assertFalse(assertDoesNotThrow(() -> codecs.inflate(ZSTD, ByteBuffer.allocate(1), new byte[1])));

        assertEquals(1, codecs.codecs());
        assertEquals(1, log.size());
        assertEquals(CallbackProblem.DISMISSED, faults.callbackFaults().get(0).problem());
        assertEquals("codec " + FakeCodec.class.getName(), faults.callbackFaults().get(0).subject());
        codecs.remove(zstd, Map.of());
        assertEquals(List.of(), faults.callbackFaults());
    }
}
