// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maps ports at a real router, miniupnpd, in network namespaces of their own: a local network, a router, the world
 * outside. Needs root, and the packages iproute2, nftables and miniupnpd-nftables; so it runs only when asked for:
 * {@code mvn -pl bundles/nat -am test -Dtest=MiniupnpdTest -Dcounterparts=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "counterparts", matches = "true")
class MiniupnpdTest {

    private static final int MINUTES = 2;

    @TempDir
    private Path folder;

    @Test
    void shouldMapRenewAndUnmapByEachProtocol() {
        List<String> said = Programs.inNetworkOf(Path.of("src", "test", "resources", "miniupnpd", "router.sh"),
                MiniupnpdClient.class, folder, Duration.ofMinutes(MINUTES));

        assertEquals(List.of("pcp 45.45.45.1:9700", "mapped", "renewed 3", "gone", "nat-pmp 45.45.45.1:9700", "mapped",
                "renewed 3", "gone", "upnp 45.45.45.1:9700", "mapped", "renewed 3", "gone"),
                said.stream().filter(line -> line.matches("(pcp|nat-pmp|upnp|mapped|renewed|gone).*")).toList(),
                String.join("\n", said));
    }
}
