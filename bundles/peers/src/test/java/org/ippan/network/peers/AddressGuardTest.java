// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.peers.BlockedPrefix;
import org.ippan.network.peers.context.AddressGuard;
import org.ippan.network.peers.settings.Failures;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Peers;
import org.junit.jupiter.api.Test;

/** Which addresses are blocked for failed handshakes, and for how long. */
class AddressGuardTest {

    private Failures failures = new Failures(10, Duration.ofMinutes(10).toNanos());

    private static InetAddress ip(String address) {
        return NetSet.address(address).orElseThrow();
    }

    @Test
    void shouldForgiveTenFailuresAMinuteAndForgetABlock() {
        ManualScheduler time = new ManualScheduler();
        AddressGuard guard = new AddressGuard(time, () -> failures);
        for (int i = 0; i < 10; i++) {
            guard.failed(ip("192.0.2.1"), null);
        }
        List<BlockedPrefix> early = guard.blocked();
        time.stall(Duration.ofSeconds(61));
        boolean afterAMinute = guard.failed(ip("192.0.2.1"), null);

        for (int i = 0; i < 9; i++) {
            guard.failed(ip("192.0.2.1"), null);
        }
        boolean begins = guard.failed(ip("192.0.2.1"), null);

        assertEquals(List.of(), early);
        assertFalse(afterAMinute);
        assertTrue(begins);
        assertEquals(List.of(new BlockedPrefix("192.0.2.1/32", 600, 0)), guard.blocked());
        time.stall(Duration.ofMinutes(10));
        assertEquals(List.of(), guard.blocked());
    }

    @Test
    void shouldBlockByTheLimitsInForceAlsoWhereItHasBegun() {
        ManualScheduler time = new ManualScheduler();
        AddressGuard guard = new AddressGuard(time, () -> failures);
        failures = new Failures(1, Duration.ofMinutes(1).toNanos());
        guard.failed(ip("192.0.2.1"), null);
        assertTrue(guard.failed(ip("192.0.2.1"), Peers.alice()));
        time.stall(Duration.ofSeconds(30));
        assertEquals(List.of(new BlockedPrefix("192.0.2.1/32", 30, 1)), guard.blocked());

        failures = new Failures(1, Duration.ofSeconds(20).toNanos());

        assertEquals(List.of(), guard.blocked());
        assertTrue(guard.admits(ip("192.0.2.1")));
    }

    @Test
    void shouldForgetTheFailuresOfAnAddressThatIsUnblocked() {
        AddressGuard guard = new AddressGuard(new ManualScheduler(), () -> failures);
        IntStream.range(0, 11).forEach(i -> guard.failed(ip("192.0.2.1"), Peers.alice()));

        boolean first = guard.unblock(Prefix.host(ip("192.0.2.1")));
        boolean second = guard.unblock(Prefix.host(ip("192.0.2.1")));

        assertTrue(first);
        assertFalse(second);
        assertEquals(0, guard.refusedNanos(ip("192.0.2.1"), Peers.alice()));
        assertFalse(guard.failed(ip("192.0.2.1"), Peers.alice()));
    }

    /** Also where one attacker uses many keys. */
    @Test
    void shouldRememberFewPeersThatFailAtABlockedAddress() {
        ManualScheduler time = new ManualScheduler();
        AddressGuard guard = new AddressGuard(time, () -> failures);
        for (int i = 0; i < 200; i++) {
            guard.failed(ip("192.0.2.1"), Peers.peer(i));
        }

        long refused = LongStream.range(0, 200)
                .filter(i -> guard.refusedNanos(ip("192.0.2.1"), Peers.peer(i)) > 0).count();

        assertEquals(64, refused);
        assertEquals(0, guard.refusedNanos(ip("192.0.2.2"), Peers.peer(199)));
    }
}
