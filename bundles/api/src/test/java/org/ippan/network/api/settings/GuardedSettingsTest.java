// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that protect: no default stands in for what was meant. */
class GuardedSettingsTest {

    @interface Config {
        @Setting(text = "Strict.", guards = true)
        boolean strict() default false;

        @Setting(text = "Kind.", failClosed = true)
        Priority kind() default Priority.LOW;

        @Setting(text = "Room.", min = "1", max = "1000")
        int room() default 100;

        @Setting(text = "Part.", min = "1", max = "1000")
        int part() default 10;

        @Setting(text = "Other part.", min = "1", max = "1000")
        int otherPart() default 10;
    }

    record Settings(boolean strict, Priority kind, int room, int part, int otherPart) {

        Settings {
            requirePart("part", part, room);
            requirePart("otherPart", otherPart, room);
        }

        private static void requirePart(String key, int part, int room) {
            if (part * 10 < room) {
                throw SettingError.across(key, part, "at least a tenth of room", "room");
            }
        }

        static Settings of(SettingValues values) {
            return new Settings(values.getBoolean("strict"), values.getEnum("kind", Priority.class),
                    values.getInt("room"), values.getInt("part"), values.getInt("otherPart"));
        }
    }

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<Settings> settings = new LiveSettings<>(SettingsSchema.of("a.pid", Config.class),
            Settings::of, errors::add, warning -> { });

    private boolean update(Map<String, ?> raw) {
        return settings.update(raw, applied -> { });
    }

    @Test
    void shouldNotBeginToServeWithAGuardThatCannotBeRead() {
        update(Map.of("strict", "ture"));

        assertTrue(settings.failedClosed());
        assertTrue(settings.reading().failedClosed());
        assertEquals(List.of("a.pid: strict = ture: must be true or false. Not serving until this is corrected"),
                errors);

        update(Map.of("strict", "true"));

        assertFalse(settings.failedClosed());
        assertTrue(settings.current().strict());
    }

    @Test
    void shouldKeepAGuardThatWasGoodOnce() {
        update(Map.of("strict", "true"));

        update(Map.of("strict", "flase"));

        assertFalse(settings.failedClosed());
        assertTrue(settings.current().strict());
        assertTrue(errors.get(0).endsWith("The last good settings stay in force"), errors.get(0));
    }

    /** What is corrected is not in force as long as something else keeps it out. */
    @ParameterizedTest
    @ValueSource(strings = {"strict=ture=true", "kind=hihg=high"})
    void shouldNotServeBeforeWhatWasCorrectedIsInForce(String correction) {
        String[] words = correction.split("=");
        update(Map.of(words[0], words[1]));

        update(Map.of(words[0], words[2], "room", "much"));

        assertTrue(settings.failedClosed(), settings.toString());

        update(Map.of(words[0], words[2]));

        assertFalse(settings.failedClosed());
        assertEquals(words[2], settings.displayed().get(words[0]));
    }

    /** Without the rule that is broken a default breaks another one: only its keys go back, too. */
    @Test
    void shouldKeepGuardsWhereDefaultsBreakRulesOfTheirOwn() {
        update(Map.of("strict", "true", "kind", "high", "room", "20", "part", "1", "otherPart", "5"));

        assertEquals(new Settings(true, Priority.HIGH, 100, 10, 10), settings.current());
        assertFalse(settings.failedClosed());
        assertFalse(settings.lastConfigError().isEmpty());
    }

    @Test
    void shouldNotServeWhereAllKeysHaveTheirDefaultsInPlaceOfAGuard() {
        settings.update(Map.of("strict", "true"), applied -> {
            if (applied.strict()) {
                throw new IllegalArgumentException("not possible here");
            }
        });

        assertFalse(settings.current().strict());
        assertTrue(settings.failedClosed());
    }

    @Test
    void shouldServeWithDefaultsWhereNoGuardWasSet() {
        update(Map.of("room", "much"));

        assertFalse(settings.failedClosed());
    }
}
