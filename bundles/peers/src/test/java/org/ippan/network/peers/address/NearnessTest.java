// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where a name may lead. */
final class NearnessTest {

    private static final List<String> OF_THE_WORLD = List.of("93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8");
    private static final List<String> OF_A_SITE = List.of("10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1",
            "fd00::1", "::ffff:10.0.0.1");
    private static final List<String> OF_THIS_MACHINE = List.of("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1",
            "0.0.0.0", "::", "169.254.169.254", "fe80::1", "224.0.0.1", "ff02::1");

    private static List<String> admitted(Nearness nearness) {
        return Stream.of(OF_THE_WORLD, OF_A_SITE, OF_THIS_MACHINE).flatMap(List::stream)
                .filter(text -> nearness.admits(ip(text))).toList();
    }

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static List<String> all(List<List<String>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    @Test
    void shouldLeadNoNearerThanItMay() {
        assertEquals(OF_THE_WORLD, admitted(Nearness.WORLD));
        assertEquals(all(List.of(OF_THE_WORLD, OF_A_SITE)), admitted(Nearness.SITE));
        assertEquals(all(List.of(OF_THE_WORLD, OF_A_SITE, OF_THIS_MACHINE)), admitted(Nearness.MACHINE));
    }

    @Test
    void shouldFollowWhichAddressesMayBeTold() {
        assertEquals(Nearness.MACHINE, Nearness.of(any -> true));
        assertEquals(Nearness.SITE, Nearness.of(address -> !address.host().startsWith("127.")));
        assertEquals(Nearness.WORLD, Nearness.of(address -> !ToldAddress.isPrivate(address)));
    }

    @Test
    void shouldLeadAsNearAsTheMostTrustedOfThoseThatToldOfIt() {
        assertEquals(Nearness.SITE, Nearness.SITE.or(Nearness.WORLD));
        assertEquals(Nearness.MACHINE, Nearness.SITE.or(Nearness.MACHINE));
    }
}
