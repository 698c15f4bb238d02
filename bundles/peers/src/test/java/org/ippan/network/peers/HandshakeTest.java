// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.SimNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HELLO and HELLO_ACK between a node and a peer that says what it likes. */
class HandshakeTest {

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SimNetwork network = new SimNetwork(scheduler, 1);
    private TestNode node;
    private RawPeer peer;

    @BeforeEach
    void makeThem(@TempDir Path state) {
        node = new TestNode(network, Peers.alice(), "10.0.0.1", state, 1).set("exemptNets", List.of());
        peer = new RawPeer(network.node(Peers.bob(), "10.0.0.2"));
    }

    private void pass(double seconds) {
        scheduler.advance(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private void meet() {
        node.start();
        pass(0.1);
        peer.dial(node.address());
        pass(1);
    }

    private static Hello with(Hello hello, int protoMin, int protoMax, byte[] tag, PeerId id, long instance) {
        return new Hello(protoMin, protoMax, tag, 0, 0, hello.maxMessage(), id, instance, hello.nonce(),
                hello.listenPort(), hello.agent());
    }

    private Hello hello() {
        return RawPeer.hello(peer.id);
    }

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
        assertEquals(List.of("HELLO", "HELLO_ACK", "PING"), peer.heard);
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

    /** M41. */
    @Test
    void shouldRefuseAnotherNetworkWithoutPunishment() {
        peer.ownHello = with(hello(), 1, 1, HandshakeCodec.networkTag("other"), peer.id, 7).encode();

        meet();

        refused(GoodbyeReason.WRONG_NETWORK);
        assertEquals(List.of(), node.reputation.records);
    }

    /** M42: the id of the node itself. */
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

    /** M42: another id than the certificate's. */
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

        assertEquals(GoodbyeReason.AUTH, peer.goodbye);
        assertEquals(0, node.connected());
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

    /** M44: zeros where a key is needed. */
    @Test
    void shouldRefuseAPeerThatDoesNotKnowTheKey() {
        node.set("networkKey", "correct horse battery staple");

        meet();

        assertEquals(GoodbyeReason.AUTH, peer.goodbye);
        assertEquals(0, node.connected());
    }

    /** M44: our own proof sent back. */
    @Test
    void shouldRefuseItsOwnProofReflected() {
        node.set("networkKey", "correct horse battery staple").start();
        pass(0.1);
        peer.mute().dial(node.address());
        pass(0.1);
        peer.send(FrameType.HELLO, peer.ownHello);
        pass(0.1);

        peer.send(FrameType.HELLO_ACK, peer.theirMac);
        pass(1);

        assertEquals(GoodbyeReason.AUTH, peer.goodbye);
    }

    @Test
    void shouldAcceptTheRightProof() {
        node.set("networkKey", "correct horse battery staple").start();
        pass(0.1);
        peer.mute().dial(node.address());
        pass(0.1);
        peer.send(FrameType.HELLO, peer.ownHello);
        pass(0.1);

        byte[] key = HandshakeCodec.networkKey("correct horse battery staple");
        assertArrayEquals(HandshakeCodec.mac(key, false, peer.theirHello, peer.ownHello), peer.theirMac);
        peer.send(FrameType.HELLO_ACK, HandshakeCodec.mac(key, true, peer.ownHello, peer.theirHello));
        pass(1);

        assertEquals(1, node.connected());
    }

    @Test
    void shouldNotPunishAPeerThatIsTooSlow() {
        peer.mute();

        meet();
        pass(5);

        assertEquals(GoodbyeReason.TIMEOUT, peer.goodbye);
        assertEquals(List.of(), node.reputation.records);
        assertEquals(0, node.sockets());
    }

    /** M39. */
    @Test
    void shouldPunishASecondHello() {
        meet();

        peer.send(FrameType.HELLO, peer.ownHello);
        pass(1);

        protocolError();
    }

    /** M39: before the handshake ended. */
    @Test
    void shouldPunishAMessageBeforeTheHandshakeEnded() {
        peer.mute();
        meet();

        peer.send(FrameType.PING, new byte[8]);
        pass(1);

        protocolError();
    }

    @Test
    void shouldPunishAProofBeforeHello() {
        peer.mute();
        meet();

        peer.send(FrameType.HELLO_ACK, new byte[32]);
        pass(1);

        protocolError();
    }

    /** M13. */
    @Test
    void shouldPunishAHelloWhoseAgentIsCutShort() {
        peer.ownHello[105] = 60;

        meet();

        protocolError();
    }

    @Test
    void shouldPunishAHelloWithALongestMessageUnderAKibibyte() {
        Hello hello = hello();
        peer.ownHello = new Hello(1, 1, hello.networkTag(), 0, 0, 1023, peer.id, 7, hello.nonce(), 0, "").encode();

        meet();

        protocolError();
    }

    /** M13. */
    @Test
    void shouldPunishAGoodbyeWithATextOfAnotherLength() {
        meet();

        peer.send(FrameType.GOODBYE, new byte[] {1, 0, 0, 0, 0, 9, 'x'});
        pass(1);

        protocolError();
    }

    private void protocolError() {
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, peer.goodbye);
        assertEquals(List.of("invalid " + peer.id.shortForm() + " PROTOCOL_ERROR"), node.reputation.records);
        assertEquals(0, node.sockets());
    }

    /** M37. */
    @Test
    void shouldKeepControlCharactersOfAGoodbyeOutOfTheLog() {
        meet();

        peer.send(FrameType.GOODBYE, new byte[] {1, 0, 0, 0, 0, 5, 'a', '\n', 0x1B, (byte) 0xFF, 'z'});
        pass(1);

        assertNull(peer.goodbye, "a goodbye is not answered");
        String last = node.log.get(node.log.size() - 1);
        assertTrue(last.endsWith("the peer says SHUTDOWN: a??\uFFFDz"), last);
    }

    @Test
    void shouldShutOutAnAddressAfterElevenFailedHandshakesAMinute() {
        peer.ownHello = with(hello(), 1, 1, hello().networkTag(), Peers.carol(), 7).encode();
        node.start();
        pass(0.1);
        for (int i = 0; i < 11; i++) {
            peer.dial(node.address());
            pass(3);
        }
        peer.ownHello = hello().encode();
        peer.heard.clear();

        peer.dial(node.address());
        pass(1);
        assertEquals(List.of("dialFailed"), peer.heard);
        pass(600);
        peer.dial(node.address());
        pass(1);

        assertEquals(1, node.connected());
    }

    @Test
    void shouldNeverShutOutExemptNetworks() {
        node.set("exemptNets", List.of("10.0.0.0/8"));
        peer.ownHello = with(hello(), 1, 1, hello().networkTag(), Peers.carol(), 7).encode();
        node.start();
        pass(0.1);
        for (int i = 0; i < 20; i++) {
            peer.dial(node.address());
            pass(1);
        }
        peer.ownHello = hello().encode();

        peer.dial(node.address());
        pass(1);

        assertEquals(1, node.connected());
    }

    /** M1, M2: connect and close, connect and silence. */
    @Test
    void shouldSurviveAPeerThatJustCloses() {
        peer.mute();
        meet();

        peer.connection.abort();
        pass(1);

        assertEquals(0, node.sockets());
        assertEquals(List.of(), node.reputation.records);
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
