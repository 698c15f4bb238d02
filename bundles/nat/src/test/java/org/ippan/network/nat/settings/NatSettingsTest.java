// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatSettingsTest {

    private final List<String> errors = new ArrayList<>();
    private final LiveSettings<NatSettings> settings =
            new LiveSettings<>(NatSettings.SCHEMA, NatSettings::of, errors::add, errors::add);

    @Test
    void shouldDescribeEveryKeyAndEveryNumberInOnePlace() {
        assertEquals(List.of(), Descriptions.disagreements(NatConfig.class, NatSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(NatSnapshot.class));
    }

    @Test
    void shouldAskNoRouterByItself() {
        assertFalse(settings.current().enabled());
        assertEquals(List.of("pcp", "nat-pmp", "upnp"), settings.current().protocols());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"protocols|upnp,pcp", "gateway|192.168.1.1", "gateway|fe80::1",
        "ports|9700", "ports|1,65535", "ports|9700,wss:443,tcp:1", "ports|wss:443,wss:443", "leaseSeconds|120"})
    void shouldTakeWhatMakesSense(String key, String value) {
        assertTrue(settings.update(Map.of(key, value), applied -> { }), errors.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"protocols|upnp,upnp", "protocols|igd", "gateway|router.lan",
        "gateway|999.1.1.1", "ports|0", "ports|65536", "ports|x", "ports|http:80", "ports|ws:9750",
        "ports|443,wss:443", "ports|wss:0", "ports|1,2,3,4,5,6,7,8,9", "leaseSeconds|119",
        "enabled|maybe", "timeoutSeconds|31"})
    void shouldRefuseWhatDoesNot(String key, String value) {
        assertFalse(settings.update(Map.of(key, value), applied -> { }));

        assertTrue(settings.lastConfigError().orElseThrow().contains(key + " = "), errors.toString());
    }

    /** Their defaults would ask other routers, or for other ports. */
    @ParameterizedTest
    @CsvSource({"protocols,igd,true", "gateway,router.lan,true", "ports,x,true", "enabled,maybe,false",
        "leaseSeconds,119,false"})
    void shouldAskNoRouterWhereADefaultWouldAskForMore(String key, String value, boolean closed) {
        settings.update(Map.of(key, value), applied -> { });

        assertEquals(closed, settings.failedClosed());
        settings.update(Map.of("enabled", "true"), applied -> { });
        assertTrue(settings.current().enabled());
        assertFalse(settings.current().off().enabled());
        assertEquals(settings.current().protocols(), settings.current().off().protocols());
    }
}
