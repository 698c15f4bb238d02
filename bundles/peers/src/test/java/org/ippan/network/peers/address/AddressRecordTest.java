// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.address;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.testkit.TestIdentity;
import org.ippan.network.testkit.Vectors;
import org.junit.jupiter.api.Test;

/** Signed addresses against the checked bytes of the protocol, and against noise. */
class AddressRecordTest {

    @Test
    void shouldReadSignAndVerifyAsTheVectorsSay() throws Exception {
        byte[] bytes = HexFormat.of().parseHex(Vectors.section("addressRecord").get(0).get("record"));
        TestIdentity a = new TestIdentity(HexFormat.of().parseHex(Vectors.section("identity").get(0).get("seed")));
        byte[] tag = HexFormat.of().parseHex(Vectors.section("networkTag").get(0).get("tag"));

        AddressRecord read = AddressRecord.read(ByteBuffer.wrap(bytes));

        assertEquals(a.id(), read.id());
        assertEquals(1_700_000_000_000L, read.timeMillis());
        assertEquals(List.of("tcp://127.0.0.1:9700", "wss://example.org:443/ippan"), read.addresses());
        assertTrue(read.isGenuine(tag));
        assertFalse(read.isGenuine(new byte[tag.length]), "signed for one network only");
        assertArrayEquals(bytes, AddressRecord.sign(a, tag, read.timeMillis(), read.addresses()).bytes());
        byte[] frame = HexFormat.of().parseHex(Vectors.section("peersFrame").get(0).get("frame"));
        byte[] body = Arrays.copyOfRange(frame, FrameType.HEADER_LENGTH, frame.length);
        List<AddressRecord> answer = AddressRecord.readAnswer(ByteBuffer.wrap(body));
        assertTrue(answer.get(0).isGenuine(tag));
        assertArrayEquals(body, AddressRecord.writeAnswer(answer));
    }

    @Test
    void shouldThrowNothingButProtocolExceptionsOnNoise() {
        Random random = new Random(1);
        byte[] good = AddressRecord.writeAnswer(List.of(AddressRecord.sign(TestIdentity.of(3),
                new byte[16], 1_700_000_000_000L, List.of("tcp://10.3.0.1:9700"))));
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = Arrays.copyOf(good, 1 + random.nextInt(good.length + 5));
            noise[random.nextInt(noise.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                AddressRecord.readAnswer(ByteBuffer.wrap(noise)).forEach(read -> read.addresses()
                        .forEach(text -> ToldAddress.judge(text, Set.of())));
            } catch (ProtocolException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertThrows(ProtocolException.class, () -> AddressRecord.readAnswer(ByteBuffer.wrap(new byte[] {33})));
    }
}
