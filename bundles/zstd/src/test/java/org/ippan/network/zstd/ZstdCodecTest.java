// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.zstd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.ippan.network.api.codec.CodecWorker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ZstdCodecTest {

    private final CodecWorker worker = new ZstdCodec().newWorker();
    private final byte[] raw = text(4096);
    private final byte[] packed = packed(raw);

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append("block ").append(i * 31).append(" of peer ").append(i % 7).append(" accepted\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
    }

    private byte[] packed(byte[] bytes) {
        byte[] target = new byte[bytes.length + 64];
        return Arrays.copyOf(target, worker.compress(bytes, target, target.length));
    }

    private boolean inflates(byte[] bytes, int length) {
        return worker.inflate(ByteBuffer.wrap(bytes), new byte[length]);
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void shouldInflateWhatItCompressed() {
        byte[] inflated = new byte[raw.length];

        assertTrue(packed.length <= raw.length / 2, raw.length + " became " + packed.length);
        assertTrue(worker.inflate(ByteBuffer.wrap(joined(new byte[3], packed), 3, packed.length), inflated));
        assertArrayEquals(raw, inflated);
        Arrays.fill(inflated, (byte) 0);
        ByteBuffer direct = ByteBuffer.allocateDirect(packed.length + 3).position(3).put(packed).flip().position(3);
        assertTrue(worker.inflate(direct, inflated));
        assertArrayEquals(raw, inflated);
    }

    @Test
    void shouldSayWhenTheLimitIsTooLow() {
        byte[] target = new byte[raw.length];

        assertEquals(CodecWorker.TOO_LONG, worker.compress(raw, target, packed.length - 1));
        assertEquals(packed.length, worker.compress(raw, target, packed.length + 64), "it wants some room to move");
    }

    /** Bombs, cut frames, trailing bytes, several frames, skippable ones. */
    @Test
    void shouldRefuseWhatIsNotOneFrameOfItsLength() {
        byte[] skippable = HexFormat.of().parseHex("502a4d180300000000ffff");
        byte[] bomb = packed(new byte[16 << 20]);

        assertFalse(inflates(packed, 4095));
        assertFalse(inflates(packed, 4097));
        assertFalse(inflates(packed, 1));
        assertFalse(inflates(Arrays.copyOf(packed, packed.length + 1), 4096));
        assertFalse(inflates(Arrays.copyOf(packed, packed.length - 1), 4096));
        assertFalse(inflates(joined(packed, packed), 8192));
        assertFalse(inflates(joined(packed, packed(new byte[0])), 4096));
        assertFalse(inflates(joined(packed, skippable), 4096));
        assertFalse(inflates(joined(skippable, packed), 4096));
        assertFalse(inflates(Arrays.copyOfRange(packed, 4, packed.length), 4096), "a frame without its mark");
        assertFalse(inflates(bomb, 100 * bomb.length));
        assertFalse(inflates(new byte[0], 1));
        assertFalse(inflates(raw, 4096));
        assertTrue(inflates(packed, 4096), "nothing of it stays");
    }


    @Test
    void shouldFindTheEndOfFramesOfEveryKind() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = random.nextBoolean() ? text(1 + random.nextInt(400_000)) : new byte[random.nextInt(70_000)];
            if (random.nextInt(4) == 0) {
                random.nextBytes(bytes);
            }
            try (ZstdCompressCtx any = new ZstdCompressCtx()) {
                any.setLevel(random.nextInt(-5, 10)).setChecksum(random.nextBoolean())
                        .setContentSize(random.nextBoolean());
                byte[] frame = any.compress(bytes);
                assertEquals(frame.length, ZstdFrame.length(ByteBuffer.wrap(frame)));
                assertEquals(frame.length, ZstdFrame.length(ByteBuffer.wrap(joined(frame, frame))));
                assertEquals(ZstdFrame.NONE, ZstdFrame.length(ByteBuffer.wrap(frame, 0, frame.length - 1)));
                assertTrue(inflates(frame, bytes.length));
            }
        }
    }

    @Test
    void shouldAnswerRandomChangesWithoutThrowing() {
        SplittableRandom random = new SplittableRandom(4);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = packed.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            int length = random.nextInt(8) == 0 ? random.nextInt(changed.length) : changed.length;
            refused += inflates(Arrays.copyOf(changed, length), 4096) ? 0 : 1;
        }
        assertTrue(refused > 5_000, refused + " refused");
        assertTrue(inflates(packed, 4096));
        assertEquals(3, Zstd.defaultCompressionLevel());
    }
}
