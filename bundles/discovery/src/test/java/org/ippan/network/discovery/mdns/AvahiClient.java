// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.discovery.search.Candidate;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Rules;
import org.ippan.network.discovery.settings.MdnsSettings;
import org.ippan.network.testkit.Eventually;

/** A node beside the host of {@link AvahiTest}: says what it found, and how soon. */
final class AvahiClient {

    private static final Duration SOON = Duration.ofSeconds(5);

    private AvahiClient() {
    }

    public static void main(String[] arguments) {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        MdnsSource source = new LocalNetwork(LocalNetwork.GROUP, Optional::empty, Optional::empty,
                new Network(() -> Optional.of(new byte[16])), reader, Ticker.system(), new RefusalCounts())
                .source(new MdnsSettings(true, List.of("ipm1"), false, new Rules(64, false, true)));
        List<Candidate> found = new ArrayList<>();
        long begin = System.nanoTime();
        Eventually.until("avahi is heard", SOON, () -> {
            try {
                found.addAll(source.look().candidates());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return !found.isEmpty();
        });
        // Link-local addresses among them, which no source passes on.
        found.forEach(one -> System.out.println("found " + one.address() + '#' + one.pin().orElseThrow().shortForm()
                + " after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) + " ms"));
        source.close();
        reader.shutdownNow();
    }
}
