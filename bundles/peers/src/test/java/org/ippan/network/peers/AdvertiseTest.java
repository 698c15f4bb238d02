// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.peers.exchange.Advertisers.Registered;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What a node tells of itself where it listens on an address that stands for all of its machine. */
class AdvertiseTest extends Simulation {

    private TestNode keyed(int number, String ip) {
        TestIdentity identity = TestIdentity.of(number);
        TestNode node = new TestNode(network, identity.id(), ip, state.resolve("k" + number), number);
        node.transport.identity(identity);
        return node;
    }

    private TestNode onAll(String ip) {
        TestNode node = keyed(1, ip);
        node.transport.listensOnAll();
        return node.start();
    }

    @Test
    void shouldTellTheAddressThatItsLinksUse() {
        TestNode node = onAll("10.1.0.1");
        TestNode other = keyed(2, "10.2.0.1").start();
        node.seeds(other.address().toString());

        pass(2);

        assertEquals("10.1.0.1:9700", node.operations.snapshot().advertised());
        assertEquals("", node.operations.snapshot().unfindable());
    }

    /** The third knows the second only, and has to find the first. */
    @Test
    void shouldBeFoundByPeersThatAreToldOfIt() {
        TestNode node = onAll("10.1.0.1");
        TestNode other = keyed(2, "10.2.0.1").start();
        node.seeds(other.address().toString());
        pass(5);

        TestNode third = keyed(3, "10.3.0.1").seeds(other.address().toString()).start();
        pass(120);

        assertEquals(2, third.connected());
    }

    @Test
    void shouldTellNothingBeforeItKnowsAnAddress() {
        TestNode node = onAll("10.1.0.1");

        pass(2);

        assertEquals("", node.operations.snapshot().advertised());
        assertEquals("", node.operations.snapshot().unfindable(), "there is no peer to be told by");
    }

    @Test
    void shouldTellLoopbackOnlyWhereNothingElseIsKnown() {
        TestNode node = onAll("127.0.0.1");
        TestNode other = keyed(2, "127.0.0.2").start();
        node.seeds(other.address().toString());

        pass(2);

        assertEquals("127.0.0.1:9700", node.operations.snapshot().advertised());
    }

    @Test
    void shouldSayThatPeersBeyondItsNetworkCannotReachIt() {
        TestNode node = onAll("10.1.0.1");
        TestNode other = keyed(2, "203.0.113.2").start();
        node.seeds(other.address().toString());

        pass(2);
        String alone = node.operations.snapshot().unfindable();
        node.set("advertise", List.of("198.51.100.7:9700"));
        pass(1);

        assertEquals("it advertises only addresses of its own network, 10.1.0.1:9700, but has peers beyond it", alone);
        assertEquals("198.51.100.7:9700", node.operations.snapshot().advertised());
        assertEquals("", node.operations.snapshot().unfindable());
    }

    /** Each is a registration of its own, as the container counts them. */
    private static void advertise(TestNode node, AddressAdvertiser... services) {
        node.core.advertisers(IntStream.range(0, services.length)
                .mapToObj(i -> new Registered((long) i, services[i])).toList());
    }

    @Test
    void shouldTakeAnAdvertiserForItsRegistrationAndNotForItsObject() {
        TestNode node = keyed(1, "10.1.0.1").start();
        AddressAdvertiser same = () -> {
            throw new IllegalStateException("no gateway");
        };
        advertise(node, same, same);
        pass(2);
        int both = node.faults.callbackFaults().size();

        advertise(node, same);
        pass(2);

        assertEquals(2, both);
        assertEquals(1, node.faults.callbackFaults().size());
    }

    @Test
    void shouldTellWhatAdvertisersKnowBeforeWhereItListens() {
        TestNode node = keyed(1, "10.1.0.1").start();
        advertise(node, () -> List.of(PeerAddress.parse("198.51.100.7:40000")));
        pass(1);
        String mapped = node.operations.snapshot().advertised();
        node.set("advertise", List.of("198.51.100.9:9700"));
        pass(1);
        String configured = node.operations.snapshot().advertised();
        advertise(node);
        node.set("advertise", List.of());
        pass(1);

        assertEquals("198.51.100.7:40000, 10.1.0.1:9700", mapped);
        assertEquals("198.51.100.9:9700", configured);
        assertEquals("10.1.0.1:9700", node.operations.snapshot().advertised());
    }

    @Test
    void shouldSurviveAnAdvertiserThatThrows() {
        TestNode node = keyed(1, "10.1.0.1").start();
        advertise(node, () -> {
            throw new IllegalStateException("no gateway");
        }, () -> List.of(PeerAddress.parse("198.51.100.7:40000")));

        pass(2);

        assertEquals("198.51.100.7:40000, 10.1.0.1:9700", node.operations.snapshot().advertised());
        assertEquals(1, node.log.stream().filter(line -> line.contains("no gateway")).count(), node.log.toString());
    }

    @Test
    void shouldGoOnWithWhatAnAdvertiserSaidLastWhileItHangs() {
        TestNode node = keyed(1, "10.1.0.1").start();
        advertise(node, () -> List.of(PeerAddress.parse("198.51.100.7:40000")));
        pass(1);
        List<Runnable> held = new ArrayList<>();
        node.callbacks = held::add;

        pass(5);

        assertEquals("198.51.100.7:40000, 10.1.0.1:9700", node.operations.snapshot().advertised());
        assertEquals(1, held.size(), "one that did not answer is not asked again");
    }

    @Test
    void shouldSayWhatIsWrongWithAnswersOfAdvertisers() {
        TestNode node = keyed(1, "10.1.0.1").start();
        advertise(node, () -> null, () -> Collections.singletonList(null));

        pass(2);

        assertEquals("10.1.0.1:9700", node.operations.snapshot().advertised());
        assertEquals(2, node.log.stream().filter(line -> line.endsWith("Exception: no addresses")
                || line.endsWith("Exception: an address that is null")).count(), node.log.toString());
    }

    @Test
    void shouldNameAnAdvertiserOfAddressesThatPeersCannotBeToldAndTellTheOthers() {
        TestNode node = keyed(1, "10.1.0.1").start();
        String longName = "n".repeat(60) + ".example.org:9700";
        advertise(node, () -> List.of(PeerAddress.parse("0.0.0.0:9700"), PeerAddress.parse("198.51.100.7:40000")),
                () -> List.of(PeerAddress.parse(longName)));

        pass(2);

        assertEquals("198.51.100.7:40000, 10.1.0.1:9700", node.operations.snapshot().advertised());
        assertEquals(2, node.log.stream().filter(line -> line.endsWith("peers cannot be told of 0.0.0.0:9700")
                || line.endsWith("peers cannot be told of " + longName)).count(), node.log.toString());
    }
}
