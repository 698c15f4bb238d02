// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.event.EventType;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void shouldWriteRecordsAsObjects() {
        assertEquals("{\"check\":\"a\",\"severity\":\"warn\",\"text\":\"\",\"advice\":\"b\"}",
                Json.of(new Finding("a", Severity.WARN, "", "b")));
    }

    @Test
    void shouldWriteWhatIsAbsentAsNull() {
        assertEquals("[null,null,1]", Json.of(Arrays.asList(Optional.empty(), null, Optional.of(1))));
    }

    @Test
    void shouldWriteNoNumberJsonDoesNotKnow() {
        assertEquals("[null,null,1.5,-3]",
                Json.of(List.of(Double.NaN, Double.NEGATIVE_INFINITY, 1.5, -3)));
    }

    @Test
    void shouldWriteValuesOfTheApiAsPeopleReadThem() {
        Map<Object, Object> values = new LinkedHashMap<>();
        values.put(EventType.PEER_UP, Peers.alice());
        values.put("address", PeerAddress.parse("[::1]:7"));
        values.put("time", Instant.EPOCH);
        values.put("duration", Duration.ofMillis(1500));

        assertEquals("{\"peer-up\":\"" + Peers.alice() + "\",\"address\":\"[::1]:7\",\"time\":\"1970-01-01T00:00:00Z\""
                + ",\"duration\":1.5}", Json.of(values));
    }

    @Test
    void shouldEscapeWhatEndsATextOrBeginsMarkup() {
        assertEquals("\"\\\"\\\\\\u000a\\u0000\\u003c/script>\\u2028\\ud83d\\ude00é\"",
                Json.of("\"\\\n\0</script>\u2028😀é"));
    }
}
