// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.settings.DnsSettings;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/** Answers of name servers that behave like no real one: late, false, endless, in circles. */
class DnsSourceTest {

    static final String SERVICE = "_ippan._tcp.net.ippan.test";
    static final long TTL = 300;
    static final DnsSource.Around AROUND = new DnsSource.Around(new Network(Optional::empty), new Random(1),
            Ticker.system(), List::of);

    static DnsSource source(ScriptedNameServer server, String... names) {
        return source(List.of(server.address()), names);
    }

    static DnsSource source(List<InetSocketAddress> servers, String... names) {
        return new DnsSource(new DnsSettings(List.of(names), servers, 60, 1, new Rules(1000, true, true)),
                AROUND, new RefusalCounts());
    }

    static Name name(String text) throws IOException {
        return Name.fromString(text, Name.root);
    }

    /** The answer with those of some records that are asked for. */
    static byte[] answer(Message question, int limit, Stream<Record> records) {
        Message answer = new Message(question.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question.getQuestion(), Section.QUESTION);
        records.filter(record -> record.getName().equals(question.getQuestion().getName())
                && record.getType() == question.getQuestion().getType())
                .forEach(record -> answer.addRecord(record, Section.ANSWER));
        return answer.toWire(limit);
    }

    static Record a(String name, String ip, long ttl) throws IOException {
        return new ARecord(name(name), DClass.IN, ttl, InetAddress.getByName(ip));
    }

    static Record srv(String target, int priority, int weight) throws IOException {
        return new SRVRecord(name(SERVICE), DClass.IN, TTL, priority, weight, 9700, name(target));
    }

    static List<String> addresses(Sighting seen) {
        return seen.candidates().stream().map(candidate -> candidate.address().toString()
                + candidate.pin().map(pin -> '#' + pin.shortForm()).orElse("")).toList();
    }

