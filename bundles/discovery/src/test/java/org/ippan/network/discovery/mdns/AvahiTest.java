// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ippan.network.testkit.process.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finds what a real responder, avahi-daemon, announces, in network namespaces of their own. Needs root, and the
 * packages iproute2 and avahi-daemon; so it runs only when asked for:
 * {@code mvn -pl bundles/discovery -am test -Dtest=AvahiTest -Dcounterparts=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@EnabledIfSystemProperty(named = "counterparts", matches = "true")
class AvahiTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFindWhatAvahiAnnounces() {
        List<String> said = Programs.inNetworkOf(Path.of("src", "test", "resources", "avahi", "neighbour.sh"),
                AvahiClient.class, folder, Duration.ofMinutes(1));

        said.stream().filter(line -> line.startsWith("found ")).forEach(System.out::println);
        assertTrue(said.stream().anyMatch(line -> line.startsWith("found 192.168.78.1:9700#01010101 ")),
                String.join("\n", said));
    }
}
