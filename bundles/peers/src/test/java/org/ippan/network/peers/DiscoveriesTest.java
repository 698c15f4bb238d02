// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDiscovery.Found;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.dial.TellerDials;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** What discovery services find: dialled, judged by what is known better, and forgotten when it goes. */
class DiscoveriesTest extends Simulation {

    private static final byte[] TAG = HandshakeCodec.networkTag("default");
    private static final long NOW = TestNode.EPOCH.toEpochMilli();
    private static final PeerAddress NOWHERE = PeerAddress.parse("10.77.0.1:9700");

    private TestNode keyed(int number) {
        TestIdentity identity = TestIdentity.of(number);
        TestNode node = new TestNode(network, identity.id(), "10." + number + ".0.1", state.resolve("k" + number),
                number);
        node.transport.identity(identity);
        return node;
    }

    private static TestNode finds(TestNode node, Consumer<Found> what) {
        node.core.addDiscovery(1L, "test", found -> {
            what.accept(found);
            return () -> { };
        });
        return node;
    }

    private static long discovered(TestNode node) {
        return node.operations.snapshot().addresses().get(AddressSource.DISCOVERED);
    }

    private static Peer at(TestNode node, PeerAddress address) {
        return node.operations.peers().stream().filter(peer -> peer.address().equals(address)).findFirst()
                .orElseThrow();
    }

    @Test
    void shouldDialWhatDiscoveryFindsAndForgetItWhenItGoes() {
        TestNode other = keyed(2).start();
        TestNode node = finds(keyed(1).start(), found -> {
            found.appeared(other.address());
            found.appeared(NOWHERE);
        });

        pass(1);
        assertEquals(1, node.connected());
        assertEquals(1, discovered(node));
        node.core.removeDiscovery(1L);
        pass(15);

        assertEquals(0, discovered(node));
        assertEquals(List.of(other.address()), node.operations.peers().stream().map(Peer::address).toList());
    }

    @Test
    void shouldConnectToThePeerThatADiscoveryPins() {
        TestNode other = keyed(2).start();
        TestNode node = finds(keyed(1).start(), found -> found.appeared(other.address(), other.id()));

        pass(1);

        assertEquals(1, node.connected());
    }

    @Test
    void shouldSendAnotherPeerThanTheOnePinnedAwayWithoutTakingPoints() {
        TestNode other = keyed(2).start();
        TestNode node = finds(keyed(1).start(),
                found -> found.appeared(other.address(), TestIdentity.of(3).id()));

        pass(5);

        assertEquals(0, node.connected());
        assertEquals(List.of(), node.reputation.records);
        assertEquals(List.of(), other.reputation.records);
        assertEquals(EndCause.OTHER_PEER, at(node, other.address()).endCause());
    }

    @Test
    void shouldNotLetADiscoveryKeepItFromAPeerThatItMetOrThatIsConfigured() {
        TestNode met = keyed(2).start();
        TestNode configured = keyed(3).start();
        TestNode node = keyed(1).seeds(configured.address().toString()).start();
        finds(node, found -> found.appeared(met.address()));
        pass(2);
        assertEquals(2, node.connected());

        node.core.removeDiscovery(1L);
        finds(node, found -> {
            found.appeared(met.address(), TestIdentity.of(4).id());
            found.appeared(configured.address(), TestIdentity.of(4).id());
        });
        node.transport.connections().forEach(connection -> connection.abort());
        pass(120);

        assertEquals(2, node.connected());
    }

    @Test
    void shouldDialNoMoreThanItsShareOfOneSource() {
        TestNode node = keyed(1).set("outboundTarget", "1000").start();
        long before = node.operations.snapshot().dials();
        finds(node, found -> {
            for (int i = 1; i <= 200; i++) {
                found.appeared(PeerAddress.tcp("10.99.0." + i, 9700));
            }
        });

        pass(50);

        assertEquals(TellerDials.MAX_A_MINUTE_DISCOVERED, node.operations.snapshot().dials() - before);
        assertEquals(200, discovered(node));
    }

