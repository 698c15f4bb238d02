// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.address.Nearness;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.book.BookFile;
import org.ippan.network.peers.settings.BackOff;
import org.ippan.network.peers.settings.PeerConfig;
import org.ippan.network.peers.settings.PeerSettings;
import org.ippan.network.peers.settings.PeersConfig;
import org.ippan.network.peers.settings.PeersSettings;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.testkit.Descriptions;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key: described, changed while links are up, and kept when a value is bad. */
class PeersSettingsTest extends Simulation {

    private TestNode node;
    private RawPeer peer;

    @BeforeEach
    void connect() {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state, 1).start();
        pass(0.5);
        peer = raw(2).dial(node.address());
        pass(0.5);
    }

    private RawPeer raw(int number) {
        return raw(number, "10." + number + ".0.1");
    }

    private RawPeer late(int number) {
        RawPeer late = raw(number).dial(node.address());
        pass(0.5);
        return late;
    }

    @Test
    void shouldDescribeEverythingTheSameEverywhere() {
        assertEquals(List.of(), Descriptions.disagreements(PeersConfig.class, PeersSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.disagreements(PeerConfig.class, PeerSettings.SCHEMA));
        assertEquals(List.of(), Descriptions.undescribed(PeersSnapshot.class));
    }

    /** Garbage in every key; what runs stays, and the message names key, value and rule. */
    @Test
    void shouldKeepTheLastGoodSettingsWhateverIsWritten() {
        Map<String, String> garbage = Map.ofEntries(Map.entry("seeds", "nowhere"), Map.entry("outboundTarget", "abc"),
                Map.entry("maxConnections", "0"), Map.entry("maxInbound", "-1"), Map.entry("maxPerAddress", "1.5"),
                Map.entry("maxPerSubnet", "many"), Map.entry("exemptNets", "10.0.0.0/99"),
                Map.entry("backoffMinSeconds", "10s"), Map.entry("backoffMaxSeconds", "0x10"),
                Map.entry("maxBook", "-5"), Map.entry("exchange", "perhaps"), Map.entry("advertise", "0.0.0.0:9700"),
                Map.entry("agent", "é"));
        garbage.forEach((key, value) -> {
            PeersSettings good = node.settings.current();

            node.set(key, value);

            String error = node.settings.lastConfigError().orElse("");
            assertTrue(error.contains("org.ippan.network.peers: ") && error.contains(key + " = " + value + ": must be"),
                    error);
            assertSame(good, node.settings.current());
            node.set(key, null);
        });
        pass(1);
        assertEquals(1, node.connected());
        assertEquals("", node.operations.snapshot().refusal());
    }

    @Test
    void shouldRefuseBackOffsInTheWrongOrder() {
        node.set("backoffMinSeconds", "20").set("backoffMaxSeconds", "10");

        assertTrue(node.settings.lastConfigError().orElse("").contains("must be at most backoffMaxSeconds, which is "));
    }

    @Test
    void shouldFailClosedOnAMisspeltModeAndRecoverWhenItIsCorrected() {
        node.set("mode", "alowlist");
        pass(3);

        assertEquals(GoodbyeReason.SHUTDOWN, peer.goodbye);
        assertEquals(0, node.sockets());
        assertEquals(Optional.empty(), node.transport.listenAddress());
        assertTrue(node.operations.snapshot().refusal().contains("mode = alowlist: must be one of open, allowlist"));

        node.set("mode", "open");
        late(3);

        assertEquals(1, node.connected());
        assertEquals("", node.operations.snapshot().refusal());
    }

    /** A default of exchange would tell peers what this node was perhaps told to keep back. */
    @ParameterizedTest
    @CsvSource({"allow,garbage", "exchange,flase"})
    void shouldNeitherListenNorDialWhenItStartsWithABadSecurityKey(String key, String value) {
        TestNode other = new TestNode(network, Peers.peer(7), "10.7.0.1", state, 7)
                .set(key, value).set("seeds", node.address().toString()).start();
        pass(5);

        assertEquals(0, other.operations.snapshot().dials());
        assertEquals(Optional.empty(), other.transport.listenAddress());
        assertFalse(other.operations.snapshot().refusal().isEmpty());
    }

    @Test
    void shouldNeverShowTheNetworkKey() {
        node.set("networkKey", "correct horse battery staple");

        assertEquals("***", node.settings.displayed().get("networkKey"));
        assertFalse(String.join("", node.log).contains("horse"));
    }

    @Test
    void shouldUseANewNetworkForNewConnectionsOnly() {
        node.set("networkId", "other");
        RawPeer late = late(3);

        assertEquals(1, node.connected());
        assertEquals(GoodbyeReason.WRONG_NETWORK, late.goodbye);
    }

    @Test
    void shouldUseANewKeyForNewConnectionsOnly() {
        node.set("networkKey", "another secret of theirs");
        RawPeer late = late(3);
        late.send(FrameType.HELLO_ACK, HandshakeCodec.mac(null, true, late.ownHello, late.theirHello));
        pass(1);

        assertEquals(1, node.connected());
        assertEquals(GoodbyeReason.NETWORK_KEY, late.goodbye);
    }

    @Test
    void shouldCloseWhoIsNotOnTheListAnyMore() {
        RawPeer other = late(3);
        node.set("allow", List.of(other.id.toString())).set("mode", "allowlist");
        pass(3);

        assertEquals(GoodbyeReason.AUTH, peer.goodbye);
        assertEquals(List.of(Optional.of(other.id)), node.operations.connected().stream().map(Peer::id).toList());
    }

    @Test
    void shouldFollowSeedsAsTheyComeAndGo() {
        node.seeds("10.8.0.1:9700");
        pass(1);
        long known = node.operations.peers().size();
        node.seeds();
        pass(100);

        assertEquals(2, known);
        assertEquals(1, node.operations.peers().size());
        assertEquals(1, node.connected());
    }

    @Test
    void shouldDialPeersWithAConfigurationOfTheirOwn() {
        LiveSettings<PeerSettings> one = new LiveSettings<>(PeerSettings.SCHEMA, PeerSettings::of, text -> { },
                text -> { });
        RawPeer other = raw(8);
        other.transport.listen(other);

        one.update(Map.of("address", "10.8.0.1:9700", "peerId", other.id.toString()), parsed -> { });
        node.core.named(List.of(() -> one.current().seed("paris")));
        pass(1);

        Peer seen = node.operations.peer(other.id).orElseThrow();
        assertEquals("paris", seen.alias());
        assertTrue(seen.connected());
    }

    @Test
    void shouldRefuseABadPeerConfiguration() {
        List<String> errors = new ArrayList<>();
        LiveSettings<PeerSettings> one = new LiveSettings<>(PeerSettings.SCHEMA, PeerSettings::of, errors::add,
                text -> { });

        one.update(Map.of("address", "10.8.0.1:0", "peerId", "12"), parsed -> { });

        assertEquals(Optional.empty(), one.current().seed("paris"));
        assertTrue(errors.get(0).contains("address = 10.8.0.1:0: must be")
                && errors.get(0).contains("peerId = 12: must be"), errors.get(0));
    }

    @Test
    void shouldApplyNewLimitsToNewConnections() {
        node.set("exemptNets", List.of()).set("maxConnections", "1");
        RawPeer overAll = late(3);
        node.set("maxConnections", "100").set("maxInbound", "1");
        RawPeer overInbound = late(4);
        node.set("maxInbound", "64").set("maxPerAddress", "1");
        RawPeer sameHost = new RawPeer(network.node(Peers.peer(5), "10.2.0.1")).dial(node.address());
        pass(0.5);
        node.set("maxPerAddress", "4").set("maxPerSubnet", "1");
        RawPeer sameNet = new RawPeer(network.node(Peers.peer(6), "10.2.0.2")).dial(node.address());
        pass(0.5);
        node.set("exemptNets", List.of("10.0.0.0/8"));
        RawPeer exempt = new RawPeer(network.node(Peers.peer(7), "10.2.0.3")).dial(node.address());
        pass(0.5);

        for (RawPeer refused : List.of(overAll, overInbound, sameHost, sameNet)) {
            assertEquals(GoodbyeReason.TOO_MANY, refused.goodbye);
        }
        assertEquals(null, exempt.goodbye);
        assertEquals(2, node.connected());
    }

    @Test
    void shouldDialMoreWhenTheTargetRises() {
        node.set("outboundTarget", "0");
        RawPeer other = raw(9);
        other.transport.listen(other);
        node.core.book().restore(List.of(
                new BookFile.Entry(other.transport.address(), other.id, 1, 0, 0, null, 0, false, Nearness.WORLD)), 1);
        pass(2);
        int before = node.connected();

        node.set("outboundTarget", "1");
        pass(1);

        assertEquals(1, before);
        assertEquals(2, node.connected());
    }

    @Test
    void shouldBackOffLongerWhenToldSo() {
        node.set("backoffMinSeconds", "1000").set("backoffMaxSeconds", "2000").seeds("10.8.0.1:9700");
        pass(70);
        node.core.book().all().forEach(known -> assertTrue(known.circuit().failures() < 80));

        assertEquals(new BackOff(Duration.ofSeconds(1000).toNanos(), Duration.ofSeconds(2000).toNanos(), true),
                node.settings.current().backoff(true));
    }

    @Test
    void shouldShrinkTheBookWhenTheLimitFalls() {
        List<BookFile.Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            entries.add(new BookFile.Entry(Seed.parse("10.99.0." + i + ":9700", "").address(), Peers.peer(100 + i), i,
                    0, 0, null, 0, false, Nearness.WORLD));
        }
        node.core.book().restore(entries, 100);

        node.set("outboundTarget", "0").set("maxBook", "5");
        pass(20);

        assertTrue(node.core.book().all().size() <= 5, node.core.book().all().size() + " addresses");
        assertEquals(1, node.connected());
    }

    @Test
    void shouldTellANewAgentToNewPeers() throws Exception {
        node.set("agent", "renamed/2");
        RawPeer late = late(3);

        assertEquals("renamed/2", Hello.decode(late.theirHello).agent());
        assertEquals("ippan-network/1.0", Hello.decode(peer.theirHello).agent());
        assertArrayEquals(HandshakeCodec.networkTag("default"), Hello.decode(late.theirHello).networkTag());
    }
}
