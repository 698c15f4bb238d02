// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and what counts in its place. */
class RefusedSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<LiveSettingsTest.Settings> settings = new LiveSettings<>(
            SettingsSchema.of("a.pid", LiveSettingsTest.Config.class), LiveSettingsTest.Settings::of, errors::add,
            warning -> { });

    private boolean update(Map<String, ?> raw) {
        return settings.update(raw, applied -> { });
    }

    /** Until a configuration was good there are no last good settings. */
    @Test
    void shouldSayWhatCountsInPlaceOfWhatIsRefused() {
        update(Map.of("most", "x"));
        assertFalse(settings.reading().everGood());
        update(Map.of("most", "y"));
        update(Map.of());
        assertTrue(settings.reading().everGood());
        update(Map.of("most", "z"));

        assertEquals(List.of("a.pid: most = x: must be a whole number from 1 to 100. Until this is corrected, each of"
                + " these keys has its default", "a.pid: most = y: must be a whole number from 1 to 100. No"
                + " configuration was good yet; the settings in force stay", "a.pid: most = z: must be a whole number"
                + " from 1 to 100. The last good settings stay in force"), errors);
        assertTrue(settings.reading().everGood());
    }

    /** It is the same on all nodes that are set up alike, and no secret. */
    @ParameterizedTest
    @ValueSource(strings = {"${env:GOSSIP_NETWORK_KEY}", "$[env:GOSSIP_NETWORK_KEY]", "a-${GOSSIP_NETWORK_KEY}-b",
        "$GOSSIP_NETWORK_KEY", "%GOSSIP_NETWORK_KEY%", "{{ gossip_network_key }}", "@gossip.network.key@"})
    void shouldFailClosedWithAPlaceholderInThePlaceOfASecret(String placeholder) {
        update(Map.of("key", placeholder));

        assertEquals(List.of("a.pid: key = ***: must be a text that is not empty (it is a placeholder, whose variable"
                + " is not set). Not serving until this is corrected"), errors);
        assertTrue(settings.failedClosed());
        assertTrue(update(Map.of("key", "a$b{c}%d%[e]@f@")));
        assertTrue(update(Map.of("names", placeholder)));
    }

    /** A file and a form have a comma between two items. */
    @Test
    void shouldRefuseAnItemThatWouldBecomeTwo() {
        update(Map.of("names", List.of("a", "b")));

        update(Map.of("names", new String[] {"a,b", "c"}));
        update(Map.of("names", Arrays.asList("a", null)));

        assertEquals(List.of("a.pid: names = a,b,c: must be a list of texts (a comma ends an item, so no item may have"
                + " one). The last good settings stay in force", "a.pid: names = a,null: must be a list of texts (an"
                + " item is missing). The last good settings stay in force"), errors);
        assertEquals(List.of("a", "b"), settings.current().names());
        assertEquals(Optional.of("names = a,b: must be a list of texts (a comma ends an item, so no item may have"
                + " one)"), settings.check(Map.of("names", new String[] {"a,b"})));
    }
}
