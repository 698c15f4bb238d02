// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.testkit.Descriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSettingsTest {

    private final List<String> errors = new ArrayList<>();

    private <S extends SourceSettings> LiveSettings<S> live(SettingsSchema schema, Function<SettingValues, S> factory) {
        return new LiveSettings<>(schema, factory, errors::add, errors::add);
    }

    private LiveSettings<DnsSettings> dns() {
        return live(DnsSettings.SCHEMA, DnsSettings::of);
    }

    private LiveSettings<HttpSettings> http() {
        return live(HttpSettings.SCHEMA, HttpSettings::of);
    }

    @Test
    void shouldWarnOfServersThatAreAskedForNoName() {
        assertTrue(dns().update(Map.of("servers", "192.0.2.53"), applied -> { }));

        assertTrue(errors.get(0).contains("servers: it does nothing while names is not set"), errors.toString());
    }

    @Test
    void shouldDescribeEveryKeyAndEveryNumberInOnePlace() {
        assertEquals(List.of(), Descriptions.disagreements(DnsConfig.class, DnsSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.disagreements(MdnsConfig.class, MdnsSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.disagreements(FileConfig.class, FileSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.disagreements(HttpConfig.class, HttpSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(DiscoverySnapshot.class));
    }

    @Test
    void shouldSearchNothingByItself() {
        assertFalse(dns().current().enabled());
        assertFalse(http().current().enabled());
        assertFalse(live(MdnsSettings.SCHEMA, MdnsSettings::of).current().enabled());
        assertFalse(live(FileSettings.SCHEMA, FileSettings::of).current().enabled());
    }

    @ParameterizedTest
    @ValueSource(strings = {"_ippan._tcp.example.org", "_ippan-wss._tcp.example.org.", "host.example.org:9700",
        "localhost:1", "_ippan._tcp.a,host:2"})
    void shouldTakeNamesOfServicesAndHosts(String names) {
        assertTrue(dns().update(Map.of("names", names), settings -> { }), errors.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "_http._tcp.example.org", "192.0.2.1:9700", "host:0", "a b:1",
        "wss://host:1/x", "_ippan._tcp.", "[2001:db8::1]:9700", "_ippan._udp.example.org", "host.example.org:9700/x"})
    void shouldRefuseOtherNames(String names) {
        LiveSettings<DnsSettings> settings = dns();

        assertFalse(settings.update(Map.of("names", names), applied -> { }));

        assertTrue(settings.lastConfigError().orElseThrow().contains("names = " + names), errors.toString());
        assertFalse(settings.failedClosed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.53", "127.0.0.1:5353", "[2001:db8::53]:53", "2001:db8::53", "192.0.2.1,192.0.2.2"})
    void shouldTakeNameServersByAddress(String servers) {
        LiveSettings<DnsSettings> settings = dns();

        assertTrue(settings.update(Map.of("servers", servers), applied -> { }), errors.toString());

        assertFalse(settings.current().servers().get(0).isUnresolved());
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns.example.org", "192.0.2.53:0", "999.1.1.1", "192.0.2.1,192.0.2.2,192.0.2.3,192.0.2.4,"
            + "192.0.2.5"})
    void shouldRefuseOtherNameServers(String servers) {
        assertFalse(dns().update(Map.of("servers", servers), applied -> { }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://boot.example.org/records", "https://[2001:db8::1]:8443/x?y=1",
        "http://127.0.0.1:9780/api/v1/records", "http://localhost/x", "http://[::1]:1/x"})
    void shouldFetchOverHttpsOrFromThisMachine(String urls) {
        assertTrue(http().update(Map.of("urls", urls), applied -> { }), errors.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://boot.example.org/records", "ftp://127.0.0.1/x", "https://user:secret@example.org/",
        "https://example.org/#x", "https:///x", "boot.example.org", "file:///etc/passwd", "http://127.0.0.1.evil/x",
        "https://example.org:0/x", "https://example.org:65536/x"})
    void shouldRefuseOtherUrls(String urls) {
        assertFalse(http().update(Map.of("urls", urls), applied -> { }));
    }

    /** Their defaults would tell or ask more than was meant. */
    @ParameterizedTest
    @CsvSource({"dns,allowPrivate,flase,true", "dns,servers,nowhere,true", "mdns,allowPrivate,no,true",
        "mdns,announce,no,true", "file,allowPrivate,0,true", "http,allowPrivate,no,false", "dns,allowLoopback,no,false",
        "dns,refreshSeconds,1,false"})
    void shouldNotBeginToSearchWhereADefaultWouldProtectLess(String source, String key, String value, boolean closed) {
        LiveSettings<?> settings = switch (source) {
            case "dns" -> dns();
            case "mdns" -> live(MdnsSettings.SCHEMA, MdnsSettings::of);
            case "file" -> live(FileSettings.SCHEMA, FileSettings::of);
            default -> http();
        };

        settings.update(Map.of(key, value), applied -> { });

        assertEquals(closed, settings.failedClosed());
    }

    @Test
    void shouldKeepTheLastGoodSettings() {
        LiveSettings<DnsSettings> settings = dns();
        settings.update(Map.of("names", "host:1", "refreshSeconds", "20"), applied -> { });

        settings.update(Map.of("names", "host:1", "refreshSeconds", "9"), applied -> { });

        assertEquals(20, settings.current().refreshSeconds());
    }
}
