// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import static org.ippan.network.discovery.dns.DnsSourceTest.AROUND;
import static org.ippan.network.discovery.dns.DnsSourceTest.SERVICE;
import static org.ippan.network.discovery.dns.DnsSourceTest.TTL;
import static org.ippan.network.discovery.dns.DnsSourceTest.a;
import static org.ippan.network.discovery.dns.DnsSourceTest.addresses;
import static org.ippan.network.discovery.dns.DnsSourceTest.answer;
import static org.ippan.network.discovery.dns.DnsSourceTest.name;
import static org.ippan.network.discovery.dns.DnsSourceTest.source;
import static org.ippan.network.discovery.dns.DnsSourceTest.srv;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.settings.DnsSettings;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;

/** What is known of names while their servers are away. */
class DnsMemoryTest {

    /** The server of before answers, the one of the new settings does not. */
    @Test
    void shouldNotForgetWithNewSettingsWhatItCannotAskForJustNow() throws IOException {
        List<Record> records = List.of(srv("a.ippan.test", 10, 0), a("a.ippan.test", "192.0.2.1", TTL),
                a("b.ippan.test", "192.0.2.2", TTL), a("c.ippan.test", "192.0.2.3", TTL));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()));
                ScriptedNameServer silent = new ScriptedNameServer((question, tcp) -> null)) {
            DnsSource before = source(server, SERVICE, "b.ippan.test:9700", "c.ippan.test:9700");
            assertEquals(3, before.look().candidates().size());
            DnsSource source = source(silent, "b.ippan.test:9700", SERVICE, "d.ippan.test:9700");

            source.follow(before);

            Sighting seen = source.look();
            assertEquals(List.of("192.0.2.2:9700", "192.0.2.1:9700"), addresses(seen));
            assertTrue(seen.error().contains("did not answer"), seen.error());
        }
    }

    /** Whether a name may be told depends on its addresses, and on the rules at the time. */
    @Test
    void shouldForgetNamesOverTlsThatOtherRulesJudged() throws IOException {
        String service = "_ippan-wss._tcp.net.ippan.test";
        List<Record> records = List.of(new SRVRecord(name(service), DClass.IN, TTL, 0, 0, 443, name("a.ippan.test")),
                a("a.ippan.test", "10.0.0.1", TTL));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()));
                ScriptedNameServer silent = new ScriptedNameServer((question, tcp) -> null)) {
            DnsSource before = source(server, service);
            assertEquals(List.of("wss://a.ippan.test:443/ippan"), addresses(before.look()));

            assertEquals(List.of("wss://a.ippan.test:443/ippan"), addresses(after(before, silent, service, true)));
            assertEquals(List.of(), addresses(after(before, silent, service, false)));
        }
    }

    /** Several names share the room that there is. */
    @Test
    void shouldTellAddressesOfAllNamesInTurns() throws IOException {
        List<Record> records = List.of(a("many.ippan.test", "192.0.2.1", TTL), a("many.ippan.test", "192.0.2.2", TTL),
                a("many.ippan.test", "192.0.2.3", TTL), a("one.ippan.test", "192.0.2.9", TTL));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()))) {
            List<String> seen = addresses(source(server, "many.ippan.test:1", "one.ippan.test:1").look());

            assertEquals("192.0.2.9:1", seen.get(1));
            assertEquals(4, seen.size());
        }
    }

    private static Sighting after(DnsSource before, ScriptedNameServer server, String name, boolean allowPrivate) {
        DnsSource source = new DnsSource(new DnsSettings(List.of(name), List.of(server.address()), 60, 1,
                new Rules(1000, true, allowPrivate)), AROUND, new RefusalCounts());
        source.follow(before);
        return source.look();
    }
}
