// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final String HEX = "a050837d85070582ccf7394b0988847cc312cb88259b894899f6f239cf1791a5";

    @Test
    void shouldKeepAllBitsOfAnId() {
        PeerId id = PeerId.parse(HEX);

        assertEquals(HEX, id.toString());
        assertEquals("a050837d", id.shortForm());
        assertEquals(id, PeerId.of(id.toBytes()));
        assertEquals(id, PeerId.of(id.word0(), id.word1(), id.word2(), id.word3()));
        assertEquals(0xa050837d85070582L, id.word0());
    }

    @Test
    void shouldOrderIdsAsUnsignedNumbers() {
        PeerId small = PeerId.of(1, 0, 0, 0);
        PeerId large = PeerId.of(-1, 0, 0, 0);

        assertTrue(small.compareTo(large) < 0);
        assertTrue(MessageId.of(0, 0, 0, -1).compareTo(MessageId.of(0, 0, 0, 1)) > 0);
        assertEquals(0, small.compareTo(PeerId.of(1, 0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a0", "zz50837d85070582ccf7394b0988847cc312cb88259b894899f6f239cf1791a5"})
    void shouldRefuseTextThatIsNoId(String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerId.parse(text));
        assertThrows(IllegalArgumentException.class, () -> MessageId.of(new byte[31]));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9700, tcp, localhost, 9700, ''",
        "'[::1]:9700', tcp, ::1, 9700, ''",
        "[fe80::1%eth0]:9700, tcp, fe80::1%eth0, 9700, ''",
        "[fe80::1%br-lan_VLAN.10]:9700, tcp, fe80::1%br-lan_VLAN.10, 9700, ''",
        "tcp://10.0.0.1:1, tcp, 10.0.0.1, 1, ''",
        "WSS://example.org:443/ippan, wss, example.org, 443, /ippan",
    })
    void shouldReadAddresses(String text, String scheme, String host, int port, String path) {
        PeerAddress address = PeerAddress.parse(text);

        assertEquals(new PeerAddress(scheme, host, port, path), address);
        assertEquals(address, PeerAddress.parse(address.toString()));
        assertEquals(address, PeerAddress.parse(address.uri()));
    }

    /** One peer, however an operator writes where it is. */
    @ParameterizedTest
    @CsvSource({"Paris:9700, paris:9700", "PARIS.Example.org:9700, paris.example.org:9700",
        "tcp://paris:09700, paris:9700", "WSS://Paris:443/Way, wss://paris:443/Way",
        "[2001:DB8:0:0:0:0:0:1]:9700, [2001:db8::1]:9700", "[0:0:0:0:0:0:0:1]:1, [::1]:1",
        "[0:0:0:0:0:0:0:0]:1, [::]:1", "[1:0:0:2:0:0:0:3]:1, [1:0:0:2::3]:1", "[1:0:2:0:3:4:5:6]:1,"
            + " [1:0:2:0:3:4:5:6]:1", "[1:2:3:4:5:6:0:0]:1, [1:2:3:4:5:6::]:1", "[2001:db8::0:0:7]:1, [2001:db8::7]:1",
        "[::ffff:192.0.2.1]:1, 192.0.2.1:1", "[FE80:0::1%Eth0]:1, [fe80::1%Eth0]:1"})
    void shouldTellTheSameAddressFromEachWayToWriteIt(String text, String written) {
        assertEquals(written, PeerAddress.parse(text).toString());
        assertEquals(PeerAddress.parse(written), PeerAddress.parse(text));
    }

    /** Neither is one of the other. */
    @Test
    void shouldTellAddressesApart() {
        assertNotEquals(PeerAddress.parse("wss://paris:443/way"), PeerAddress.parse("wss://paris:443/Way"));
        assertNotEquals(PeerAddress.parse("[fe80::1%eth0]:1"), PeerAddress.parse("[fe80::1%Eth0]:1"));
        assertEquals("[::g]:1", new PeerAddress("tcp", "::G", 1, "").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "host", "host:", ":1", "host:65536", "host:-1", "a b:1", "host:1#x", "::1:9700",
        "[fe80::1%]:1",
        "http//x:1"})
    void shouldRefuseTextThatIsNoAddress(String text) {
        assertThrows(IllegalArgumentException.class, () -> PeerAddress.parse(text));
    }

    @Test
    void shouldReadTopicsStrictly() {
        Topic topic = Topic.of("ключ/漢");
        byte[] utf8 = "ключ/漢".getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(2 + utf8.length).put((byte) 7).put((byte) 7).put(utf8);

        assertEquals(topic, Topic.decode(utf8));
        assertEquals(utf8.length, topic.length());
        assertTrue(topic.equalsBytes(frame, 2, utf8.length));
        assertFalse(topic.equalsBytes(frame, 1, utf8.length));
        ByteBuffer written = ByteBuffer.allocate(utf8.length);
        topic.put(written);
        assertArrayEquals(utf8, written.array());
    }

    @Test
    void shouldRefuseBytesThatAreNoTopic() {
        byte[][] wrong = {{}, new byte[65], {0}, {'a', 0x1F}, {0x7F}, {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xFF}, {(byte) 0xE6, (byte) 0xBC}};

        for (byte[] bytes : wrong) {
            assertThrows(IllegalArgumentException.class, () -> Topic.decode(bytes));
        }
        assertThrows(IllegalArgumentException.class, () -> Topic.of("\uD800"));
        assertThrows(IllegalArgumentException.class, () -> Topic.of("x".repeat(65)));
    }

    @ParameterizedTest
    @CsvSource({"a/b, a/b, true", "a/b, a/*, true", "a, a/*, false", "ab/c, a/*, false", "a, *, true", "a, b, false",
        "ippan/status, *, false", "ippan/status, ippan/*, true", "ippan/status, ippan/status, true", "ippan, *, true",
        "ippanx/a, *, true"})
    void shouldMatchSubscriptions(String topic, String pattern, boolean matches) {
        assertEquals(matches, Topic.of(topic).matches(pattern));
    }

    @Test
    void shouldReserveTopicsOfNodes() {
        assertEquals("topic is ippan/status, which is reserved: topics below ippan/ are for the nodes themselves; use"
                + " another prefix", assertThrows(IllegalArgumentException.class,
                        () -> Topic.of("ippan/status").ofApplications()).getMessage());
        assertEquals("ippan", Topic.of("ippan").ofApplications().name());
    }
}
