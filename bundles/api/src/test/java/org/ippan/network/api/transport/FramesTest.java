// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ippan.network.api.MessageId;
import org.ippan.network.api.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesTest {

    private static final int MESSAGE = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "HELLO, 105, false", "HELLO, 106, true", "HELLO, 512, true", "HELLO, 513, false",
        "PING, 8, true", "PING, 7, false", "PING, 4294967295, false",
        "GOSSIP, 20, false", "GOSSIP, 21, true", "GOSSIP, 1048660, true", "GOSSIP, 1048661, false",
        "IHAVE, 42, true", "IHAVE, 43, false", "IHAVE, 82, true", "IHAVE, 40002, true", "IHAVE, 40042, false",
        "IWANT, 2, false", "IWANT, 34, true", "MISSING, 32002, true", "MISSING, 32034, false",
        "GRAFT, 1, true", "GRAFT, 2, false", "GRAFT, 33, true", "PRUNE, 2, true", "PEERS, 12288, true",
        "PEERS, 12289, false",
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
    void shouldStampTheAgeReachedWhileWaiting() {
        OutboundFrame frame = OutboundFrame.gossip(FrameClass.of(Priority.LOW), MessageId.of(1, 2, 3, 4),
                new byte[21], new byte[3], 8, 250, 1_000_000);

        assertEquals(250, frame.ageMillisAt(1_000_000));
        assertEquals(1_250, frame.ageMillisAt(1_001_000_000));
        assertEquals(250, frame.ageMillisAt(0));
        assertEquals(0xFFFF_FFFFL, frame.ageMillisAt(Long.MAX_VALUE));
        assertEquals(FrameClass.LOW, frame.frameClass());
        assertEquals(32, frame.length());
    }

    @Test
    void shouldCountABodySharedByQueuesOnce() {
        OutboundFrame frame = OutboundFrame.control(FrameType.PRUNE, new byte[2]);

        assertTrue(frame.retain());
        assertFalse(frame.retain());
        assertFalse(frame.release());
        assertTrue(frame.release());
    }
}
