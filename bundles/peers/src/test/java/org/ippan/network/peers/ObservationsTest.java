// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ippan.network.peers.context.Observations;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.peers.wire.SeenAddress;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Where peers see a node, and whom it believes. */
class ObservationsTest extends Simulation {

    private static final String OWN = "198.51.100.7";

    private TestNode connected(String... peers) {
        TestNode node = node(1, OWN);
        List<Object> seeds = new ArrayList<>();
        for (int i = 0; i < peers.length; i++) {
            seeds.add(node(2 + i, peers[i]).start().address().toString());
        }
        node.seeds(seeds.toArray()).start();
        pass(3);
        assertEquals(peers.length, node.connected());
        return node;
    }

    @Test
    void shouldBelieveThreePeersInDifferentNetworks() throws Exception {
        TestNode node = connected("203.0.113.1", "192.0.2.1", "100.200.0.1");

        assertEquals(List.of(InetAddress.getByName(OWN)), node.operations.observedAddresses());

        pass(3601);

        assertEquals(List.of(), node.operations.observedAddresses());
    }

    @Test
    void shouldNotBelieveTwoNetworksHoweverManyPeersTheyHave() {
        assertEquals(List.of(),
                connected("203.0.113.1", "192.0.2.1", "192.0.2.2", "192.0.3.3").operations.observedAddresses());
    }

    @Test
    void shouldNotBelievePeersOnItsOwnSideOfARouter() {
        assertEquals(List.of(),
                connected("10.1.0.1", "172.16.0.1", "192.168.1.1").operations.observedAddresses());
    }

    @Test
    void shouldNotBelievePeersThatItDidNotDial() {
        TestNode node = node(1, OWN).start();
        node(2, "203.0.113.1").seeds(node.address().toString()).start();
        node(3, "192.0.2.1").seeds(node.address().toString()).start();
        node(4, "100.200.0.1").seeds(node.address().toString()).start();
        pass(3);

        assertEquals(3, node.connected());
        assertEquals(List.of(), node.operations.observedAddresses());
    }

    /** Whatever peers over IPv6 say, and however many they are, those over IPv4 see another address. */
    @Test
    void shouldBelieveAnAddressOfEachFamily() throws Exception {
        ManualScheduler time = new ManualScheduler();
        Observations observations = new Observations(time);
        for (String peer : List.of("2001:db8::1", "2a00:1::1", "2a00:2::1", "2a00:3::1")) {
            observations.said(InetAddress.getByName(peer), InetAddress.getByName("2a00:9::7"));
        }
        assertEquals(List.of(InetAddress.getByName("2a00:9::7")), observations.addresses());
        time.advance(Duration.ofMinutes(30));
        for (String peer : List.of("203.0.113.1", "192.0.2.1", "100.200.0.1")) {
            observations.said(InetAddress.getByName(peer), InetAddress.getByName(OWN));
        }

        assertEquals(List.of(InetAddress.getByName(OWN), InetAddress.getByName("2a00:9::7")),
                observations.addresses());

        time.advance(Duration.ofMinutes(31));
        assertEquals(List.of(InetAddress.getByName(OWN)), observations.addresses());
    }

    @Test
    void shouldReadWhatItSaidAndNothingElse() throws Exception {
        byte[] hello = new Hello(1, 1, new byte[16], 0, 0, 1 << 20, Peers.peer(1), 1, new byte[32], 9700, "agent")
                .encode();
        InetAddress v4 = InetAddress.getByName("198.51.100.7");
        InetAddress v6 = InetAddress.getByName("2001:db8::7");

        assertEquals(Optional.empty(), SeenAddress.read(hello));
        assertEquals(Optional.of(v4), SeenAddress.read(SeenAddress.append(hello, v4)));
        assertEquals(Optional.of(v6), SeenAddress.read(SeenAddress.append(hello, v6)));
        assertEquals("agent", Hello.decode(SeenAddress.append(hello, v6)).agent());
        for (byte family : new byte[] {0, 4, 5, 6, -1}) {
            byte[] cut = Arrays.copyOf(hello, hello.length + 4);
            cut[hello.length] = family;
            assertEquals(Optional.empty(), SeenAddress.read(cut));
        }
    }
}
