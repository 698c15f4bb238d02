// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.Overflow;
import org.junit.jupiter.api.Test;

class JsonTest {

    private record Inner(String text, Overflow overflow) {
    }

    private record Outer(int number, Optional<Instant> time, Optional<Instant> never, List<Inner> inner) {
    }

    @Test
    void shouldTellTheValuesOfARecordInTheirOrder() {
        Map<String, Object> values = Json.values(new Inner(null, Overflow.BLOCK));

        assertEquals(List.of("text", "overflow"), List.copyOf(values.keySet()));
        assertEquals(Arrays.asList(null, Overflow.BLOCK), new ArrayList<>(values.values()));
    }

    @Test
    void shouldWriteRecordsByTheirComponents() {
        Outer outer = new Outer(7, Optional.of(Instant.EPOCH), Optional.empty(),
                List.of(new Inner("a", Overflow.DROP_OLDEST), new Inner("", Overflow.BLOCK)));

        assertEquals("{\"number\":7,\"time\":\"1970-01-01T00:00:00Z\",\"never\":null,\"inner\":["
                + "{\"text\":\"a\",\"overflow\":\"drop-oldest\"},{\"text\":\"\",\"overflow\":\"block\"}]}",
                Json.of(outer));
    }

    @Test
    void shouldWriteValuesByWhatTheyAre() {
        assertEquals("null", Json.of(null));
        assertEquals("true", Json.of(true));
        assertEquals("[1,2.5,null,null]", Json.of(Arrays.asList(1, 2.5, Double.NaN, Double.POSITIVE_INFINITY)));
        assertEquals("1.25", Json.of(Duration.ofMillis(1250)));
        assertEquals("\"" + "00".repeat(32) + "\"", Json.of(PeerId.of(0, 0, 0, 0)));
        assertEquals("\"127.0.0.1:9700\"", Json.of(PeerAddress.tcp("127.0.0.1", 9700)));
        assertEquals("{\"block\":[]}", Json.of(Collections.singletonMap(Overflow.BLOCK, List.of())));
        assertEquals("\"int\"", Json.of(int.class));
    }

    @Test
    void shouldEscapeWhatEndsATextOrMightBeTakenForMarkup() {
        assertEquals("\"\\\"\\\\\\u000a\\u0000\\u003cscript>\\u007f\\u2028\\ud83d\\ude00é\"",
                Json.of("\"\\\n\0<script>\u007f\u2028\ud83d\ude00é"));
    }
}
