// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name was meant by a misspelt one. */
class SpellingTest {

    private static final List<String> KNOWN = List.of("banThreshold", "warnThreshold", "tls");

    @ParameterizedTest
    @CsvSource({"banTreshold, banThreshold", "BANTHRESHOLD, banThreshold", "warnThresholds, warnThreshold", "tsl, ",
        "tl, tls", "type, ", "something, "})
    void shouldGuessOnlyAtWhatIsLikeAName(String written, String meant) {
        assertEquals(Optional.ofNullable(meant), Spelling.nearest(written, KNOWN));
    }

    @Test
    void shouldNameAllWhereNoneIsLikeIt() {
        assertEquals("known are banThreshold, warnThreshold, tls", Spelling.remedy("something", KNOWN));
        assertEquals("did you mean tls?", Spelling.remedy("tl", KNOWN));
    }
}
