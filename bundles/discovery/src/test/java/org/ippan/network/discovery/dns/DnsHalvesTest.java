// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

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
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.discovery.search.Sighting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/** A host of which a server tells one part, and fails at another. */
class DnsHalvesTest {

    /** Some know nothing of IPv6 and say so as if they failed. */
    @ParameterizedTest
    @ValueSource(strings = {"a.ippan.test:9700", SERVICE})
    void shouldUseTheAddressesOfIpv4WhereAServerFailsAtIpv6(String name) throws IOException {
        List<Record> records = List.of(srv("a.ippan.test", 0, 0), a("a.ippan.test", "192.0.2.1", TTL),
                new AAAARecord(name("a.ippan.test"), DClass.IN, TTL, InetAddress.getByName("2001:db8::1")));
        int[] refused = {0};
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            boolean fails = question.getQuestion().getType() == refused[0];
            Message answer = new Message(answer(question, 65535, fails ? Stream.of() : records.stream()));
            answer.getHeader().setRcode(fails ? Rcode.REFUSED : Rcode.NOERROR);
            return answer.toWire();
        })) {
            refused[0] = Type.AAAA;
            DnsSource source = source(server, name);
            Sighting alone = source.look();
            assertEquals(List.of("192.0.2.1:9700"), addresses(alone));
            assertTrue(alone.error().endsWith(" answered REFUSED for a.ippan.test AAAA"), alone.error());

            refused[0] = 0;
            List<String> both = addresses(source.look());
            assertEquals(2, both.size(), both::toString);

            refused[0] = Type.AAAA;
            assertEquals(both, addresses(source.look()));
        }
    }

    /** The name is dialled, and judged again then. */
    @Test
    void shouldTellANameOverTlsWhereAServerFailsAtIpv6() throws IOException {
        String service = "_ippan-wss._tcp.ippan.test";
        List<Record> records = List.of(new SRVRecord(name(service), DClass.IN, TTL, 0, 0, 443, name("a.ippan.test")),
                a("a.ippan.test", "192.0.2.1", TTL));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            boolean fails = question.getQuestion().getType() == Type.AAAA;
            Message answer = new Message(answer(question, 65535, fails ? Stream.of() : records.stream()));
            answer.getHeader().setRcode(fails ? Rcode.REFUSED : Rcode.NOERROR);
            return answer.toWire();
        })) {
            Sighting seen = source(server, service).look();

            assertEquals(List.of("wss://a.ippan.test:443/ippan"), addresses(seen));
            assertTrue(seen.error().endsWith(" answered REFUSED for a.ippan.test AAAA"), seen.error());
        }
    }

    /** It may hold a pin, without which no address is to be used. */
    @Test
    void shouldUseNoAddressOfAHostWhoseTextsCannotBeAskedFor() throws IOException {
        Record host = a("a.ippan.test", "192.0.2.1", TTL);
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Message answer = new Message(answer(question, 65535, Stream.of(host)));
            answer.getHeader().setRcode(question.getQuestion().getType() == Type.TXT ? Rcode.SERVFAIL : Rcode.NOERROR);
            return answer.toWire();
        })) {
            Sighting seen = source(server, "a.ippan.test:9700").look();

            assertEquals(List.of(), addresses(seen));
            assertTrue(seen.error().endsWith(" answered SERVFAIL for a.ippan.test TXT"), seen.error());
        }
    }
}
