// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.RoomLimit;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.settings.ConnectionLimits;
import org.ippan.network.peers.settings.PeersSettings;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** What strangers and peers do wrong around a handshake, and what it costs them. */
class OffenceTest extends Encounter {

    private void protocolError() {
        assertEquals(GoodbyeReason.PROTOCOL_ERROR, peer.goodbye);
        assertEquals(List.of("invalid " + peer.id.shortForm() + " PROTOCOL_ERROR"), node.reputation.records);
        assertEquals(0, node.sockets());
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

    @Test
    void shouldPunishASecondHello() {
        meet();

        peer.send(FrameType.HELLO, peer.ownHello);
        pass(1);

        protocolError();
    }

    /** Before the handshake ended. */
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

    @Test
    void shouldPunishAGoodbyeWithATextOfAnotherLength() {
        meet();

        peer.send(FrameType.GOODBYE, new byte[] {1, 0, 0, 0, 0, 9, 'x'});
        pass(1);

        protocolError();
    }

    @Test
    void shouldKeepControlCharactersOfAGoodbyeOutOfTheLog() {
        meet();

        peer.send(FrameType.GOODBYE, new byte[] {1, 0, 0, 0, 0, 5, 'a', '\n', 0x1B, (byte) 0xFF, 'z'});
        pass(1);

        assertNull(peer.goodbye, "a goodbye is not answered");
        String last = node.log.get(node.log.size() - 1);
        assertTrue(last.endsWith("it left the network: a??\uFFFDz"), last);
    }

    /** Eleven handshakes a minute of one peer fail. */
    private void failTooOften() {
        peer.ownHello = with(hello(), 1, 1, hello().networkTag(), Peers.carol(), 7).encode();
        node.start();
        pass(0.1);
        for (int i = 0; i < 11; i++) {
            peer.dial(node.address());
            pass(3);
        }
        peer.ownHello = hello().encode();
        peer.goodbye = null;
    }

    private long refusedForFailures() {
        return node.operations.snapshot().roomRefused().get(RoomLimit.FAILED_HANDSHAKES);
    }

    @Test
    void shouldTellAPeerThatFailedTooOftenWhenToComeBack() {
        failTooOften();

        peer.dial(node.address());
        pass(1);

        assertEquals(GoodbyeReason.RATE_LIMIT, peer.goodbye);
        assertTrue(peer.retryAfter > 50 && peer.retryAfter <= 60, peer.retryAfter + " s");
        assertEquals(0, node.connected());
        assertEquals(1, refusedForFailures());
        pass(60);
        peer.dial(node.address());
        pass(1);
        assertEquals(1, node.connected());
    }

    @Test
    void shouldLetOtherPeersInFromTheAddressOfOneThatFailsTooOften() {
        failTooOften();

        RawPeer innocent = raw(7, "10.0.0.2").dial(node.address());
        pass(1);

        assertEquals(1, node.connected());
        assertNull(innocent.goodbye);
        assertTrue(node.log.stream().anyMatch(line -> line.startsWith("Rejecting peers at 10.0.0.2 ")),
                node.log.toString());
    }

    /** It is met again by its id, also where it comes by another address than before. */
    @Test
    void shouldLetAProvenPeerComeBackWhileItsAddressIsBlocked() {
        RawPeer proven = raw(7, "10.0.0.2");
        node.start();
        pass(0.1);
        proven.dial(node.address());
        pass(1);
        failTooOften();

        proven.connection.abort();
        pass(1);
        proven.dial(node.address());
        pass(1);

        assertEquals(List.of(proven.id), node.operations.connected().stream().map(met -> met.id().get()).toList());
    }

    @Test
    void shouldLetInFewConnectionsFromABlockedAddress() {
        failTooOften();
        pass(2);
        peer.heard.clear();

        for (int i = 0; i < 30; i++) {
            peer.dial(node.address());
        }
        pass(1);

        assertEquals(20, peer.heard.stream().filter("dialFailed"::equals).count());
        assertEquals(30, refusedForFailures());
    }

    @Test
    void shouldEndTheBlockOfAnAddressAfterTenMinutes() {
        failTooOften();

        pass(570);
        peer.dial(node.address());
        pass(1);

        assertEquals(1, node.connected());
    }

    /** Whole providers put their customers behind few such addresses. */
    @Test
    void shouldExemptSharedAddressesOfProvidersByDefault() {
        ConnectionLimits limits = PeersSettings.of(PeersSettings.SCHEMA.parse(Map.of())).limits();

        assertTrue(limits.exempt().contains(NetSet.address("100.64.0.1").orElseThrow()));
        assertTrue(limits.exempt().contains(NetSet.address("100.127.255.254").orElseThrow()));
        assertFalse(limits.exempt().contains(NetSet.address("100.128.0.1").orElseThrow()));
    }

    @Test
    void shouldNameTheLimitThatLeavesNoRoom() {
        node.set("maxPerAddress", 1);
        node.start();
        pass(0.1);
        raw(7, "10.0.0.2").dial(node.address());
        pass(1);

        peer.dial(node.address());
        pass(1);

        assertEquals(GoodbyeReason.TOO_MANY, peer.goodbye);
        assertEquals(1, node.operations.snapshot().roomRefused().get(RoomLimit.MAX_PER_ADDRESS));
        assertEquals(0, node.operations.snapshot().roomRefused().get(RoomLimit.MAX_PER_SUBNET));
        assertTrue(node.log.get(node.log.size() - 1).endsWith("just now: maxPerAddress is reached"));
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

    /** Connect and close, connect and silence. */
    @Test
    void shouldSurviveAPeerThatJustCloses() {
        peer.mute();
        meet();

        peer.connection.abort();
        pass(1);

        assertEquals(0, node.sockets());
        assertEquals(List.of(), node.reputation.records);
    }
}
