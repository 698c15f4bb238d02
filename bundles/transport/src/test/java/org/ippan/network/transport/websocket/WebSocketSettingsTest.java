// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<WebSocketSettings> settings =
            new LiveSettings<>(WebSocketSettings.SCHEMA, WebSocketSettings::of, errors::add, errors::add);

    private boolean set(String... keysAndValues) {
        Map<String, Object> raw = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            raw.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return settings.update(raw, changed -> { });
    }

    @Test
    void shouldDescribeEveryKeyAndEveryNumberInOnePlace() {
        assertEquals(List.of(), Descriptions.disagreements(WebSocketConfig.class, WebSocketSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(WebSocketSnapshot.class));
    }

    @Test
    void shouldUseNoWebSocketUnlessItIsToldTo() {
        assertTrue(set());

        assertFalse(settings.current().enabled());
        assertTrue(settings.current().schemes().isEmpty());
        assertEquals("/ippan", settings.current().path());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listenAddress  | somewhere           | host:port
            path           | ippan               | a slash
            path           | /with space         | a slash
            certificate    | /nowhere            | privateKey
            trustedProxies | 127.0.0.1           | networks like
            outerTrust     | /nowhere/server.pem | a PEM file
            proxy          | proxy:3128          | http://host:port
            proxy          | https://proxy:3128  | http://host:port
            noProxy        | 10.0.0.0/99         | networks like
            pingSeconds    | 4                   | from 5 to 300
            """)
    void shouldRefuseABadValueInWordsAndKeepTheLastGoodOnes(String key, String value, String says) {
        assertTrue(set("enabled", "true", "path", "/good"));

        assertFalse(set("enabled", "true", key, value));

        String error = settings.lastConfigError().orElseThrow();
        assertTrue(error.contains(key) && error.contains(says), error);
        assertEquals("/good", settings.current().path());
        assertTrue(set("enabled", "true"));
    }

    @Test
    void shouldRefuseAPairThatIsNoCertificateWithItsKey() {
        assertFalse(set("certificate", "/nowhere/a.pem", "privateKey", "/nowhere/b.pem"));

        assertTrue(settings.lastConfigError().orElseThrow().contains("NoSuchFileException"));
    }

    @Test
    void shouldNeverShowThePassword() {
        assertFalse(set("proxy", "http://proxy:3128", "proxyUser", "a:b", "proxyPassword", "very-secret"));

        assertFalse(settings.lastConfigError().orElseThrow().contains("very-secret"));
        assertTrue(set("proxy", "http://proxy:3128", "proxyUser", "user", "proxyPassword", "very-secret"));
        assertFalse((settings.displayed() + settings.current().toString()).contains("very-secret"));
        assertFalse(settings.current().toString().contains("dXNlcjp2"), "in Base64 neither");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,false", "10.1.2.3,false", "localhost,false", "a.example.org,false", "example.org,false",
        "notexample.org,true", "example.org.evil,true", "203.0.113.7,true"})
    void shouldUseTheProxyForWhatIsNotNamed(String host, boolean byProxy) {
        assertTrue(set("proxy", "http://proxy:3128", "noProxy", "127.0.0.0/8,10.0.0.0/8,localhost,example.org"));

        assertEquals(byProxy, settings.current().proxyTo(new PeerAddress("wss", host, 443, "")).isPresent());
    }

    /** Behind a trusted proxy the world comes in, though the address is loopback. */
    @Test
    void shouldTellFromWhereItIsReached() {
        set("enabled", "true", "listenAddress", "127.0.0.1:9750");
        assertTrue(settings.current().loopback());
        set("enabled", "true", "listenAddress", "127.0.0.1:9750", "trustedProxies", "127.0.0.1/32");
        assertFalse(settings.current().loopback());
        set("enabled", "true", "listenAddress", "0.0.0.0:9750");
        assertFalse(settings.current().loopback());
        set("enabled", "true");
        assertTrue(settings.current().loopback());
    }
}
