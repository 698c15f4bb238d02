// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.settings.LiveSettingsTest.Config;
import org.ippan.network.api.settings.LiveSettingsTest.Settings;
import org.junit.jupiter.api.Test;

/** Changes on top of what is stored: refused as a whole, or taken beside what was wrong before. */
class ChangedSettingsTest {

    private final LiveSettings<Settings> settings = new LiveSettings<>(SettingsSchema.of("a.pid", Config.class),
            Settings::of, error -> { }, warning -> { });

    private void update(Map<String, ?> raw) {
        settings.update(raw, applied -> { });
    }

    @Test
    void shouldCheckChangesAgainstTheNewestConfigurationWithoutApplying() {
        update(Map.of("most", "20"));

        assertEquals(Optional.empty(), settings.check(Map.of("least", "15")));
        assertEquals(Optional.of("least = 25: must be at most most, which is 20"),
                settings.check(Map.of("least", "25")));
        assertTrue(settings.check(Map.of("nonsense", "1")).isPresent());
        assertEquals(1, settings.current().least());
        assertEquals(1, settings.generation());
    }

    @Test
    void shouldCheckChangesAgainstWhatIsStoredThoughItIsNotInForceYet() {
        update(Map.of("most", "20"));
        Map<String, String> stored = Map.of("most", "5");

        assertRefused("least = 6: must be at most most, which is 5", stored, Map.of("least", "6"));
        assertEquals(Map.of("most", "50", "least", "6"), settings.changed(stored, Map.of("most", "50", "least", "6")));
    }

    @Test
    void shouldStoreNoSecondSpellingOfAKeyAndForgetTheWrongOne() {
        assertEquals(Map.of("most", "30"), settings.changed(Map.of("MOST", "20"), Map.of("most", "30")));
        assertRefused("unknown key MOST: did you mean most?", Map.of("most", "20"), Map.of("MOST", "30"));
    }

    @Test
    void shouldTakeNoKeyAwayThatDoesNotExistUnlessItIsStored() {
        assertRefused("unknown key mosst: did you mean most?", Map.of("most", "20"),
                Collections.singletonMap("mosst", null));
        assertEquals(Map.of("most", "20"), settings.changed(Map.of("most", "20", "mosst", "1"),
                Collections.singletonMap("mosst", null)));
        assertEquals(Map.of(), settings.changed(Map.of(), Collections.singletonMap("most", null)));
    }

    @Test
    void shouldKeepPasswordsOfAddressesThatAreWrittenBackAsTheyRead() {
        Map<String, Object> stored = Map.of("names", "http://me:word@a:1, b:2");

        assertEquals(stored.get("names").toString().replace(" ", ""),
                settings.changed(stored, Map.of("names", "http://***@a:1,b:2")).get("names"));
        assertArrayEquals(new String[] {"c:3", "http://me:word@a:1"}, (String[]) settings.changed(stored,
                Map.of("names", new String[] {"c:3", "http://***@a:1"})).get("names"));
    }

    @Test
    void shouldRefuseWhatStandsForAPasswordThatIsNotKnown() {
        String refusal = "names = http://***@b:1: must be a list of texts (*** stands for what is not shown: write"
                + " that itself)";

        assertRefused(refusal, Map.of("names", "http://me:word@a:1"), Map.of("names", "http://***@b:1"));
        assertRefused(refusal, Map.of("names", "http://me:word@b:1,http://you:word@b:1"),
                Map.of("names", "http://***@b:1"));
        assertRefused(refusal, Map.of(), Map.of("names", "http://***@b:1"));
        update(Map.of("names", "http://***@b:1"));

        assertEquals(Optional.of("a.pid: " + refusal), settings.lastConfigError());
    }

    @Test
    void shouldRefuseASecretThatIsOnlyWhatSecretsReadAs() {
        update(Map.of("key", "***"));

        assertEquals(Optional.of("a.pid: key = ***: must be a text that is not empty (*** stands for what is not"
                + " shown: write that itself)"), settings.lastConfigError());
        assertTrue(settings.failedClosed());
    }

    @Test
    void shouldLeaveTheKeysOfTheContainerAlone() {
        Map<String, String> stored = Map.of("most", "20", "felix.fileinstall.filename", "file:/etc/a.cfg");

        for (String key : List.of("felix.fileinstall.filename", "service.ranking", "component.name", ".most")) {
            String unknown = "unknown key " + key + ": known are ";
            for (Map<String, String> change : List.of(Map.of(key, "5"), Collections.<String, String>singletonMap(key,
                    null))) {
                String refused = settings.check(change).orElseThrow();
                assertTrue(refused.startsWith(unknown) || refused.endsWith("did you mean most?"), refused);
                assertThrows(SettingException.class, () -> settings.changed(stored, change));
            }
        }
        assertEquals("file:/etc/a.cfg", settings.changed(stored, Map.of("most", "30"))
                .get("felix.fileinstall.filename"));
    }

    @Test
    void shouldNotBlameAChangeForWhatWasStoredBefore() {
        update(Map.of("share", "0.25"));
        Map<String, String> stored = Map.of("share", "abc", "on", "maybe", "strange", "1");
        update(stored);

        Map<String, Object> first = settings.changed(stored, Map.of("share", "0.75"));
        update(first);

        assertEquals(0.75, settings.current().share());
        assertEquals("a.pid: on = maybe: must be true or false", settings.lastConfigError().orElseThrow());

        update(settings.changed(first, Map.of("on", "false")));

        assertEquals(Optional.empty(), settings.lastConfigError());
        assertFalse(settings.current().on());
    }

    @Test
    void shouldApplyAChangeBesideARuleThatIsBrokenSinceBefore() {
        update(Map.of("most", "20"));
        update(Map.of("most", "5", "least", "6"));

        update(Map.of("most", "5", "least", "6", "names", "a"));

        assertEquals(List.of("a"), settings.current().names());
        assertEquals(20, settings.current().most());
        assertTrue(settings.lastConfigError().isPresent());
    }

    @Test
    void shouldHoldBackAChangeThatBringsAMistakeWithIt() {
        update(Map.of("share", "0.25"));
        update(Map.of("share", "abc"));

        update(Map.of("share", "abc", "names", "a", "on", "maybe"));

        assertEquals(List.of(), settings.current().names());
    }

    @Test
    void shouldLeaveASecretAloneThatIsWrittenBackAsItWasRead() {
        update(Map.of("key", "a long secret"));

        Map<String, Object> stored = settings.changed(Map.of("key", "a long secret"),
                Map.of("key", settings.displayed().get("key"), "most", "30"));

        assertEquals(Map.of("key", "a long secret", "most", "30"), stored);
    }

    @Test
    void shouldTakeAKeyBackToItsDefault() {
        Map<String, Object> stored = settings.changed(Map.of("most", "20", "share", "1"),
                Collections.singletonMap("most", null));

        assertEquals(Map.of("share", "1"), stored);
    }

    private void assertRefused(String why, Map<String, ?> stored, Map<String, ?> changes) {
        var refused = assertThrows(IllegalArgumentException.class, () -> settings.changed(stored, changes));
        assertEquals(why, refused.getMessage());
    }
}
