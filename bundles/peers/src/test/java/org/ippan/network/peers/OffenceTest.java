// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.transport.FrameType;
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
}