    @Test
    void shouldFollowAServiceToItsHostsByPriorityAndPinThem() throws IOException {
        List<Record> records = List.of(srv("b.ippan.test", 20, 0), srv("a.ippan.test", 10, 0),
                a("a.ippan.test", "192.0.2.1", TTL), a("b.ippan.test", "192.0.2.2", TTL),
                new TXTRecord(name("a.ippan.test"), DClass.IN, TTL, List.of("v=1", "peer=" + Peers.peer(1))));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()))) {

            Sighting seen = source(server, SERVICE).look();

            assertEquals(List.of("192.0.2.1:9700#" + Peers.peer(1).shortForm(), "192.0.2.2:9700"), addresses(seen));
            assertEquals("", seen.error());
            assertEquals(60, seen.nextSeconds());
        }
    }

    @Test
    void shouldTakeNamesAndKeysInCapitalsToo() throws IOException {
        List<Record> records = List.of(srv("a.ippan.test", 10, 0), a("a.ippan.test", "192.0.2.1", TTL),
                new TXTRecord(name("a.ippan.test"), DClass.IN, TTL, List.of("PEER=" + Peers.peer(1))));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()))) {
            assertTrue(DnsSettings.isService(SERVICE.toUpperCase(Locale.ROOT)));

            Sighting seen = source(server, SERVICE.toUpperCase(Locale.ROOT)).look();

            assertEquals(List.of("192.0.2.1:9700#" + Peers.peer(1).shortForm()), addresses(seen));
        }
    }

    @Test
    void shouldTellTheOtherTargetsOfAServiceWhenOneFails() throws IOException {
        List<Record> records = List.of(srv("a.ippan.test", 10, 0), srv("b.ippan.test", 20, 0),
                a("a.ippan.test", "192.0.2.1", TTL), a("b.ippan.test", "192.0.2.2", TTL));
        String[] broken = {"a.ippan.test."};
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Message answer = new Message(answer(question, 65535, records.stream()));
            answer.getHeader().setRcode(question.getQuestion().getName().toString().equals(broken[0])
                    ? Rcode.SERVFAIL : Rcode.NOERROR);
            return answer.toWire();
        })) {
            DnsSource source = source(server, SERVICE);

            Sighting first = source.look();
            assertEquals(List.of("192.0.2.2:9700"), addresses(first));
            assertTrue(first.error().endsWith(" answered SERVFAIL for a.ippan.test A"), first.error());

            broken[0] = "b.ippan.test.";
            assertEquals(List.of("192.0.2.1:9700", "192.0.2.2:9700"), addresses(source.look()));
        }
    }

    /** Labels may have any bytes, and addresses are written into lists, tables and files. */
    @Test
    void shouldTellNoNameThatNoHostCanHave() throws IOException {
        String service = "_ippan-wss._tcp.net.ippan.test";
        List<Record> records = new ArrayList<>();
        for (String host : List.of("a,b.ippan.test", "a\\032b.ippan.test", "a/b.ippan.test", "me@b.ippan.test",
                "good-1.ippan.test")) {
            records.add(new SRVRecord(name(service), DClass.IN, TTL, 0, 0, 443, name(host)));
            records.add(a(host, "192.0.2.1", TTL));
        }
        // The system may know it otherwise.
        records.add(new SRVRecord(name(service), DClass.IN, TTL, 0, 0, 443, name("intranet")));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()))) {
            assertEquals(List.of("wss://good-1.ippan.test:443/ippan"), addresses(source(server, service).look()));
        }
    }

    @Test
    void shouldLookAgainWhenTheShortestTimeToLiveHasPassedButNotMoreOftenThanEveryTenSeconds() throws IOException {
        for (long ttl : new long[] {25, 1}) {
            Record host = a("a.ippan.test", "192.0.2.1", ttl);
            try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                    answer(question, 65535, Stream.of(host)))) {
                assertEquals(Math.max(10, ttl), source(server, "a.ippan.test:9700").look().nextSeconds());
            }
        }
    }

    @Test
    void shouldTakeAnAnswerOverTcpThatIsTooLongForUdp() throws IOException {
        List<Record> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            records.add(a("many.ippan.test", "192.0." + i / 250 + "." + (1 + i % 250), TTL));
        }
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, tcp ? 65535 : 512, records.stream()))) {

            assertEquals(1000, source(server, "many.ippan.test:9700").look().candidates().size());
        }
    }

    @Test
    void shouldEndInACircleOfAliases() throws IOException {
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Name asked = question.getQuestion().getName();
            Message answer = new Message(answer(question, 65535, Stream.of()));
            answer.addRecord(new CNAMERecord(asked, DClass.IN, TTL,
                    name(asked.toString().startsWith("a.") ? "b.ippan.test" : "a.ippan.test")), Section.ANSWER);
            return answer.toWire();
        })) {

            Sighting seen = source(server, "a.ippan.test:9700").look();

            assertTrue(seen.error().contains("more than 8 aliases (CNAME)"), seen.error());
            assertTrue(server.questions.get() < 20, server.questions + " questions");
        }
    }

    @Test
    void shouldFollowAliases() throws IOException {
        Record host = a("c.ippan.test", "192.0.2.3", TTL);
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Message answer = new Message(answer(question, 65535, Stream.of(host)));
            Map<String, String> aliases = Map.of("a.ippan.test.", "b.ippan.test.", "b.ippan.test.", "c.ippan.test.");
            String target = aliases.get(question.getQuestion().getName().toString());
            if (target != null) {
                answer.addRecord(new CNAMERecord(question.getQuestion().getName(), DClass.IN, TTL, name(target)),
                        Section.ANSWER);
            }
            return answer.toWire();
        })) {

            assertEquals(List.of("192.0.2.3:9700"), addresses(source(server, "a.ippan.test:9700").look()));
        }
    }

    @Test
    void shouldNotBelieveAnAnswerToAnotherQuestionOrWithAnotherId() throws IOException {
        Record lie = a("a.ippan.test", "192.0.2.66", TTL);
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Message answer = new Message(answer(question, 65535, Stream.of(lie)));
            answer.getHeader().setID(question.getHeader().getID() + 1 & 0xFFFF);
            return answer.toWire();
        })) {

            Sighting seen = source(server, "a.ippan.test:9700").look();

            assertEquals(List.of(), addresses(seen));
            assertTrue(seen.error().contains("did not answer within 1000 ms"), seen.error());
        }
    }

    @Test
    void shouldKeepWhatANameLedToWhileServersFailAndForgetWhatDoesNotExist() throws IOException {
        int[] code = {Rcode.NOERROR};
        Record host = a("a.ippan.test", "192.0.2.1", TTL);
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Message answer = new Message(answer(question, 65535, code[0] == 0 ? Stream.of(host) : Stream.of()));
            answer.getHeader().setRcode(code[0]);
            return answer.toWire();
        })) {
            DnsSource source = source(server, "a.ippan.test:9700");
            source.look();

            code[0] = Rcode.SERVFAIL;
            Sighting failed = source.look();
            code[0] = Rcode.NXDOMAIN;
            Sighting gone = source.look();

            assertEquals(List.of("192.0.2.1:9700"), addresses(failed));
            assertTrue(failed.error().contains("answered SERVFAIL for a.ippan.test"), failed.error());
            assertEquals(List.of(), addresses(gone));
            assertEquals("", gone.error());
        }
    }

    @Test
    void shouldNotUseAHostWhosePinCannotBeRead() throws IOException {
        List<Record> records = List.of(a("a.ippan.test", "192.0.2.1", TTL),
                new TXTRecord(name("a.ippan.test"), DClass.IN, TTL, "peer=0123"));
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                answer(question, 65535, records.stream()))) {

            assertEquals(List.of(), addresses(source(server, "a.ippan.test:9700").look()));
        }
    }

    @Test
    void shouldAskNoMoreQuestionsThanOneSearchMayNeed() throws IOException {
        List<Record> records = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            records.add(srv("h" + i + ".ippan.test", 0, 0));
        }
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                question.getQuestion().getType() == Type.SRV ? answer(question, tcp ? 65535 : 512, records.stream())
                        : answer(question, 65535, Stream.of(a(question.getQuestion().getName().toString(),
                                "192.0.2.1", TTL))))) {

            Sighting seen = source(server, SERVICE).look();

            assertEquals(256, seen.candidates().size());
            assertTrue(server.questions.get() < 800, server.questions + " questions");
        }
    }
}
