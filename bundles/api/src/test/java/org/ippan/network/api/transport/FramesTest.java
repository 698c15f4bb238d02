// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

    private static final int MESSAGE = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "HELLO, 105, false", "HELLO, 106, true", "HELLO, 512, true", "HELLO, 513, false",
        "PING, 8, true", "PING, 7, false", "PING, 4294967295, false",
        "GOSSIP, 28, false", "GOSSIP, 29, true", "GOSSIP, 1048772, true", "GOSSIP, 1048773, false",
        "IHAVE, 42, true", "IHAVE, 43, false", "IHAVE, 82, true", "IHAVE, 40002, true", "IHAVE, 40042, false",
        "IWANT, 2, false", "IWANT, 34, true", "MISSING, 32002, true", "MISSING, 32034, false",
        "GRAFT, 1, true", "GRAFT, 2, false", "GRAFT, 33, true", "PRUNE, 2, true", "PEERS, 12288, true",
        "PEERS, 12289, false", "ACK, 25, true", "ACK, 24, false", "ACK, 26, false",
        "SETTLE, 38, true", "SETTLE, 2, false", "SETTLE, 36002, true", "SETTLE, 36038, false",
        "SETTLED, 42, true", "SETTLED, 40043, false", "HOLD, 1, true", "HOLD, 2, false",
        "STATUS_REQ, 0, true", "STATUS_REQ, 1, false", "STATUS, 65536, true", "STATUS, 65537, false",
    })
    void shouldJudgeLengthsFromTheHeaderAlone(FrameType type, long length, boolean allowed) {
        assertEquals(allowed, type.allowsLength(length, MESSAGE));
    }

    @Test
    void shouldKnowTypesByTheirCode() {
        for (FrameType type : FrameType.values()) {
            assertSame(type, FrameType.of(type.code()));
        }
        assertNull(FrameType.of(0x00));
        assertNull(FrameType.of(0x7F));
        assertNull(FrameType.of(0xFF));
    }

    @Test
    void shouldKnowWhichTypesAreExtensions() {
        assertTrue(FrameType.ACK.isExtension());
        assertTrue(FrameType.HOLD.isExtension());
        assertFalse(FrameType.PEERS.isExtension());
        assertFalse(FrameType.ACK.legalBeforeEstablished());
    }

    @Test
    void shouldCountTheHeaderOfAFrameIn() {
        assertEquals(10, OutboundFrame.control(FrameType.PRUNE, new byte[2]).length());
    }
}
