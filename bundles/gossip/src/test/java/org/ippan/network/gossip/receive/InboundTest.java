// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** The room for what is inflated. */
class InboundTest {

    private final Inbound in = new Inbound(null, null, null, null, null, null, new byte[16]);

    private byte[] raw(int length) {
        return in.raw(length);
    }

    @Test
    void shouldUseItsRoomAgainAfterADuplicate() {
        byte[] room = raw(1000);
        in.keepRaw();

        assertSame(room, raw(1000));
        assertEquals(500, raw(500).length);
    }

    @Test
    void shouldGiveItsRoomAway() {
        byte[] room = raw(1000);

        assertSame(room, in.takeRaw());
        assertNotSame(room, raw(1000));
    }

    @Test
    void shouldNotKeepMuchRoom() {
        byte[] room = raw(100_000);
        in.keepRaw();

        assertNotSame(room, raw(100_000));
    }
}
