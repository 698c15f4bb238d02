// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.ippan.network.reputation.saved.SavedBan;
import org.ippan.network.reputation.saved.SavedPeer;
import org.ippan.network.reputation.saved.ScoreFile;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** The format of the file, and hostile contents. */
class ScoreFileTest {

    private static final int PEER_COUNT_AT = 20;
    private static final int BAN_COUNT_AT = 24;
    private static final int FIRST_SCORE_AT = 28 + 32;

    private final ScoreFile file = new ScoreFile(1_772_366_400_000L, 77,
            List.of(new SavedPeer(Peers.alice(), -1000, true, true, Long.MAX_VALUE, 2, 3, -4, 5),
                    new SavedPeer(Peers.bob(), 1000, false, false, 0, 0, 0, 0, 0)),
            List.of(new SavedBan(Peers.carol(), 9, SavedBan.FOR_EVER, "\u00fcber"),
                    new SavedBan(Peers.bob(), 8, 7, "")));

    private static byte[] signed(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
        return bytes;
    }

    @Test
    void shouldReadWhatItWrote() {
        assertEquals(file, ScoreFile.decode(file.encode()));
    }

    @Test
    void shouldRefuseATruncatedFile() {
        byte[] bytes = file.encode();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IllegalArgumentException.class, () -> ScoreFile.decode(cut));
            if (length >= 4) {
                assertThrows(IllegalArgumentException.class, () -> ScoreFile.decode(signed(cut)));
            }
        }
    }

    @Test
    void shouldRefuseAFileWithAnyBitFlipped() {
        byte[] bytes = file.encode();

        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThrows(IllegalArgumentException.class, () -> ScoreFile.decode(flipped));
        }
    }

    @Test
    void shouldRefuseHugeCountsWithoutMakingRoomForThem() {
        for (int at : new int[] {PEER_COUNT_AT, BAN_COUNT_AT}) {
            for (int count : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 50_000, 3}) {
                byte[] bytes = file.encode();
                ByteBuffer.wrap(bytes).putInt(at, count);
                assertThrows(IllegalArgumentException.class, () -> ScoreFile.decode(signed(bytes)));
            }
        }
    }

    @Test
    void shouldRefuseAScoreOutOfRange() {
        byte[] bytes = file.encode();
        ByteBuffer.wrap(bytes).putShort(FIRST_SCORE_AT, (short) 1001);

        assertThrows(IllegalArgumentException.class, () -> ScoreFile.decode(signed(bytes)));
    }

    @Test
    void shouldThrowNothingElseAtRandomBytes() {
        Random random = new Random(42);
        int refused = 0;

        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(300)] : file.encode();
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            } else {
                bytes[4 + random.nextInt(bytes.length - 8)] = (byte) random.nextInt();
            }
            try {
                ScoreFile.decode(bytes.length < 4 ? bytes : signed(bytes));
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }

        assertTrue(refused > 10_000, "refused " + refused);
    }
}
