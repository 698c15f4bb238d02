// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDiscovery.Found;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that were told: they lead to a machine of the site, which a stranger may not have this node dial. */
class NamesToldTest extends Simulation {

    private static final byte[] TAG = HandshakeCodec.networkTag("default");
    private static final long NOW = TestNode.EPOCH.toEpochMilli();
    private static final String PUBLIC = "93.184.216.34";
    private static final PeerAddress INSIDE = PeerAddress.parse("inside.example:9700");

    private TestNode other;

    @BeforeEach
    void name() {
        other = keyed(3).start();
        network.name(INSIDE.host(), other.transport);
    }

    private TestNode keyed(int number) {
        TestIdentity identity = TestIdentity.of(number);
        TestNode node = new TestNode(network, identity.id(), "10." + number + ".0.1", state.resolve("k" + number),
                number);
        node.transport.identity(identity);
        return node;
    }

    private TestNode toldBy(String ip) {
        RawPeer peer = raw(2, ip);
        TestNode node = keyed(1).start();
        pass(0.1);
        peer.dial(node.address());
        pass(1);
        peer.send(FrameType.PEERS, AddressRecord.writeAnswer(List.of(
                AddressRecord.sign(TestIdentity.of(3), TAG, NOW, List.of(INSIDE.uri())))));
        pass(5);
        return node;
    }

    private TestNode finds(Consumer<Found> what) {
        TestNode node = keyed(1).start();
        node.core.addDiscovery(1L, "test", found -> {
            what.accept(found);
            return () -> { };
        });
        pass(5);
        return node;
    }

    private static String reason(TestNode node) {
        return node.operations.peers().stream().filter(peer -> peer.address().equals(INSIDE)).map(Peer::lastError)
                .findFirst().orElseThrow();
    }

    @Test
    void shouldNotLetANameOfAPublicPeerLeadIntoTheSite() {
        TestNode node = toldBy(PUBLIC);

        assertEquals(1, node.connected());
        assertTrue(reason(node).contains("may not lead to 10.3.0.1"), reason(node));
    }

    @Test
    void shouldFollowANameOfANeighbour() {
        assertEquals(2, toldBy("10.2.0.1").connected());
    }

    @Test
    void shouldFollowANameThatAnOperatorWroteWhoeverToldOfItToo() {
        TestNode node = toldBy(PUBLIC);

        node.seeds(INSIDE.toString());
        pass(60);

        assertEquals(2, node.connected());
    }

    @Test
    void shouldLetNamesOfADiscoveryLeadWhereItSays() {
        assertEquals(0, finds(found -> found.appeared(INSIDE, Optional.empty(),
                ip -> !ip.host().startsWith("1"))).connected());
    }

    @Test
    void shouldLetNamesOfRecordsLeadWhereTheirDiscoverySays() {
        byte[] record = AddressRecord.sign(TestIdentity.of(3), TAG, NOW, List.of(INSIDE.uri())).bytes();

        assertEquals(0, finds(found -> found.told(record, any -> true, ip -> !ip.host().startsWith("1"))).connected());
    }

    @Test
    void shouldFollowNamesOfADiscoveryThatSaysNothing() {
        assertEquals(1, finds(found -> found.appeared(INSIDE)).connected());
    }
}
