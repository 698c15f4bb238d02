// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.settings.DnsSettings;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.process.Counterpart;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches in a real name server; left out where dnsmasq is not installed. */
class DnsmasqTest {

    private static final String SERVICE = "_ippan._tcp.net.ippan.test";
    private static final byte[] TAG = new byte[16];

    @TempDir
    private Path folder;

    @BeforeEach
    void needsDnsmasq() {
        Assumptions.assumeTrue(Counterpart.isDnsmasqInstalled(), "skipped: no dnsmasq (apt-get install dnsmasq-base)");
    }

    private static Sighting search(Counterpart server, String... names) {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());
        return new DnsSource(new DnsSettings(List.of(names), List.of(address), 60, 3,
                new Rules(1000, false, true)), new DnsSource.Around(new Network(() -> Optional.of(TAG)),
                new Random(1), Ticker.system(), List::of), new RefusalCounts()).look();
    }

    private static Set<String> addresses(Sighting seen) {
        assertEquals("", seen.error());
        return seen.candidates().stream().map(candidate -> candidate.address().toString()
                + candidate.pin().map(pin -> '#' + pin.shortForm()).orElse(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldFindServicesHostsPinsAndPathsAndNothingOfAnotherNetwork() throws IOException {
        try (Counterpart server = Counterpart.dnsmasq(folder, List.of(
                "srv-host=" + SERVICE + ",a.ippan.test,9700,10,60", "srv-host=" + SERVICE + ",b.ippan.test,9701,20,60",
                "txt-record=" + SERVICE + ",net=00000000000000000000000000000000",
                "host-record=a.ippan.test,192.0.2.1,2001:db8::1", "host-record=b.ippan.test,192.0.2.2",
                "txt-record=a.ippan.test,peer=" + Peers.peer(1),
                "srv-host=_ippan._tcp.other.ippan.test,a.ippan.test,9700",
                "txt-record=_ippan._tcp.other.ippan.test,net=x",
                "srv-host=_ippan-wss._tcp.net.ippan.test,b.ippan.test,443", "txt-record=b.ippan.test,path=/p2p",
                "cname=alias.ippan.test,b.ippan.test"))) {
            String pin = '#' + Peers.peer(1).shortForm();

            assertEquals(Set.of("192.0.2.1:9700" + pin, "[2001:db8::1]:9700" + pin, "192.0.2.2:9701"),
                    addresses(search(server, SERVICE)));
            assertEquals(Set.of("wss://b.ippan.test:443/p2p"),
                    addresses(search(server, "_ippan-wss._tcp.net.ippan.test")));
            assertEquals(Set.of("192.0.2.2:9700"), addresses(search(server, "alias.ippan.test:9700")));
            assertEquals(Set.of(), addresses(search(server, "_ippan._tcp.other.ippan.test", "none.ippan.test:1",
                    "_ippan._tcp.none.ippan.test")));
            assertEquals(30, search(server, SERVICE).nextSeconds());
        }
    }

    @Test
    void shouldFindHundredsOfHostsOverTcp() throws IOException {
        List<String> lines = new ArrayList<>(IntStream.rangeClosed(1, 250)
                .mapToObj(i -> "host-record=many.ippan.test,192.0.2." + i).toList());
        try (Counterpart server = Counterpart.dnsmasq(folder, lines)) {
            Set<String> found = addresses(search(server, "many.ippan.test:9700"));

            assertTrue(found.size() > 60, found.size() + " found");
        }
    }
}
