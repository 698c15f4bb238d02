// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.search.Searcher;
import org.ippan.network.discovery.settings.MdnsSettings;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes find each other over real multicast sockets, on the loopback interface and a port that nothing else has. */
class MdnsSourceTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final List<MdnsSource> open = new ArrayList<>();
    private InetSocketAddress group;
    private String loopback;

    @BeforeEach
    void findPort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(0)) {
            group = new InetSocketAddress("224.0.0.251", free.getLocalPort());
        }
        loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getName();
    }

    @AfterEach
    void close() {
        open.forEach(MdnsSource::close);
        readers.shutdownNow();
    }

    /** Other settings for the same interface are no reason to forget who is there. */
    @Test
    void shouldKnowWithNewSettingsWhomItKnewBefore() {
        node(1, true, new RefusalCounts());
        MdnsSource before = node(2, false, new RefusalCounts());
        Eventually.until("the first is found", SOON, () -> {
            seen(open.get(0));
            return seen(before).equals(List.of(at(1)));
        });
        MdnsSource next = node(2, true, new RefusalCounts());

        next.follow(before);
        before.close();

        assertTrue(seen(next).contains(at(1)));
        MdnsSource elsewhere = new LocalNetwork(group, Optional::empty, Optional::empty, new Network(Optional::empty),
                readers, Ticker.system(), new RefusalCounts())
                .source(new MdnsSettings(true, List.of("127.0.0.1"), false, new Rules(64, true, true)));
        open.add(elsewhere);
        elsewhere.follow(before);
        assertFalse(seen(elsewhere).contains(at(1)));
    }

    private MdnsSource node(int peer, boolean announce, RefusalCounts tally) {
        return node(peer, "127.0.0.1", announce, tally);
    }

    private MdnsSource node(int peer, String listening, boolean announce, RefusalCounts tally) {
        MdnsSource source = new LocalNetwork(group, () -> Optional.of(Peers.peer(peer)),
                () -> Optional.of(PeerAddress.tcp(listening, 9700 + peer)),
                new Network(() -> Optional.of(new byte[16])), readers, Ticker.system(), tally)
                .source(new MdnsSettings(true, List.of(loopback), announce, new Rules(64, true, true)));
        open.add(source);
        return source;
    }

    private static List<String> seen(MdnsSource source) {
        try {
            return source.look().candidates().stream().map(candidate -> candidate.address() + "#"
                    + candidate.pin().orElseThrow().shortForm()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String at(int peer) {
        return "127.0.0.1:" + (9700 + peer) + "#" + Peers.peer(peer).shortForm();
    }

    @Test
    void shouldFindEachOtherAndNoticeThatOneGoes() {
        MdnsSource one = node(1, true, new RefusalCounts());
        MdnsSource two = node(2, true, new RefusalCounts());
        MdnsSource silent = node(3, false, new RefusalCounts());

        // Each has to look for the others to hear of it.
        Eventually.until(() -> "all are found: " + seen(silent), SOON, () -> seen(one).contains(at(2))
                & seen(two).contains(at(1)) & seen(silent).equals(List.of(at(1), at(2))));
        // A node hears what it says itself, and is not what it searches.
        assertEquals(List.of(at(2)), seen(one));
        one.close();

        Eventually.until(() -> "one has gone: " + seen(silent), SOON, () -> seen(silent).equals(List.of(at(2))));
        assertFalse(seen(two).contains(at(3)));
    }

    @Test
    void shouldBeFoundWhereItListensAtAName() {
        MdnsSource one = node(1, "localhost", true, new RefusalCounts());
        MdnsSource two = node(2, false, new RefusalCounts());

        Eventually.until("the first is found", SOON, () -> {
            seen(one);
            return seen(two).equals(List.of(at(1)));
        });
    }

    @Test
    void shouldBeFoundByOneThatComesLater() {
        MdnsSource one = node(1, true, new RefusalCounts());
        for (int i = 0; i < 3; i++) {
            seen(one);
        }

        MdnsSource late = node(2, false, new RefusalCounts());

        Eventually.until("the first is found", SOON, () -> {
            seen(one);
            return seen(late).equals(List.of(at(1)));
        });
    }

    @Test
    void shouldHeedNoPacketFromAnotherPortAndFewOfAFlood() throws IOException {
        RefusalCounts tally = new RefusalCounts();
        MdnsSource victim = node(1, false, tally);
        seen(victim);
        byte[] garbage = new byte[500];
        byte[] lie = MdnsMessages.announcement(new MdnsMessages.Self(Peers.peer(5), 9705, new byte[16],
                ip -> true),
                List.of(InetAddress.getByName("127.0.0.1")), false).orElseThrow();
        try (MulticastSocket stranger = new MulticastSocket(0)) {
            stranger.setNetworkInterface(NetworkInterface.getByName(loopback));
            stranger.send(new DatagramPacket(lie, lie.length, group));
        }
        try (MulticastSocket flood = new MulticastSocket(group.getPort())) {
            flood.setNetworkInterface(NetworkInterface.getByName(loopback));
            for (int i = 0; i < 50_000; i++) {
                flood.send(new DatagramPacket(garbage, garbage.length, group));
            }
        }

        Searcher counted = new Searcher("mdns", tally, Executors.newSingleThreadScheduledExecutor(), Ticker.system(),
                text -> { }, text -> { });
        Eventually.until("the flood is counted", SOON,
                () -> counted.snapshot().refused().get(FindingRefusal.PACKETS) > 1000);
        assertEquals(List.of(), seen(victim));
    }

    /** The clock stands still: what was used up in a second stays so. */
    @Test
    void shouldLetNoStrangerUseUpWhatNeighboursMaySay() throws IOException {
        AtomicInteger heard = new AtomicInteger();
        RefusalCounts tally = new RefusalCounts();
        NetworkInterface on = NetworkInterface.getByName(loopback);
        MdnsSockets sockets = new MdnsSockets(group, List.of(on), readers, new ManualScheduler(), tally);
        byte[] question = MdnsMessages.question();
        try (MulticastSocket stranger = new MulticastSocket(0)) {
            stranger.setNetworkInterface(on);
            sockets.receive(packet -> heard.incrementAndGet());
            for (int i = 0; i < 10 * MdnsSockets.MAX_PACKETS_A_SECOND; i++) {
                stranger.send(new DatagramPacket(question, question.length, group));
            }
            Eventually.until("strangers are refused", SOON,
                    () -> tally.counts().get(FindingRefusal.PACKETS) > MdnsSockets.MAX_PACKETS_A_SECOND);

            Eventually.until("a neighbour is heard", SOON, () -> {
                sockets.send(ips -> Optional.of(question));
                return heard.get() > 0;
            });
        } finally {
            sockets.close();
        }
    }

    @Test
    void shouldHearOnAfterAPacketThatNobodyForesaw() throws IOException {
        AtomicInteger heard = new AtomicInteger();
        MdnsSockets sockets = new MdnsSockets(group, List.of(NetworkInterface.getByName(loopback)), readers,
                Ticker.system(), new RefusalCounts());
        try {
            sockets.receive(packet -> {
                heard.incrementAndGet();
                throw new IllegalStateException("unforeseen");
            });

            Eventually.until("it hears more than one", SOON, () -> {
                sockets.send(ips -> Optional.of(MdnsMessages.question()));
                return heard.get() > 1;
            });
        } finally {
            sockets.close();
        }
    }

    @Test
    void shouldNameAnInterfaceThatIsLeftOutThoughOthersWork() throws IOException {
        Optional<String> without = NetworkInterface.networkInterfaces().filter(one -> one.inetAddresses()
                .noneMatch(Inet4Address.class::isInstance)).map(NetworkInterface::getName).findFirst();
        Assumptions.assumeTrue(without.isPresent(), "an interface without an IPv4 address");
        MdnsSource source = new LocalNetwork(group, Optional::empty, Optional::empty, new Network(Optional::empty),
                readers, Ticker.system(), new RefusalCounts())
                .source(new MdnsSettings(true, List.of(loopback, without.get()), true, new Rules(64, true, true)));
        open.add(source);

        String error = source.look().error();

        assertTrue(error.startsWith("interface " + without.get() + ": "), error);
    }

    @Test
    void shouldNameTheInterfacesThereAreWhenOneIsMissing() {
        MdnsSource source = new LocalNetwork(group, Optional::empty, Optional::empty, new Network(Optional::empty),
                readers, Ticker.system(), new RefusalCounts())
                .source(new MdnsSettings(true, List.of("nic9"), true, new Rules(64, true, true)));

        String error = assertThrows(IOException.class, source::look).getMessage();

        assertTrue(error.contains("no network interface nic9") && error.contains(loopback), error);
    }

    @Test
    void shouldTellNeighboursFromOthers() throws IOException {
        InetAddress own = InetAddress.getByName("192.168.1.10");
        assertTrue(MdnsSockets.isSameNet(own, InetAddress.getByName("192.168.1.250"), 24));
        assertFalse(MdnsSockets.isSameNet(own, InetAddress.getByName("192.168.2.10"), 24));
        assertTrue(MdnsSockets.isSameNet(own, own, 32));
        assertFalse(MdnsSockets.isSameNet(own, InetAddress.getByName("192.168.1.11"), 32));
        assertFalse(MdnsSockets.isSameNet(own, InetAddress.getByName("2001:db8::1"), 24));
    }
}
