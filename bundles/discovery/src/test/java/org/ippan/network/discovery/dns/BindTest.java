// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.search.Sighting;
import org.ippan.network.discovery.settings.DnsSettings;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Counterpart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What BIND 9 says of zones that are too large, or go round in circles. */
@EnabledIf(value = "org.ippan.network.testkit.process.Counterpart#isNamedInstalled",
        disabledReason = "skipped: no named (apt-get install bind9)")
class BindTest {

    @TempDir
    private Path folder;

    @Test
    void shouldFindAThousandHostsOverTcpAndEndInACircleOfAliases() {
        List<String> records = Stream.concat(
                Stream.of("a IN CNAME b", "b IN CNAME a", "_ippan._tcp IN SRV 10 60 9700 a"),
                IntStream.range(0, 1000).mapToObj(i -> "many IN A 192.0." + i / 250 + "." + (1 + i % 250))).toList();
        try (Counterpart server = Counterpart.named(folder, records)) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", server.port());

            // It listens before it has read its zones.
            Eventually.until(() -> "a thousand: " + search(address, "many.ippan.test:9700").error(),
                    Duration.ofSeconds(10), () -> search(address, "many.ippan.test:9700").candidates().size() == 1000);
            for (String name : List.of("a.ippan.test:9700", "_ippan._tcp.ippan.test")) {
                Sighting seen = search(address, name);
                assertEquals(List.of(), seen.candidates());
                assertTrue(seen.error().contains("a.ippan.test"), seen.error());
            }
        }
    }

    private static Sighting search(InetSocketAddress server, String name) {
        return new DnsSource(new DnsSettings(List.of(name), List.of(server), 60, 3, new Rules(1000, false, true)),
                new DnsSource.Around(new Network(Optional::empty), new Random(1), Ticker.system(), List::of),
                new RefusalCounts()).look();
    }
}