    @Test
    void shouldIgnoreItsOwnAddressAndItsOwnId() {
        TestNode node = keyed(1).start();
        pass(1);
        finds(node, found -> {
            found.appeared(node.address());
            found.appeared(NOWHERE, node.id());
        });

        pass(2);

        assertEquals(0, discovered(node));
        assertEquals(0, node.operations.snapshot().dials());
    }

    @Test
    void shouldTakeARecordThatAPeerSignedOfItselfAndNoForgedOne() {
        TestNode other = keyed(2).start();
        byte[] genuine = AddressRecord.sign(TestIdentity.of(2), TAG, NOW, List.of(other.address().uri())).bytes();
        byte[] forged = AddressRecord.sign(TestIdentity.of(3), TAG, NOW, List.of(NOWHERE.uri())).bytes();
        forged[forged.length - 1] ^= 1;
        byte[] elsewhere = AddressRecord.sign(TestIdentity.of(4), HandshakeCodec.networkTag("other"), NOW,
                List.of(NOWHERE.uri())).bytes();
        TestNode node = finds(keyed(1).start(), found -> {
            found.told(genuine, address -> true);
            found.told(forged, address -> true);
            found.told(elsewhere, address -> true);
            found.told(new byte[] {1, 2, 3}, address -> true);
        });

        pass(1);

        assertEquals(1, node.connected());
        assertEquals(2, node.operations.snapshot().addressesDropped().get(AddressDrop.FORGED));
        assertEquals(1, node.operations.snapshot().addressesDropped().get(AddressDrop.BAD_TEXT));
        assertTrue(node.operations.peers().stream().noneMatch(peer -> peer.address().equals(NOWHERE)));
    }

    @Test
    void shouldAskADiscoveryForItsOpinionOnTheThreadThatTells() {
        TestNode other = keyed(2).start();
        byte[] genuine = AddressRecord.sign(TestIdentity.of(2), TAG, NOW, List.of(other.address().uri())).bytes();
        List<PeerAddress> asked = new ArrayList<>();
        List<PeerAddress> early = new ArrayList<>();
        finds(keyed(1).start(), found -> {
            found.told(genuine, asked::add);
            early.addAll(asked);
        });

        pass(1);

        assertEquals(List.of(other.address()), early);
        assertEquals(early, asked);
    }

    @Test
    void shouldGiveItsOwnRecordAndThoseOfOthersToWhereNodesLook() {
        TestNode other = keyed(2).start();
        TestNode node = keyed(1).seeds(other.address().toString()).start();
        pass(5);
        List<byte[]> records = node.operations.addressRecords(1000);

        TestNode late = finds(keyed(3).start(), found -> records.forEach(record -> found.told(record, all -> true)));
        pass(5);

        assertEquals(2, records.size());
        assertEquals(2, late.connected());
        assertEquals(1, node.operations.addressRecords(1).size());
        node.set("exchange", "false");
        pass(1);
        assertEquals(List.of(), node.operations.addressRecords(1000));
    }

    @Test
    void shouldTakeOnlyThoseAddressesOfARecordThatItsSourceMayTell() {
        byte[] record = AddressRecord.sign(TestIdentity.of(2), TAG, NOW, List.of(NOWHERE.uri())).bytes();
        TestNode node = finds(keyed(1).start(), found -> found.told(record, address -> false));

        pass(1);

        assertEquals(0, node.operations.peers().size());
        assertEquals(1, node.operations.snapshot().addressesDropped().get(AddressDrop.PRIVATE));
    }

    /** The log has it; what is gone is nothing to correct any more. */
    @Test
    void shouldForgetADiscoveryThoughItFailsWhenItEnds() {
        TestNode node = keyed(1).start();
        node.core.addDiscovery(1L, "test", found -> () -> {
            throw new IllegalStateException("no socket");
        });
        pass(1);
        List<Runnable> later = new ArrayList<>();
        node.callbacks = later::add;

        node.core.removeDiscovery(1L);
        pass(1);
        List.copyOf(later).forEach(Runnable::run);

        assertTrue(node.log.stream().anyMatch(line -> line.contains("no socket")), node.log.toString());
        assertEquals(List.of(), node.faults.callbackFaults());
    }
}
