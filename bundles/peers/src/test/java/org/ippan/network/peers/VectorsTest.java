// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.wire.Goodbye;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.testkit.Peers;
import org.ippan.network.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** The bodies of the handshake against the checked bytes of the protocol, and against noise. */
class VectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    private static byte[] hex(Map<String, String> vector, String key) {
        return HEX.parseHex(vector.get(key));
    }

    private static byte[] bodyOf(String what) {
        byte[] frame = hex(Vectors.control(what), "frame");
        return Arrays.copyOfRange(frame, FrameType.HEADER_LENGTH, frame.length);
    }

    @Test
    void shouldMakeTheTagsOfNetworks() {
        for (Map<String, String> vector : Vectors.section("networkTag")) {
            assertArrayEquals(hex(vector, "tag"), HandshakeCodec.networkTag(vector.get("networkId")));
        }
        for (Map<String, String> vector : Vectors.section("networkKey")) {
            assertArrayEquals(hex(vector, "K"), HandshakeCodec.networkKey(vector.get("text")));
        }
    }

    @Test
    void shouldReadAndWriteHello() throws Exception {
        for (Map<String, String> vector : Vectors.section("hello")) {
            byte[] body = hex(vector, "body");

            assertArrayEquals(body, Hello.decode(body).encode());
        }
        Hello first = Hello.decode(hex(Vectors.section("hello").get(0), "body"));
        assertEquals("vectors/1", first.agent());
        assertEquals(9700, first.listenPort());
        assertEquals(1, first.instanceId());
        assertEquals(1 << 20, first.maxMessage());
    }

    @Test
    void shouldIgnoreWhatALaterVersionAddsToHello() throws Exception {
        byte[] longer = bodyOf("HELLO of B with 3 trailing bytes, to be ignored");

        assertArrayEquals(Arrays.copyOf(longer, longer.length - 3), Hello.decode(longer).encode());
    }

    @Test
    void shouldProveTheKeyInBothRoles() {
        byte[] hellosOfA = hex(Vectors.section("hello").get(0), "body");
        byte[] hellosOfB = hex(Vectors.section("hello").get(1), "body");
        byte[] key = HandshakeCodec.networkKey(Vectors.section("networkKey").get(0).get("text"));
        for (Map<String, String> vector : Vectors.section("helloAck")) {
            boolean dialler = vector.get("of").equals("A");
            byte[] used = vector.get("key").equals("true") ? key : null;

            assertArrayEquals(hex(vector, "mac"), HandshakeCodec.mac(used, dialler, dialler ? hellosOfA : hellosOfB,
                    dialler ? hellosOfB : hellosOfA));
        }
    }

    @Test
    void shouldReadAndWriteGoodbye() throws Exception {
        byte[] body = bodyOf("GOODBYE SHUTDOWN, text bye");

        Goodbye goodbye = Goodbye.decode(ByteBuffer.wrap(body));

        assertEquals(new Goodbye(GoodbyeReason.SHUTDOWN, 0, "bye"), goodbye);
        assertArrayEquals(body, goodbye.frame().body());
    }

    @Test
    void shouldCutALongTextBetweenCharacters() throws Exception {
        Goodbye longOne = new Goodbye(GoodbyeReason.AUTH, 0xFFFF_FFFFL, "é".repeat(100) + "x");

        Goodbye read = Goodbye.decode(ByteBuffer.wrap(longOne.frame().body()));

        assertEquals(new Goodbye(GoodbyeReason.AUTH, 0xFFFF_FFFFL, "é".repeat(60)), read);
    }

    @Test
    void shouldReadAnUnknownReasonAsShutdown() throws Exception {
        assertEquals(GoodbyeReason.SHUTDOWN,
                Goodbye.decode(ByteBuffer.wrap(new byte[] {99, 0, 0, 0, 0, 0})).reason());
    }

    @Test
    void shouldLimitALongestMessageToSixteenMebibytes() throws Exception {
        Hello hello = new Hello(1, 1, new byte[16], 0, 0xFF, -1, Peers.bob(), 1, new byte[32], 65535, "a\u0001b");

        Hello read = Hello.decode(hello.encode());

        assertEquals(16 << 20, read.maxMessage());
        assertEquals(3, read.codecs());
        assertEquals("a?b", read.agent());
        assertEquals(65535, read.listenPort());
    }

    @Test
    void shouldThrowNothingButProtocolExceptionsOnNoise() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            try {
                Hello hello = Hello.decode(noise);
                assertFalse(hello.agent().chars().anyMatch(c -> c < 0x20 || c > 0x7E));
            } catch (ProtocolException e) {
                assertFalse(e.getMessage().isEmpty());
            }
            try {
                Goodbye.decode(ByteBuffer.wrap(noise));
            } catch (ProtocolException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertThrows(ProtocolException.class, () -> Goodbye.decode(ByteBuffer.allocate(5)));
    }
}
