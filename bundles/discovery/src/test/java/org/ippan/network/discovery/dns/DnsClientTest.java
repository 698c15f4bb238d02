// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import static org.ippan.network.discovery.dns.DnsSourceTest.TTL;
import static org.ippan.network.discovery.dns.DnsSourceTest.a;
import static org.ippan.network.discovery.dns.DnsSourceTest.addresses;
import static org.ippan.network.discovery.dns.DnsSourceTest.answer;
import static org.ippan.network.discovery.dns.DnsSourceTest.source;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.discovery.search.Sighting;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Name servers that are away, silent or slow. */
class DnsClientTest {

    @Test
    void shouldSayThatNoServerIsThere() throws IOException {
        InetSocketAddress gone;
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> null)) {
            gone = server.address();
        }

        Sighting seen = source(List.of(gone), "a.ippan.test:9700").look();

        assertEquals("name server 127.0.0.1 port " + gone.getPort() + " failed for a.ippan.test A: nothing listens"
                + " there", seen.error());
    }

    @Test
    void shouldAskAgainWhenAQuestionIsLost() throws IOException {
        Record host = a("a.ippan.test", "192.0.2.1", TTL);
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                asked.incrementAndGet() == 1 ? null : answer(question, 65535, Stream.of(host)))) {
            assertEquals(List.of("192.0.2.1:9700"), addresses(source(server, "a.ippan.test:9700").look()));
        }
    }

    @Test
    void shouldAskTheNextServerWhenOneIsSilent() throws IOException {
        Record host = a("a.ippan.test", "192.0.2.1", TTL);
        try (ScriptedNameServer silent = new ScriptedNameServer((question, tcp) -> null);
                ScriptedNameServer server = new ScriptedNameServer((question, tcp) ->
                        answer(question, 65535, Stream.of(host)))) {

            assertEquals(List.of("192.0.2.1:9700"),
                    addresses(source(List.of(silent.address(), server.address()), "a.ippan.test:9700").look()));
        }
    }

    @Test
    void shouldGiveUpAnAnswerOverTcpThatDoesNotComeInTime() throws IOException {
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            if (tcp) {
                return null;
            }
            Message cut = new Message(answer(question, 512, Stream.of()));
            cut.getHeader().setFlag(Flags.TC);
            return cut.toWire();
        })) {
            long start = System.nanoTime();

            Sighting seen = source(server, "a.ippan.test:9700").look();

            assertTrue(seen.error().contains("failed for a.ippan.test"), seen.error());
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(5));
        }
    }

    /** Of an update the library reads records without any data as of a class of their own. */
    @Test
    void shouldNotTakeAnUpdateForAnAnswer() throws IOException {
        try (ScriptedNameServer server = new ScriptedNameServer((question, tcp) -> {
            Message update = new Message(answer(question, 65535, Stream.of()));
            update.getHeader().setOpcode(Opcode.UPDATE);
            update.addRecord(Record.newRecord(question.getQuestion().getName(), question.getQuestion().getType(),
                    DClass.IN, TTL), Section.ANSWER);
            return update.toWire();
        })) {
            Sighting seen = source(server, "a.ippan.test:9700").look();

            assertTrue(seen.error().contains("did not answer within 1000 ms"), seen.error());
        }
    }

    @Test
    void shouldNameAServerThatIsNoAddress() throws IOException {
        Sighting seen = source(List.of(InetSocketAddress.createUnresolved("fe80::1%gone0", 53)), "a.ippan.test:9700")
                .look();

        assertTrue(seen.error().startsWith("name server fe80::1%gone0 port 53 failed"), seen.error());
    }

    /** Else the next settings would wait for servers that are away. */
    @Test
    void shouldEndALookThatWaitsWhenItIsClosed() throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedNameServer silent = new ScriptedNameServer((question, tcp) -> {
            asked.countDown();
            return null;
        })) {
            DnsSource source = source(Collections.nCopies(20, silent.address()), "a.ippan.test:9700",
                    "b.ippan.test:9700");
            CompletableFuture<Sighting> look = CompletableFuture.supplyAsync(source::look);
            assertTrue(Uninterrupted.await(Ticker.system(), 10_000,
                    nanos -> asked.await(nanos, TimeUnit.NANOSECONDS)));
            long start = System.nanoTime();

            source.close();

            look.join();
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1));
        }
    }
}
