// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSettingsTest {

    @interface Config {
        @Setting(text = "Most.", min = "1", max = "100", unit = "things")
        int most() default 10;

        @Setting(text = "Least.", min = "0", max = "100")
        long least() default 1;

        @Setting(text = "Share.", min = "0", max = "1")
        double share() default 0.5;

        @Setting(text = "On.")
        boolean on() default true;

        @Setting(text = "Kind.", failClosed = true)
        Priority kind() default Priority.NORMAL;

        @Setting(text = "Key.", secret = true, failClosed = true)
        String key() default "";

        @Setting(text = "Names.")
        String[] names() default {};
    }

    record Settings(int most, long least, double share, boolean on, Priority kind, String key, List<String> names) {

        Settings {
            if (least > most) {
                throw SettingError.across("least", least, "at most most, which is " + most, "most");
            }
        }

        static Settings of(SettingValues values) {
            if (values.getString("key").startsWith("short")) {
                values.refuse("key", "longer", "take a longer one");
            } else if (values.getString("key").startsWith("doubtful")) {
                values.advise("key", "the value is doubtful", "take another");
            }
            return new Settings(values.getInt("most"), values.getLong("least"), values.getDouble("share"),
                    values.getBoolean("on"), values.getEnum("kind", Priority.class), values.getString("key"),
                    values.getList("names"));
        }
    }

    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Settings> applied = new ArrayList<>();
    private final LiveSettings<Settings> settings = new LiveSettings<>(SettingsSchema.of("a.pid", Config.class),
            Settings::of, errors::add, warnings::add);

    private boolean update(Map<String, ?> raw) {
        return settings.update(raw, applied::add);
    }

    @Test
    void shouldTellInALineWhatDiffersFromTheDefaultsAndNoSecret() {
        assertEquals("7 settings at default", settings.toString());
        update(Map.of("most", "20", "kind", "high", "key", "a secret of ours", "names", "a,b", "on", "true"));
        assertEquals("key=***, kind=high, most=20, names=a,b, 3 settings at default", settings.toString());
    }

    @Test
    void shouldReadEveryTypeTrimmed() {
        assertTrue(update(Map.of("most", " 20 ", "least", 2L, "share", "0.25", "on", "false", "kind", "high",
                "key", " secret ", "names", "a, b,,c")));

        assertEquals(new Settings(20, 2, 0.25, false, Priority.HIGH, "secret", List.of("a", "b", "c")),
                settings.current());
        assertEquals(List.of(settings.current()), applied);
        assertEquals(Optional.empty(), settings.lastConfigError());
        assertEquals("***", settings.displayed().get("key"));
        assertEquals("high", settings.displayed().get("kind"));
        assertEquals("a,b,c", settings.displayed().get("names"));
    }

    @ParameterizedTest
    @CsvSource({"most, abc", "most, ''", "most, 10s", "most, 0x10", "most, 12.7", "most, 0", "most, 101",
        "most, 99999999999", "most, 1e999999999", "share, '0,5'", "share, NaN", "on, maybe", "on, TRUE",
        "kind, urgent"})
    void shouldRefuseBadValuesAndKeepTheLastGood(String key, String value) {
        update(Map.of("most", "20"));

        Map<String, String> bad = new HashMap<>(Map.of("most", "30"));
        bad.put(key, value);
        boolean good = update(bad);

        assertFalse(good);
        assertEquals(20, settings.current().most());
        assertEquals(1, errors.size());
        assertTrue(errors.get(0).startsWith("a.pid: " + key + (value.isEmpty() ? " is empty" : " = " + value)
                + ": must be "), errors.get(0));
        assertEquals(2, settings.generation());
    }

    @Test
    void shouldNameAllBadKeysAtOnceAndOnce() {
        update(Map.of());

        update(Map.of("most", "x", "share", "2"));
        update(Map.of("most", "x", "share", "2"));

        assertEquals(List.of("a.pid: most = x: must be a whole number from 1 to 100; "
                + "share = 2: must be a number from 0 to 1. The last good settings stay in force"), errors);
        assertTrue(settings.lastConfigError().isPresent());
    }

    @Test
    void shouldClearTheErrorWithTheNextGoodConfiguration() {
        update(Map.of());
        update(Map.of("most", "x"));

        update(Map.of("most", "30"));

        assertEquals(Optional.empty(), settings.lastConfigError());
        assertEquals(30, settings.current().most());
    }

    @Test
    void shouldFallBackToTheDefaultOfABadKeyAtTheFirstStart() {
        update(Map.of("most", "abc", "least", "3"));

        assertEquals(10, settings.current().most());
        assertEquals(3, settings.current().least());
        assertEquals(1, applied.size());
        assertTrue(settings.lastConfigError().isPresent());
    }

    @Test
    void shouldFallBackToTheDefaultsOfTheKeysOfABrokenRuleAtTheFirstStart() {
        update(Map.of("most", "5", "least", "6", "share", "0.25"));

        assertEquals(10, settings.current().most());
        assertEquals(1, settings.current().least());
        assertEquals(0.25, settings.current().share());
        assertEquals(1, applied.size());
        assertTrue(errors.get(0).contains("least = 6: must be at most most, which is 5"), errors.get(0));
    }

    @Test
    void shouldFailClosedForSecurityKeysUntilCorrected() {
        update(Map.of());

        update(Map.of("kind", "urgent"));
        boolean closed = settings.failedClosed();
        update(Map.of("kind", "low"));

        assertTrue(closed);
        assertFalse(settings.failedClosed());
    }

    @Test
    void shouldNeverShowASecret() {
        update(Map.of());

        update(Map.of("key", "short"));

        assertEquals(List.of("a.pid: key = ***: must be longer (take a longer one). Not serving until this is"
                + " corrected"), errors);
        assertTrue(settings.failedClosed());
    }

    @Test
    void shouldWarnOfUnknownKeysButNotOfTheContainersOwn() {
        update(Map.of("mosst", "1", "service.pid", "a.pid", "felix.fileinstall.filename", "f",
                "org.apache.karaf.features.configKey", "k", "transport.target", "(ippan.scheme=tcp)",
                "transport.cardinality.minimum", "1"));

        assertEquals(List.of("a.pid: unknown key mosst: did you mean most?"), warnings);
    }

    @ParameterizedTest
    @CsvSource({"Most, most", "MOST, most", "NaMes, names", "KEY, key"})
    void shouldTakeAKeyInAnotherCaseForUnknownAndNameTheRightOne(String written, String known) {
        update(Map.of("most", "20"));

        assertTrue(update(Map.of("most", "30", written, "7")));

        assertEquals(List.of("a.pid: unknown key " + written + ": did you mean " + known + "?"), warnings);
        assertEquals(30, settings.current().most());
    }

    @Test
    void shouldNotMindTheCaseOfTheContainersOwnKeys() {
        update(Map.of("Service.Pid", "a.pid", "FELIX.fileinstall.filename", "f", "Component.Name", "c"));

        assertEquals(List.of(), warnings);
    }

    @Test
    void shouldFailClosedForASecretThatIsThereAndEmpty() {
        update(Map.of("key", " "));

        assertTrue(settings.failedClosed());
        assertEquals("a.pid: key is empty: must be a text (leave the key out for none)",
                settings.lastConfigError().orElseThrow());

        update(Map.of());

        assertFalse(settings.failedClosed());
        assertEquals("", settings.current().key());
    }

    @Test
    void shouldReadListsOfOneWhereANumberIsWantedAndRefuseThemWhereATextIs() {
        assertTrue(update(Map.of("most", new String[] {"20"}, "least", new long[] {2}, "share", List.of(0.25),
                "on", new boolean[] {false}, "kind", new String[] {"high"}, "names", new int[] {1, 2})));
        assertEquals(new Settings(20, 2, 0.25, false, Priority.HIGH, "", List.of("1", "2")), settings.current());

        update(Map.of("most", new String[] {"20", "30"}));

        assertEquals("a.pid: most = 20,30: must be a whole number from 1 to 100, not a list of 2 values",
                settings.lastConfigError().orElseThrow());

        update(Map.of("key", new String[] {"a long secret"}));

        assertEquals("a.pid: key = ***: must be a text that is not empty, not a list of 1 values",
                settings.lastConfigError().orElseThrow());
    }

    /** Reading that as a number would take minutes. */
    @Test
    void shouldRefuseANumberOfMillionsOfDigitsAtOnce() {
        boolean taken = assertTimeoutPreemptively(Duration.ofSeconds(2), () -> update(Map.of("most",
                "1".repeat(3_000_000))));

        assertFalse(taken);
        assertTrue(settings.lastConfigError().orElseThrow().endsWith("… (3000000 characters): must be a whole number"
                + " from 1 to 100"));
    }

    @Test
    void shouldGiveValuesAndErrorsOfOneMoment() {
        update(Map.of("most", "20"));
        SettingsReading before = settings.reading();

        update(Map.of("most", "abc"));

        assertEquals("20", before.displayed().get("most"));
        assertEquals(Optional.empty(), before.error());
        assertEquals(List.of(new SettingError("most", List.of(), "abc", "a whole number from 1 to 100", "")),
                settings.reading().errors());
    }

    @Test
    void shouldNameTheConfigurationOfAFactoryByItsWholePid() {
        LiveSettings<Settings> one = new LiveSettings<>(settings.schema().of("a.pid~one"), Settings::of, errors::add,
                warnings::add);

        one.update(Map.of("on", "maybe"), applied::add);

        assertTrue(errors.get(0).startsWith("a.pid~one: on = maybe"), errors.get(0));
    }

    @Test
    void shouldKeepTheOldSettingsWhenApplyingThemFails() {
        update(Map.of("most", "20"));

        boolean good = settings.update(Map.of("most", "30"), refused -> {
            throw new IllegalArgumentException("most = 30: not possible here");
        });

        assertFalse(good);
        assertEquals(20, settings.current().most());
        assertTrue(settings.lastConfigError().orElseThrow().contains("not possible here"));
    }
}
