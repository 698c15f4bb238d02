// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network gets another key while its nodes stay connected. */
class SecondKeyTest extends Encounter {

    private static final String OLD = "correct horse battery staple";
    private static final String NEW = "k7#Qp2!xWm9$Rt4v-and-more";
    private static final String THIRD = "Zürich-Genève-Łódź";

    /** Keys as a node has them: its networkKey, a comma, its secondNetworkKey. */
    private static TestNode keys(TestNode node, String keys) {
        String[] both = keys.replace("OLD", OLD).replace("NEW", NEW).split("\\+");
        node.set("networkKey", both[0]);
        return both.length > 1 ? node.set("secondNetworkKey", both[1]) : node;
    }

    private TestNode dial(String dialler, String acceptor) {
        keys(node, acceptor).start();
        TestNode other = keys(node(2), dialler).start();
        pass(0.1);
        other.operations.connect(node.address());
        pass(1);
        return other;
    }

    @ParameterizedTest
    @CsvSource({"OLD, OLD+NEW", "OLD+NEW, OLD+NEW", "OLD+NEW, NEW+OLD", "NEW+OLD, NEW+OLD", "NEW+OLD, NEW"})
    void shouldConnectNodesThatAreAtMostOneStepApart(String one, String next) {
        assertEquals(1, dial(one, next).connected());
        makeThem();
        assertEquals(1, dial(next, one).connected());
    }

    @ParameterizedTest
    @CsvSource({"NEW+OLD, OLD", "NEW, OLD+THIRD", "OLD, NEW"})
    void shouldRefuseADiallerThatProvesNoneOfTheTwoKeys(String dialler, String acceptor) {
        TestNode other = dial(dialler, acceptor.replace("THIRD", THIRD));

        assertEquals(0, other.connected());
        assertEquals(EndCause.OTHER_KEY, other.operations.peers().get(0).endCause());
        assertEquals(0, node.operations.snapshot().secondKeyHandshakes());
    }

    @Test
    void shouldProveTheKeyThatTheDiallerProved() {
        keys(node, "NEW+OLD").start();
        pass(0.1);
        peer.mute().dial(node.address());
        pass(0.1);
        peer.send(FrameType.HELLO, peer.ownHello);
        pass(0.1);
        byte[] old = HandshakeCodec.networkKey(OLD);

        peer.send(FrameType.HELLO_ACK, HandshakeCodec.mac(old, true, peer.ownHello, peer.theirHello));
        pass(1);

        assertArrayEquals(HandshakeCodec.mac(old, false, peer.theirHello, peer.ownHello), peer.theirMac);
        assertEquals(1, node.connected());
    }

    @Test
    void shouldRefuseAProofWithoutAKeyThoughThereAreTwo() {
        keys(node, "NEW+OLD").start();
        pass(0.1);
        peer.mute().dial(node.address());
        pass(0.1);
        peer.send(FrameType.HELLO, peer.ownHello);
        pass(0.1);

        peer.send(FrameType.HELLO_ACK, HandshakeCodec.mac(null, true, peer.ownHello, peer.theirHello));
        pass(1);

        assertEquals(GoodbyeReason.NETWORK_KEY, peer.goodbye);
    }

    @Test
    void shouldChangeBothKeysUnderALinkThatStays() {
        TestNode other = dial("OLD", "OLD");
        for (String step : new String[] {"OLD+NEW", "NEW+OLD"}) {
            keys(node, step);
            pass(1);
            keys(other, step);
            pass(1);
        }

        assertEquals(1, node.connected());
        assertEquals(1, node.operations.snapshot().handshakes());
        assertEquals(other.id().shortForm(), node.operations.snapshot().secondKeyPeers());
    }

    @Test
    void shouldNameThePeersThatProvedTheSecondKey() {
        TestNode other = dial("OLD", "NEW+OLD");

        assertEquals(other.id().shortForm(), node.operations.snapshot().secondKeyPeers());
        assertEquals(1, node.operations.snapshot().secondKeyHandshakes());
        assertEquals("", other.operations.snapshot().secondKeyPeers());
    }

    @Test
    void shouldRefuseASecondKeyWithoutAFirstAndServeOn() {
        node.start().set("secondNetworkKey", NEW);
        pass(1);

        assertEquals("", node.operations.snapshot().refusal());
        assertTrue(node.log.stream().anyMatch(line -> line.contains("secondNetworkKey = ***: must be left out while"
                + " there is no networkKey")), node.log.toString());
        assertTrue(node.log.stream().noneMatch(line -> line.contains(NEW)), node.log.toString());
    }

    @Test
    void shouldRefuseAShortSecondKeyAndKeepTheGoodOne() {
        keys(node, "NEW+OLD").start();
        node.set("secondNetworkKey", "short");
        TestNode other = keys(node(2), "OLD").start();
        pass(0.1);
        other.operations.connect(node.address());
        pass(1);

        assertTrue(node.log.stream().anyMatch(line -> line.contains("secondNetworkKey = ***: must be at least 16"
                + " bytes")), node.log.toString());
        assertEquals(1, node.connected());
    }
}
