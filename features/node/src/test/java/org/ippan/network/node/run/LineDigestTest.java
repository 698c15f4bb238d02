// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineDigestTest {

    private static LineDigest digest(String text) throws IOException {
        return LineDigest.of(new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 100));
    }

    @Test
    void shouldPassTheSameLinesInAnyOrder() throws IOException {
        String verdict = digest("a\nb\n\na\nlast").compare(digest("last\na\n\na\nb\n"));

        assertEquals("PASS: 5 lines, each exactly once", verdict);
    }

    @Test
    void shouldFailOneMissingOneDoubledOneChangedAndOneSwappedForAnother() throws IOException {
        LineDigest expected = digest("a\nb\nc\n");

        assertEquals("FAIL: 1 of 3 lines are missing", expected.compare(digest("a\nc\n")));
        assertEquals("FAIL: 1 lines more than the 3 of the input", expected.compare(digest("a\nb\nc\nb\n")));
        assertEquals("FAIL: as many lines as the input, but not the same", expected.compare(digest("a\nb\nC\n")));
        assertEquals("FAIL: as many lines as the input, but not the same", expected.compare(digest("a\nb\nb\n")));
    }
}
