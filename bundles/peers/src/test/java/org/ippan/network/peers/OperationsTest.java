// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.core.PeerOperations;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What operators see and do. */
class OperationsTest extends Simulation {

    private TestNode node;
    private TestNode other;

    @BeforeEach
    void startNodes() {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state.resolve("node"), 1).start();
        other = new TestNode(network, Peers.bob(), "10.0.0.2", state.resolve("other"), 2).start();
        pass(0.5);
    }

    /** The reference's "peer directory": add, find, list, remove. */
    /** It stands in tables and logs, and orders are given by it. */
    @Test
    void shouldRefuseAnAliasThatCannotBeShownOrMeansAnotherPeer() {
        TestNode node = node(1).start();
        PeerAddress address = PeerAddress.parse("10.0.9.1:9700");
        for (String alias : List.of("x".repeat(65), "a\nb", "\u001b[2J", "\u202egnp", "10.0.0.2:9700", "ABCDEF01",
                "ab".repeat(32))) {
            String said = assertThrows(IllegalArgumentException.class, () -> node.operations.add(address, alias))
                    .getMessage();

            assertTrue(said.endsWith(": must be at most 64 characters without control characters, and neither an"
                    + " address nor 8 or more digits of an id"), said);
            assertEquals(said, said.replaceAll("\\p{Cntrl}", ""));
        }
        node.operations.add(address, "pa ris");
        pass(0.1);

        assertEquals("pa ris", node.operations.peers().get(0).alias());
    }

    @Test
    void shouldKeepAPeerDirectory() {
        other.set("outboundTarget", "0");
        node.operations.add(other.address(), "paris");
        pass(1);

        Peer peer = node.operations.peer(other.id()).orElseThrow();
        assertEquals("paris", peer.alias());
        assertEquals(List.of(peer.id()), node.operations.connected().stream().map(Peer::id).toList());
        assertEquals(List.of(peer.id()), node.operations.peers().stream().map(Peer::id).toList());
        assertTrue(node.operations.remove(other.address()));
        pass(3);
        assertEquals(0, node.connected());
        assertFalse(node.operations.remove(other.address()));
        assertEquals(Optional.of(node.id()), node.operations.localId());
        assertEquals(Optional.empty(), node.operations.peer(Peers.carol()));
    }

    @Test
    void shouldTellAllAboutAConnectedPeer() {
        other.operations.add(node.address(), "");
        pass(10);

        Peer seen = node.operations.connected().get(0);

        assertEquals(Direction.INBOUND, seen.direction());
        assertEquals(PeerAddress.tcp("10.0.0.2", 9700), seen.address());
        assertEquals("ippan-network/1.0", seen.agent());
        assertTrue(seen.uptime().compareTo(Duration.ofSeconds(9)) > 0);
        assertEquals(Duration.ofMillis(2), seen.roundTrip());
        assertTrue(seen.lastSeen().isPresent());
        assertFalse(seen.configured());
        assertTrue(other.operations.connected().get(0).configured());
        assertEquals(1, node.operations.snapshot().inbound());
        assertEquals(1, other.operations.snapshot().outbound());
        assertEquals(1, other.operations.snapshot().configured());
    }

    @Test
    void shouldSayWhyAPeerIsNotConnected() {
        other.operations.add(node.address(), "");
        pass(1);

        node.operations.disconnect(other.id(), "for\na while");
        pass(0.02);

        Peer gone = other.operations.peer(node.id()).orElseThrow();
        assertFalse(gone.connected());
        assertEquals("it left the network: for?a while", gone.lastError());
        pass(5);
        assertEquals(1, other.connected(), "a configured peer comes back");
    }

    @Test
    void shouldDialNowWhateverTheBackOff() {
        PeerAddress address = PeerAddress.tcp("10.0.0.3", 9700);
        node.operations.add(address, "");
        pass(300);
        long dials = node.operations.snapshot().dials();

        node.operations.connect(address);
        pass(0.001);

        assertEquals(dials + 1, node.operations.snapshot().dials());
    }

    @Test
    void shouldRefuseToDialPortZero() {
        PeerAddress nowhere = PeerAddress.tcp("10.0.0.3", 0);

        assertThrows(IllegalArgumentException.class, () -> node.operations.add(nowhere, ""));
        assertThrows(IllegalArgumentException.class, () -> node.operations.connect(nowhere));
    }

    @Test
    void shouldRefuseToDialWhatNothingHereDials() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> node.operations.connect(PeerAddress.parse("https://10.0.0.3:443/ippan")));

        assertEquals("address = https://10.0.0.3:443/ippan: nothing here dials https addresses; inside WebSocket they"
                + " begin with ws:// or wss://", refused.getMessage());
    }

    @Test
    void shouldNotRemoveWhatIsConfigured() {
        node.seeds(other.address().toString());
        pass(1);

        assertFalse(node.operations.remove(other.address()));
        assertTrue(node.operations.isConfigured(other.address()));
        assertFalse(node.operations.isConfigured(node.address()));
        assertEquals(1, node.connected());
    }

    /** It would be dialled on, and said to be removed. */
    @Test
    void shouldNotRemoveAnAddedPeerThatIsConfiguredToo() {
        List<PeerAddress> dropped = new ArrayList<>();
        PeerOperations operations = keeping(dropped);
        node.seeds(other.address().toString());
        pass(1);

        assertFalse(operations.remove(other.address()));
        assertEquals(List.of(), dropped);
        node.seeds();
        assertTrue(operations.remove(other.address()));
        assertEquals(List.of(other.address()), dropped);
    }

    /** Operations of a node whose container stores peers, and tells of it later. */
    private PeerOperations keeping(List<PeerAddress> dropped) {
        return new PeerOperations(node.core, new PeerOperations.Kept() {
            @Override
            public Optional<String> keep(PeerAddress address, String alias) {
                return Optional.of("a.pid~" + alias);
            }

            @Override
            public boolean drop(PeerAddress address) {
                return dropped.add(address);
            }

            @Override
            public Optional<String> file(String alias) {
                return Optional.empty();
            }
        });
    }

    /** A busy container may be late: the peer would stay connected, and in the book. */
    @Test
    void shouldForgetAKeptPeerHoweverLateTheContainerTellsThatItsConfigurationIsGone() {
        PeerOperations operations = keeping(new ArrayList<>());
        other.set("outboundTarget", "0");
        node.core.named(List.of(() -> Optional.of(Seed.parse(other.address().toString(), "paris"))));
        pass(1);
        assertTrue(operations.remove(other.address()));
        pass(5);
        assertEquals(1, node.connected());

        node.core.named(List.of());
        pass(1);

        assertEquals(0, node.connected());
        assertEquals(Optional.empty(), node.core.book().find(other.address()));
    }

    @Test
    void shouldSaveTheBookInTheBackgroundAndNotLoseAnAddedPeerWithSettings() {
        node.operations.add(other.address(), "paris");
        pass(1);

        node.set("outboundTarget", "2");
        pass(1);

        assertEquals("paris", node.operations.connected().get(0).alias());
    }

    @Test
    void shouldRefuseItsOwnAddressAsThatOfAPeer() {
        List<Executable> orders = List.of(() -> node.operations.add(node.address(), "me"),
                () -> node.operations.connect(node.address()));
        for (Executable order : orders) {
            assertEquals("address = 10.0.0.1:9700: this node itself listens there; give the address of another node",
                    assertThrows(IllegalArgumentException.class, order).getMessage());
        }
    }

    @Test
    void shouldLeaveAliasAndAddressToThePeerThatHasThem() {
        PeerAddress rome = PeerAddress.tcp("10.0.0.3", 9700);
        node.operations.add(other.address(), "paris");
        pass(1);

        assertThrows(IllegalArgumentException.class, () -> node.operations.add(rome, "paris"));
        assertThrows(IllegalArgumentException.class, () -> node.operations.add(other.address(), "rome"));
        node.operations.add(other.address(), "paris");
        node.operations.add(rome, "rome");
        pass(1);

        assertEquals("paris", node.operations.peer(other.id()).orElseThrow().alias());
        assertTrue(node.operations.peers().stream().anyMatch(peer -> peer.alias().equals("rome")
                && peer.address().equals(rome)));
    }

    @Test
    void shouldSayWhyNothingIsDialledWhereTheNodeDoesNotServe() {
        node.set("networkKey", "");
        pass(0.5);

        String said = assertThrows(IllegalStateException.class, () -> node.operations.connect(other.address()))
                .getMessage();

        assertTrue(said.startsWith("no peer is dialled: ") && said.contains("networkKey is empty"), said);
    }
}
