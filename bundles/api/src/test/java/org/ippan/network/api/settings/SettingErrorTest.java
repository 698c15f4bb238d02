// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is wrong is told apart by keys and values, and never by a sentence. */
class SettingErrorTest {

    private final List<String> warnings = new ArrayList<>();
    private final LiveSettings<LiveSettingsTest.Settings> settings = new LiveSettings<>(
            SettingsSchema.of("a.pid", LiveSettingsTest.Config.class), LiveSettingsTest.Settings::of, error -> { },
            warnings::add);

    private void update(Map<String, ?> raw) {
        settings.update(raw, applied -> { });
    }

    /** Both read as ***: what tells them apart is that the key is among those that change. */
    @Test
    void shouldRefuseABadSecretInPlaceOfABadSecret() {
        Map<String, Object> stored = Map.of("key", "short");
        update(stored);

        SettingException refused = assertThrows(SettingException.class, () -> settings.changed(stored,
                Map.of("key", "short too")));

        assertEquals(List.of(new SettingError("key", List.of(), "***", "longer", "take a longer one")),
                refused.errors());
    }

    @Test
    void shouldRefuseAChangeOfAKeyThatAStoredBrokenRuleIsAbout() {
        Map<String, Object> stored = Map.of("most", "5", "least", "6");
        update(stored);

        assertThrows(SettingException.class, () -> settings.changed(stored, Map.of("least", "6")));
        assertThrows(SettingException.class, () -> settings.changed(stored, Map.of("most", "4")));
        assertEquals("0.25", settings.changed(stored, Map.of("share", "0.25")).get("share"));
        assertEquals("5", settings.changed(stored, Map.of("least", "5")).get("least"));
    }

    @Test
    void shouldTellWhatIsDoubtfulUntilItIsChanged() {
        update(Map.of("key", "doubtful"));

        assertEquals(List.of(new SettingAdvice("key", "the value is doubtful", "take another")),
                settings.reading().advice());
        assertEquals(List.of("a.pid: key: the value is doubtful; take another"), warnings);

        update(Map.of("key", "another"));

        assertEquals(List.of(), settings.reading().advice());
    }

    @Test
    void shouldQuoteOnlyTheBeginningOfWhatIsLongAndNoPassword() {
        update(Map.of("most", "x".repeat(20_000), "y".repeat(20_000), "1", "proxy http://me:word@host:1", "1"));

        List<String> told = new ArrayList<>(warnings);
        told.add(settings.lastConfigError().orElseThrow());

        assertEquals(List.of(), told.stream().filter(text -> text.length() > 1_500 || text.contains("word@")).toList());
        assertTrue(settings.lastConfigError().orElseThrow().contains("x… (20000 characters): must be "));
    }
}
