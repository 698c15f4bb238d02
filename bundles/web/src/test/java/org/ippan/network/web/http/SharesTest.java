// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Who may hold how many connections to the page. */
class SharesTest {

    private static final int ROOM = 64;

    private final Shares shares = new Shares();

    private int take(String address, int most) {
        int taken = 0;
        while (taken < most && shares.take(address(address), ROOM)) {
            taken++;
        }
        return taken;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldGiveOneAddressAQuarter() {
        assertEquals(16, take("192.0.2.1", ROOM));
        assertEquals(16, take("192.0.2.2", ROOM));
    }

    @Test
    void shouldCountASubnetOfIpv6AsOneAddress() {
        assertEquals(10, take("2001:db8::1", 10));
        assertEquals(6, take("2001:db8::2", ROOM));
        assertTrue(shares.take(address("2001:db8:0:1::1"), ROOM));
    }

    @Test
    void shouldKeepAQuarterForThisMachineHoweverManyComeFromElsewhere() {
        int remote = 0;
        for (int i = 1; i < 100; i++) {
            remote += take("192.0.2." + i, 2);
        }

        assertEquals(48, remote);
        assertEquals(16, take("127.0.0.1", ROOM));
    }

    @Test
    void shouldLetClientsOfThisMachineHaveAll() {
        assertEquals(ROOM, take("127.0.0.1", ROOM));
        assertFalse(shares.take(address("::1"), ROOM));
    }

    @Test
    void shouldGiveAShareAgainWhenConnectionsEnd() {
        take("192.0.2.1", ROOM);
        shares.giveBack(address("192.0.2.1"));

        assertEquals(1, take("192.0.2.1", ROOM));
    }

    @Test
    void shouldLetOneInWhereThereIsRoomForVeryFew() {
        assertTrue(shares.take(address("192.0.2.1"), 1));
        assertFalse(shares.take(address("127.0.0.1"), 1));
    }
}
