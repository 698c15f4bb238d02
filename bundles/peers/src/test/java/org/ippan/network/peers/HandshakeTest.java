// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** HELLO and HELLO_ACK: who becomes a peer, and who is refused for what. */
class HandshakeTest extends Encounter {

    private static final String KEY = "correct horse battery staple";

    private void refused(GoodbyeReason reason) {
        assertEquals(reason, peer.goodbye);
        assertFalse(peer.heard.contains("HELLO_ACK"), "nothing is proved to a peer that is refused");
        assertEquals(0, node.connected());
        assertEquals(0, node.sockets());
        assertEquals(1, node.operations.snapshot().handshakesRefused());
    }

    @Test
    void shouldEstablishALinkAndMeasureItsRoundTripAtOnce() {
        meet();

        assertEquals(1, node.connected());
        assertEquals(List.of("HELLO", "HELLO_ACK", "PING", "PEERS_REQ"), peer.heard);
        assertEquals(List.of("answered 2"), node.health.records);
        assertEquals("raw/1", node.operations.connected().get(0).agent());
    }

    @Test
    void shouldRefuseAnotherVersion() {
        peer.ownHello = with(hello(), 2, 3, hello().networkTag(), peer.id, 7).encode();

        meet();

        refused(GoodbyeReason.VERSION);
        assertEquals(List.of(), node.reputation.records);
    }

    @Test
    void shouldReadVersionsInTheWrongOrderAsNoCommonOne() {
        peer.ownHello = with(hello(), 2, 1, hello().networkTag(), peer.id, 7).encode();

        meet();

        refused(GoodbyeReason.VERSION);
    }

    @Test
    void shouldSpeakTheSmallerVersionWithANewerPeer() {
        peer.ownHello = with(hello(), 1, 9, hello().networkTag(), peer.id, 7).encode();

        meet();

        assertEquals(1, node.connected());
    }

    @Test
    void shouldRefuseAnotherNetworkWithoutPunishment() {
        peer.ownHello = with(hello(), 1, 1, HandshakeCodec.networkTag("other"), peer.id, 7).encode();

        meet();

        refused(GoodbyeReason.WRONG_NETWORK);
        assertEquals(List.of(), node.reputation.records);
    }

    /** The id of the node itself. */
    @Test
    void shouldRefuseItself() {
        peer.ownHello = with(hello(), 1, 1, hello().networkTag(), node.id(), 7).encode();

        meet();

        refused(GoodbyeReason.SELF);
    }

    @Test
    void shouldCheckInTheOrderTheProtocolFixes() {
        peer.ownHello = with(hello(), 2, 2, HandshakeCodec.networkTag("other"), node.id(), 7).encode();

        meet();

        refused(GoodbyeReason.VERSION);
    }

    /** Another id than the certificate's. */
    @Test
    void shouldRefuseAnIdThatIsNotTheCertificates() {
        peer.ownHello = with(hello(), 1, 1, hello().networkTag(), Peers.carol(), 7).encode();

        meet();

        refused(GoodbyeReason.AUTH);
        assertEquals(List.of(), node.reputation.records);
    }

    @Test
    void shouldBelieveTheIdInPlaintext() {
        node.transport.authenticated(false);
        peer.transport.authenticated(false);
        peer.ownHello = with(hello(), 1, 1, hello().networkTag(), Peers.carol(), 7).encode();

        meet();

        assertEquals(Peers.carol(), node.operations.connected().get(0).id().orElseThrow());
    }

    @Test
    void shouldRefuseAnotherPeerThanThePinnedOne() {
        peer.transport.listen(peer);
        node.seeds(peer.transport.address() + "#" + Peers.carol()).start();

        pass(0.2);

        assertEquals(GoodbyeReason.OTHER_PEER, peer.goodbye);
        assertEquals(0, node.connected());
    }

    @Test
    void shouldNotServeWithAListWhereIdsAreOnlyClaimed() {
        node.transport.authenticated(false);
        peer.transport.authenticated(false);
        node.set("mode", "allowlist").set("allow", List.of(peer.id.toString()));

        meet();

        assertEquals(List.of("dialFailed"), peer.heard);
        assertEquals("mode = allowlist needs tls=true in org.ippan.network.transport, as in plaintext the id of a peer"
                + " is only claimed", node.operations.snapshot().refusal());
        node.transport.authenticated(true);
        pass(1);
        assertEquals("", node.operations.snapshot().refusal());
    }

    @Test
    void shouldRefuseWhoIsNotOnTheList() {
        node.set("mode", "allowlist").set("allow", List.of(Peers.carol().toString()));

        meet();

        refused(GoodbyeReason.AUTH);
    }

