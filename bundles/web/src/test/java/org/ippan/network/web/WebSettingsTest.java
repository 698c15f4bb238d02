// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.web.settings.WebConfig;
import org.ippan.network.web.settings.WebSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<WebSettings> settings =
            new LiveSettings<>(WebSettings.SCHEMA, WebSettings::of, errors::add, errors::add);

    private boolean set(String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return settings.update(raw, changed -> { });
    }

    @Test
    void shouldDescribeEveryKeyAndEveryNumberInOnePlace() {
        assertEquals(List.of(), Descriptions.disagreements(WebConfig.class, WebSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(WebSnapshot.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:9780", "[::]:9780", "10.0.0.1:9780", "node.example.org:9780"})
    void shouldServeOtherMachinesOnlyWithAToken(String address) {
        assertFalse(set("listenAddress", address));

        assertTrue(settings.failedClosed());
        assertTrue(settings.lastConfigError().orElseThrow().contains("set a token of 16 or more characters"));

        assertTrue(set("listenAddress", address, "token", "0123456789abcdef"));
        assertFalse(settings.failedClosed());
    }

    @Test
    void shouldNeedNoTokenWhileNothingListens() {
        assertTrue(set("listenAddress", "0.0.0.0:9780", "enabled", "false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcde", "with a space in it", "mit Umlaut äöüäöüäöü"})
    void shouldRefuseATokenThatIsWeakOrFitsNoHeaderAndNotShowIt(String token) {
        assertFalse(set("token", token));

        assertTrue(settings.failedClosed());
        assertFalse(settings.lastConfigError().orElseThrow().contains(token));
    }

    @Test
    void shouldNotListenWhereItWasPerhapsSwitchedOff() {
        assertFalse(set("enabled", "flase"));
        assertTrue(settings.failedClosed());

        assertTrue(set("enabled", "false"));
        assertFalse(set("enabled", "ture"));
        assertFalse(settings.failedClosed());
        assertFalse(settings.current().enabled(), "the last good value stays");
    }

    @Test
    void shouldOpenTheDoorOnlyWithAToken() {
        assertFalse(set("door", "true"));

        assertFalse(settings.failedClosed(), "the page stays");
        assertTrue(settings.lastConfigError().orElseThrow().contains("door"), settings.toString());
        assertFalse(settings.current().door());
        assertTrue(set("door", "true", "token", "0123456789abcdef"));
    }

    @Test
    void shouldKeepTheLastGoodSettingsWhenAKeyIsBad() {
        set("maxConnections", "7");

        assertFalse(set("maxConnections", "0", "listenAddress", "nowhere"));

        assertEquals(7, settings.current().maxConnections());
        assertFalse(settings.failedClosed());
    }
}
