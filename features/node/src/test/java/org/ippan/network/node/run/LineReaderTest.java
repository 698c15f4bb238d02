// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static List<String> lines(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        try (LineReader reader = new LineReader(stream(text), 1_000_000)) {
            for (Line line = reader.next(); line != null; line = reader.next()) {
                lines.add(new String(line.bytes(), StandardCharsets.UTF_8));
                assertEquals(lines.size(), line.number());
            }
        }
        return lines;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldSplitAtNewlinesAndNothingElse() throws IOException {
        assertEquals(List.of("a\r", "", "ü\u2028b", "", "last"), lines("a\r\n\nü\u2028b\n\nlast"));
        assertEquals(List.of("a"), lines("a\n"));
        assertEquals(List.of(""), lines("\n"));
        assertEquals(List.of(), lines(""));
    }

    @Test
    void shouldFindTheSameLinesHoweverTheyLieInItsBuffer() throws IOException {
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            expected.add("x".repeat(random.nextInt(i % 10 == 0 ? 200_000 : 300)));
        }

        assertEquals(expected, lines(String.join("\n", expected) + "\n"));
    }

    @Test
    void shouldTellALineThatIsTooLongAndGoOnBehindIt() throws IOException {
        LineReader reader = new LineReader(stream("ab\n" + "x".repeat(300_000) + "\nabcd\nabcde\nz"), 4);

        assertArrayEquals(new byte[] {'a', 'b'}, reader.next().bytes());
        Line tooLong = reader.next();
        assertTrue(tooLong.tooLong());
        assertEquals(300_000, tooLong.length());
        assertEquals(2, tooLong.number());
        assertEquals(4, reader.next().bytes().length);
        assertTrue(reader.next().tooLong());
        assertEquals(5, reader.next().number());
        assertNull(reader.next());
        assertEquals(300_000 + 3 + 1 + 5 + 6 + 1, reader.bytesRead());
    }
}
