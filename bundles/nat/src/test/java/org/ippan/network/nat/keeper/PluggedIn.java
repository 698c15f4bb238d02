// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.nat.settings.NatSettings;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;

/** A keeper of a node that listens, and its router: what tests of mappings begin with. Time passes when they say so. */
abstract class PluggedIn {

    final ManualScheduler time = new ManualScheduler();
    final List<String> log = new ArrayList<>();
    /** By protocol. */
    final Map<String, FakeGateway> gateways = new HashMap<>();
    List<PeerAddress> listening = List.of(PeerAddress.tcp("0.0.0.0", 9700));
    List<InetAddress> observed = List.of();
    Optional<InetAddress> route = Optional.of(InetAddress.getLoopbackAddress());
    Optional<InetAddress> local = Optional.of(InetAddress.getLoopbackAddress());
    FakeGateway router;
    Keeper keeper;

    @BeforeEach
    void plugIn() throws IOException {
        time.advance(Duration.ofSeconds(1_000_000));
        router = new FakeGateway("pcp", time);
        gateways.put("pcp", router);
        keeper = new Keeper(new FakeOpener(gateways, () -> route, () -> local), new Listeners(() -> listening),
                () -> observed, time, time, log::add);
    }

    void set(boolean enabled, int... ports) {
        set(enabled, 3600, 3, Map.of(), ports);
    }

    void set(boolean enabled, int leaseSeconds, int timeoutSeconds, Map<Integer, String> schemes, int... ports) {
        keeper.apply(new NatSettings(enabled, List.of("pcp", "nat-pmp", "upnp"), Optional.empty(),
                Arrays.stream(ports).boxed().toList(), schemes, leaseSeconds, timeoutSeconds));
        pass(0);
    }

    void pass(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    List<String> told() {
        return keeper.addresses().stream().map(PeerAddress::toString).toList();
    }
}
