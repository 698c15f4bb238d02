// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.nat.settings.NatSettings;
import org.ippan.network.testkit.ManualScheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routers that keep quiet, map some ports only, or are slower than a bundle that stops. */
class OddRouterTest {

    private final ManualScheduler time = new ManualScheduler();
    private final List<String> log = new ArrayList<>();
    private final Map<String, FakeGateway> gateways = new HashMap<>();
    private FakeGateway router;
    private FakeGateway other;
    private Keeper keeper;

    @BeforeEach
    void plugIn() throws IOException {
        time.advance(Duration.ofSeconds(1_000_000));
        router = new FakeGateway("pcp", time);
        other = new FakeGateway("nat-pmp", time);
        gateways.put("pcp", router);
        keeper = new Keeper(new FakeOpener(gateways, () -> Optional.of(InetAddress.getLoopbackAddress())), List::of,
                Optional::empty, time, time, log::add);
    }

    private void map(int... ports) {
        keeper.apply(new NatSettings(true, List.of("pcp", "nat-pmp", "upnp"), Optional.empty(),
                Arrays.stream(ports).boxed().toList(), 3600, 3));
        pass(0);
    }

    private void pass(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    /** Over UPnP no router says how long it has run. */
    @Test
    void shouldMapAgainOnceARouterIsBackThatDoesNotSayThatItBeganAnew() {
        router.tellsEpoch = false;
        map(9700);
        pass(600);
        router.silent = true;
        router.reboot();
        pass(61);
        router.silent = false;

        pass(61);

        assertEquals(Map.of(9700, 9700), router.mapped);
    }

    @Test
    void shouldLeaveNoMappingInARouterThatDoesNotMapAll() {
        router.refusedPort = 2000;

        map(1000, 2000);

        assertEquals(Map.of(), router.mapped);
        assertEquals(NatProblem.REFUSED, keeper.snapshot().problem());
    }

    /** As where the parser of the JDK fails at what a router writes. */
    @Test
    void shouldGoOnAfterAnAnswerThatWasNotForeseen() {
        router.whenAsked = () -> {
            throw new IllegalStateException("not foreseen");
        };
        map(9700);
        String error = keeper.snapshot().lastError();
        router.whenAsked = () -> { };

        pass(61);

        assertEquals("internal error: java.lang.IllegalStateException: not foreseen", error);
        assertEquals(Map.of(9700, 9700), router.mapped);
        assertEquals("", keeper.snapshot().lastError());
    }

    @Test
    void shouldTryNoOtherProtocolOnceItIsToStop() {
        gateways.put("nat-pmp", other);
        router.silent = true;
        router.whenAsked = keeper::stop;

        map(9700);

        assertTrue(other.asked.isEmpty(), other.asked.toString());
    }
}
