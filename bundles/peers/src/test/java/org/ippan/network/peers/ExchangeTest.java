// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.address.AddressDrop;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.address.AddressRecord;
import org.ippan.network.peers.dial.TellerDials;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.testkit.TestIdentity;
import org.junit.jupiter.api.Test;

/** Peers tell each other of others: what is told, what is taken, and what liars achieve. */
class ExchangeTest extends Simulation {

    private static final byte[] TAG = HandshakeCodec.networkTag("default");
    private static final long NOW = TestNode.EPOCH.toEpochMilli();

    private TestNode keyed(int number) {
        TestIdentity identity = TestIdentity.of(number);
        TestNode node = new TestNode(network, identity.id(), "10." + number + ".0.1", state.resolve("k" + number),
                number);
        node.transport.identity(identity);
        return node;
    }

    private static AddressRecord record(int number, long time, String... addresses) {
        return AddressRecord.sign(TestIdentity.of(number), TAG, time, List.of(addresses));
    }

    /** A node that just asked a peer which says what a test likes. */
    private TestNode asked(RawPeer peer) {
        TestNode node = keyed(1).start();
        pass(0.1);
        peer.dial(node.address());
        pass(1);
        assertTrue(peer.heard.contains("PEERS_REQ"), peer.heard.toString());
        return node;
    }

    private void tell(RawPeer peer, AddressRecord... records) {
        peer.send(FrameType.PEERS, AddressRecord.writeAnswer(List.of(records)));
        pass(0.5);
    }

    private static long dropped(TestNode node, AddressDrop reason) {
        return node.operations.snapshot().addressesDropped().get(reason);
    }

    private static long told(TestNode node) {
        return node.operations.snapshot().addresses().get(AddressSource.TOLD);
    }

    /** Everyone knows one, the same one, and within two minutes all others. */
    @Test
    void shouldFindNineteenPeersFromOneWithinTwoMinutes() {
        List<TestNode> nodes = new ArrayList<>();
        TestNode hub = keyed(1).start();
        nodes.add(hub);
        for (int i = 2; i <= 20; i++) {
            nodes.add(keyed(i).seeds(hub.address().toString()).start());
        }

        pass(120);

        nodes.forEach(node -> assertEquals(19, node.operations.peers().stream()
                .filter(peer -> peer.id().isPresent()).count(), node.address().toString()));
        nodes.forEach(node -> assertTrue(node.connected() >= 8, node.connected() + " connected"));
        assertTrue(nodes.get(5).operations.peers().stream().anyMatch(peer -> peer.reason().startsWith("chosen: the f")),
                () -> nodes.get(5).operations.peers().toString());
    }

    @Test
    void shouldFindTheOthersAlongAChain() {
        List<TestNode> nodes = new ArrayList<>();
        nodes.add(keyed(1).start());
        for (int i = 2; i <= 20; i++) {
            nodes.add(keyed(i).seeds(nodes.get(i - 2).address().toString()).start());
        }

        pass(120);

        nodes.forEach(node -> assertEquals(19, node.operations.peers().stream()
                .filter(peer -> peer.id().isPresent()).count(), node.address().toString()));
    }

    /** A thousand forged records change nothing. */
    @Test
    void shouldNotBeMovedByForgedRecords() {
        RawPeer liar = raw(2, "10.2.0.1");
        TestNode node = asked(liar);
        int known = node.operations.peers().size();
        int forged = 0;
        while (forged < 1000) {
            AddressRecord[] lies = new AddressRecord[Math.min(32, 1000 - forged)];
            for (int i = 0; i < lies.length; i++) {
                lies[i] = record(i + 3, NOW, "tcp://10.9.0." + (i + 1) + ":9700");
                lies[i].bytes()[lies[i].bytes().length - 10] ^= 1;
            }
            tell(liar, lies);
            forged += lies.length;
            liar.heard.clear();
            while (!liar.heard.contains("PEERS_REQ")) {
                pass(1);
            }
        }

        assertEquals(1000, dropped(node, AddressDrop.FORGED));
        assertEquals(known, node.operations.peers().size());
        assertEquals(0, told(node));
        assertEquals(1, node.connected());
        assertEquals(List.of(), node.reputation.records);
    }

    /** Each answer may cost 32 signatures, and identities cost nothing. */
    @Test
    void shouldAskStrangersOneAfterTheOtherAndThoseItDialledFirst() {
        TestNode node = keyed(1).set("exemptNets", List.of("10.0.0.0/8")).start();
        pass(0.1);
        List<RawPeer> strangers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            strangers.add(raw(10 + i, "10.50.0." + (1 + i)).dial(node.address()));
        }
        pass(0.1);
        long before = node.operations.snapshot().addressRequestsSent();
        TestNode dialled = keyed(2).start();
        node.seeds(dialled.address().toString());
        pass(2);

