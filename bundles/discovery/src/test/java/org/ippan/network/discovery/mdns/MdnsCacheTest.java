// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

class MdnsCacheTest {

    private static final byte[] TAG = new byte[16];

    private final ManualScheduler time = new ManualScheduler();
    private final MdnsCache cache = new MdnsCache(time, new Network(() -> Optional.of(TAG)), new RefusalCounts());

    private static List<Record> announced(int peer, byte[] tag, boolean goodbye) throws IOException {
        return new Message(MdnsMessages.announcement(new MdnsMessages.Self(Peers.peer(peer), 9700, tag,
                ip -> true),
                List.of(InetAddress.getByName("192.0.2." + peer)), goodbye).orElseThrow()).getSection(Section.ANSWER);
    }

    private List<String> found() {
        return cache.candidates().stream().map(candidate -> candidate.address() + "#"
                + candidate.pin().orElseThrow().shortForm()).toList();
    }

    private static String at(int peer) {
        return "192.0.2." + peer + ":9700#" + Peers.peer(peer).shortForm();
    }

    @Test
    void shouldFindWhatIsAnnouncedUntilItPasses() throws IOException {
        cache.take(announced(1, TAG, false));
        assertEquals(List.of(at(1)), found());

        time.advance(Duration.ofSeconds(MdnsMessages.TTL_SECONDS));

        assertEquals(List.of(), found());
        assertEquals(0, cache.names());
    }

    @Test
    void shouldTakeOverWhatAnotherKnowsAndForAsLong() throws IOException {
        cache.take(announced(1, TAG, false));
        time.advance(Duration.ofSeconds(MdnsMessages.TTL_SECONDS / 2));
        MdnsCache next = new MdnsCache(time, new Network(() -> Optional.of(TAG)), new RefusalCounts());

        next.follow(cache);

        assertEquals(1, next.candidates().size());
        next.take(announced(1, TAG, true));
        time.advance(Duration.ofSeconds(1));
        assertEquals(List.of(), next.candidates());
        assertEquals(List.of(at(1)), found());
        time.advance(Duration.ofSeconds(MdnsMessages.TTL_SECONDS / 2));
        assertEquals(List.of(), found());
    }

    @Test
    void shouldSayNothingOnAnInterfaceWhereTheNodeDoesNotListen() throws IOException {
        InetAddress local = InetAddress.getByName("127.0.0.1");
        MdnsMessages.Self self = new MdnsMessages.Self(Peers.peer(1), 9700, TAG, local::equals);

        assertTrue(MdnsMessages.announcement(self, List.of(InetAddress.getByName("192.0.2.1")), false).isEmpty());
        assertTrue(MdnsMessages.announcement(self, List.of(local), false).isPresent());
    }

    @Test
    void shouldForgetWhatSaysGoodbye() throws IOException {
        cache.take(announced(1, TAG, false));
        cache.take(announced(2, TAG, false));

        cache.take(announced(1, TAG, true));
        time.advance(Duration.ofSeconds(1));

        assertEquals(List.of(at(2)), found());
    }

    @Test
    void shouldPutTogetherRecordsThatComeOneByOne() throws IOException {
        for (Record record : announced(1, TAG, false)) {
            assertEquals(List.of(), found());
            cache.take(List.of(record));
        }

        assertEquals(List.of(at(1)), found());
    }

    @Test
    void shouldIgnoreAnotherNetwork() throws IOException {
        byte[] other = new byte[16];
        other[0] = 1;

        cache.take(announced(1, other, false));

        assertEquals(List.of(), found());
    }

    @Test
    void shouldKeepNothingOfOtherServices() throws IOException {
        Name printers = Name.fromString("_ipp._tcp.local.");
        Name printer = Name.fromString("laser._ipp._tcp.local.");
        Name host = Name.fromString("printer.local.");

        cache.take(List.of(new PTRRecord(printers, DClass.IN, 120, printer),
                new SRVRecord(printer, DClass.IN, 120, 0, 0, 631, host),
                new TXTRecord(printer, DClass.IN, 120, "peer=" + Peers.peer(1)),
                new ARecord(host, DClass.IN, 120, InetAddress.getByName("192.0.2.9")),
                new PTRRecord(MdnsMessages.SERVICE, DClass.IN, 120, printer)));

        assertEquals(0, cache.names());
    }

    @Test
    void shouldStayBoundedInAFloodOfNamesAndAddresses() throws IOException {
        for (int i = 0; i < 5_000; i++) {
            Name instance = Name.fromString("i" + i + "._ippan._tcp.local.");
            Name host = Name.fromString("h" + i + ".local.");
            cache.take(List.of(new PTRRecord(MdnsMessages.SERVICE, DClass.IN, Integer.MAX_VALUE, instance),
                    new SRVRecord(instance, DClass.IN, 120, 0, 0, 9700, host),
                    new TXTRecord(instance, DClass.IN, 120, "peer=" + Peers.peer(1)),
                    new ARecord(host, DClass.IN, 120, InetAddress.getByName("192.0.2.1"))));
            Name same = Name.fromString("h0.local.");
            cache.take(List.of(new ARecord(same, DClass.IN, 120, InetAddress.getByAddress(
                    new byte[] {10, 0, (byte) (i >> 8), (byte) i}))));
        }

        assertEquals(2 * MdnsCache.MAX_NAMES, cache.names());
        assertTrue(found().size() <= MdnsCache.MAX_NAMES + 8, found().size() + " found");
    }
}