    @Test
    void shouldRefuseABannedPeer() {
        node.reputation.banned.add(peer.id);

        meet();

        refused(GoodbyeReason.BANNED);
    }

    @Test
    void shouldLetNobodyInWhileNobodyCanSayWhoIsBanned() {
        node.unjudged();

        meet();

        refused(GoodbyeReason.TOO_MANY);
        assertEquals(1, peer.retryAfter);
    }

    @Test
    void shouldRefuseOneTooMany() {
        node.set("maxInbound", "0");

        meet();

        refused(GoodbyeReason.TOO_MANY);
        assertEquals(30, peer.retryAfter);
    }

    /** Zeros where a key is needed. */
    @Test
    void shouldRefuseAPeerThatDoesNotKnowTheKey() {
        dialWithTheKeySet();

        peer.send(FrameType.HELLO_ACK, HandshakeCodec.mac(null, true, peer.ownHello, peer.theirHello));
        pass(1);

        assertEquals(GoodbyeReason.NETWORK_KEY, peer.goodbye);
        assertEquals(0, node.connected());
        assertNull(peer.theirMac, "a proof would tell the key to a dialler that tries all of them");
    }

    /** Our own proof sent back. */
    @Test
    void shouldRefuseItsOwnProofReflected() {
        TestNode other = node(2).set("networkKey", KEY).start();
        RawPeer acceptor = raw(3, "10.0.3.1").mute();
        acceptor.transport.listen(acceptor);
        other.operations.connect(acceptor.transport.address());
        pass(0.1);
        acceptor.send(FrameType.HELLO, acceptor.ownHello);
        pass(0.1);

        acceptor.send(FrameType.HELLO_ACK, acceptor.theirMac);
        pass(1);

        assertEquals(GoodbyeReason.NETWORK_KEY, acceptor.goodbye);
    }

    @Test
    void shouldAcceptTheRightProof() {
        dialWithTheKeySet();
        assertEquals(List.of("HELLO"), peer.heard);

        byte[] key = HandshakeCodec.networkKey(KEY);
        peer.send(FrameType.HELLO_ACK, HandshakeCodec.mac(key, true, peer.ownHello, peer.theirHello));
        pass(1);

        assertArrayEquals(HandshakeCodec.mac(key, false, peer.theirHello, peer.ownHello), peer.theirMac);
        assertEquals(1, node.connected());
    }

    /** What a peer said was recorded on the way: the same HELLO, and the proof that was right for it. */
    @Test
    void shouldRefuseAProofThatIsPlayedAgain() {
        dialWithTheKeySet();
        byte[] proof = HandshakeCodec.mac(HandshakeCodec.networkKey(KEY), true, peer.ownHello, peer.theirHello);
        peer.send(FrameType.HELLO_ACK, proof);
        pass(1);
        assertEquals(1, node.connected());
        peer.connection.close(null);
        pass(1);
        peer.theirMac = null;

        peer.dial(node.address());
        pass(0.1);
        peer.send(FrameType.HELLO, peer.ownHello);
        pass(0.1);
        peer.send(FrameType.HELLO_ACK, proof);
        pass(1);

        assertEquals(GoodbyeReason.NETWORK_KEY, peer.goodbye);
        assertNull(peer.theirMac);
        assertEquals(0, node.connected());
    }

    @Test
    void shouldTellADiallerThatItsKeyIsAnother() {
        TestNode other = node(2).set("networkKey", "another key of this length").start();
        node.set("networkKey", KEY).start();
        pass(0.1);

        other.operations.connect(node.address());
        pass(1);

        assertEquals(EndCause.OTHER_KEY, other.operations.peers().get(0).endCause());
    }

    private void dialWithTheKeySet() {
        node.set("networkKey", KEY).start();
        pass(0.1);
        peer.mute().dial(node.address());
        pass(0.1);
        peer.send(FrameType.HELLO, peer.ownHello);
        pass(0.1);
    }

    @Test
    void shouldTellItsListenPortNetworkAndAgent() throws Exception {
        node.set("agent", "mine/2").set("networkId", "other").start();
        pass(0.1);

        peer.mute().dial(node.address());
        pass(1);

        Hello told = Hello.decode(peer.theirHello);
        assertEquals(9700, told.listenPort());
        assertEquals("mine/2", told.agent());
        assertEquals(1 << 20, told.maxMessage());
        assertArrayEquals(HandshakeCodec.networkTag("other"), told.networkTag());
    }
}
