// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damage costs the records it hits. */
class RecordFileTest {

    private static final String KIND = "ippan-test/1";
    private static final int RECORDS = 20;
    private static final int LONGEST = 100;

    private final List<String> read = new ArrayList<>();

    private static byte[] file() {
        RecordFile file = new RecordFile(KIND);
        for (int i = 0; i < RECORDS; i++) {
            file.add('R', ("record " + i).getBytes(StandardCharsets.US_ASCII));
        }
        return file.finish();
    }

    private RecordFile.Outcome read(String kind, byte[] bytes) {
        read.clear();
        return RecordFile.read(kind, bytes, LONGEST, (type, body) -> {
            read.add(StandardCharsets.US_ASCII.decode(body).toString());
            return type == 'R';
        });
    }

    @Test
    void shouldReadWhatItWrote() {
        RecordFile.Outcome outcome = read(KIND, file());

        assertEquals(new RecordFile.Outcome(RECORDS, RECORDS, 0), outcome);
        assertFalse(outcome.damaged());
        assertEquals("record 19", read.get(RECORDS - 1));
    }

    @Test
    void shouldLoseOneRecordAtMostToAnyFlippedBit() {
        byte[] good = file();

        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            byte[] bytes = good.clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            RecordFile.Outcome outcome = read(KIND, bytes);
            assertTrue(outcome.damaged(), "bit " + bit);
            assertTrue(outcome.whole() >= RECORDS - 1, "bit " + bit + ": " + outcome.words());
        }
    }

    @Test
    void shouldKeepWhatIsBeforeACutAndAfterAHole() {
        byte[] good = file();

        for (int length = 0; length < good.length; length++) {
            RecordFile.Outcome outcome = read(KIND, Arrays.copyOf(good, length));
            assertTrue(length == 0 || outcome.damaged(), "cut at " + length);
        }
        ByteArrayOutputStream moved = new ByteArrayOutputStream();
        moved.write(good, 0, good.length / 2);
        moved.writeBytes(new byte[4096]);
        moved.write(good, good.length / 2 + 3, good.length - good.length / 2 - 3);

        RecordFile.Outcome outcome = read(KIND, moved.toByteArray());

        assertTrue(outcome.whole() >= RECORDS - 2, outcome.words());
        assertEquals("record 19", read.get(read.size() - 1));
        assertTrue(outcome.words().matches("1[89] of 20 records are whole, \\d+ bytes are damaged"), outcome.words());
    }

    @Test
    void shouldTakeNoRecordOfAnotherKind() {
        assertEquals(0, read("ippan-other/1", file()).whole());
    }

    @Test
    void shouldTakeNothingOfRandomBytes() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(500)];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                Arrays.fill(bytes, (byte) 'R');
            }
            assertEquals(new RecordFile.Outcome(0, -1, bytes.length), read(KIND, bytes));
        }
    }
}