        long asked = node.operations.snapshot().addressRequestsSent() - before;
        assertEquals(61, node.connected());
        assertTrue(asked >= 7 && asked <= 9, asked + " in two seconds");
        assertEquals(1, dialled.operations.snapshot().addressRequestsServed());
    }

    @Test
    void shouldTakeNothingThatWasNotAskedFor() {
        RawPeer peer = raw(2, "10.2.0.1");
        TestNode node = asked(peer);
        tell(peer);

        tell(peer, record(3, NOW, "tcp://10.3.0.1:9700"));

        assertEquals(1, node.operations.snapshot().addressAnswers());
        assertEquals(1, node.operations.snapshot().addressAnswersIgnored());
        assertEquals(0, told(node));
    }

    @Test
    void shouldIgnoreAnAnswerAfterTenSeconds() {
        RawPeer peer = raw(2, "10.2.0.1");
        TestNode node = asked(peer);
        pass(10);

        tell(peer, record(3, NOW, "tcp://10.3.0.1:9700"));

        assertEquals(1, node.operations.snapshot().addressAnswersIgnored());
        assertEquals(0, told(node));
    }

    @Test
    void shouldDropWhatIsUntimelyOrMakesNoSense() {
        RawPeer peer = raw(2, "93.184.216.34");
        TestNode node = asked(peer);

        tell(peer, record(3, NOW - 86_500_000, "tcp://8.3.0.1:9700"), record(4, NOW + 700_000, "tcp://8.4.0.1:9700"),
                record(5, NOW, "tcp://8.5.0.1:0"), record(6, NOW, "ftp://8.6.0.1:1"), record(7, NOW, "8.7.0.1:1"),
                record(8, NOW, "tcp://0.0.0.0:1"), record(9, NOW, "tcp://224.0.0.1:1"),
                record(10, NOW, "tcp://192.168.1.1:1"), record(1, NOW, "tcp://8.8.0.1:1"),
                record(11, NOW, node.address().uri()), record(12, NOW, "tcp://8.12.0.1:9700"));

        assertEquals(1, dropped(node, AddressDrop.TOO_OLD));
        assertEquals(1, dropped(node, AddressDrop.FUTURE));
        assertEquals(3, dropped(node, AddressDrop.BAD_TEXT));
        assertEquals(2, dropped(node, AddressDrop.UNREACHABLE));
        assertEquals(1, dropped(node, AddressDrop.PRIVATE));
        assertEquals(2, dropped(node, AddressDrop.OWN));
        assertEquals(1, node.operations.snapshot().addressRecordsTaken());
        assertEquals(1, told(node));
    }

    @Test
    void shouldGiveATellerSixtyFourPlacesAndEightDialsAMinute() {
        RawPeer peer = raw(2, "10.2.0.1");
        TestNode node = asked(peer);
        node.set("outboundTarget", "100");
        for (int round = 0; round < 3; round++) {
            AddressRecord[] records = new AddressRecord[32];
            for (int i = 0; i < 32; i++) {
                int number = 3 + round * 32 + i;
                records[i] = record(number, NOW, "tcp://10." + number + ".0.1:9700");
            }
            long dials = node.operations.snapshot().dials();
            tell(peer, records);
            assertTrue(node.operations.snapshot().dials() - dials <= TellerDials.MAX_A_MINUTE);
            peer.heard.clear();
            while (!peer.heard.contains("PEERS_REQ")) {
                pass(1);
            }
        }

        assertEquals(64, told(node));
        assertEquals(32, dropped(node, AddressDrop.TELLER_FULL));
    }

    @Test
    void shouldAnswerTwoRequestsAMinuteAndCloseOnAFlood() {
        RawPeer peer = raw(2, "10.2.0.1");
        TestNode node = asked(peer);
        peer.heard.clear();

        for (int i = 0; i < 40 && peer.goodbye == null; i++) {
            peer.send(FrameType.PEERS_REQ, new byte[] {32});
            pass(1);
        }

        assertEquals(GoodbyeReason.RATE_LIMIT, peer.goodbye);
        assertTrue(peer.heard.stream().filter("PEERS"::equals).count() <= 4, peer.heard.toString());
        assertEquals(List.of("failure " + peer.id.shortForm() + " RATE_LIMIT"), node.reputation.records);
    }

    @Test
    void shouldPunishARequestForNothing() {
        RawPeer peer = raw(2, "10.2.0.1");
        asked(peer);

        peer.send(FrameType.PEERS_REQ, new byte[] {0});
        pass(0.5);

        assertEquals(GoodbyeReason.PROTOCOL_ERROR, peer.goodbye);
    }

    @Test
    void shouldNeitherAskNorTellWhenSwitchedOff() {
        TestNode node = keyed(1).set("exchange", "false").start();
        TestNode other = keyed(2).seeds(node.address().toString()).start();

        pass(130);

        assertEquals(0, node.operations.snapshot().addressRequestsSent());
        assertEquals(0, other.operations.snapshot().addressRecordsTaken());
        assertTrue(node.operations.snapshot().addressRequestsServed() > 0, "an empty answer is one");
    }
}
