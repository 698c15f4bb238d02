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
import org.ippan.network.api.PeerAddress;
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
    private List<PeerAddress> listening = List.of();
    private FakeGateway router;
    private FakeGateway other;
    private Keeper keeper;

    @BeforeEach
    void plugIn() throws IOException {
        time.advance(Duration.ofSeconds(1_000_000));
        router = new FakeGateway("pcp", time);
        other = new FakeGateway("nat-pmp", time);
        gateways.put("pcp", router);
        keeper = new Keeper(new FakeOpener(gateways, () -> Optional.of(InetAddress.getLoopbackAddress())),
                new Listeners(() -> listening), Optional::empty, time, time, log::add);
    }

    private void map(int... ports) {
        map(3600, 3, Map.of(), ports);
    }

    private void map(int leaseSeconds, int timeoutSeconds, Map<Integer, String> schemes, int... ports) {
        keeper.apply(new NatSettings(true, List.of("pcp", "nat-pmp", "upnp"), Optional.empty(),
                Arrays.stream(ports).boxed().toList(), schemes, leaseSeconds, timeoutSeconds));
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

    /** Some know nothing of ANNOUNCE, and do not say so either. */
    @Test
    void shouldRenewWhereTheRouterMapsAndDoesNotAnswerHowItIs() {
        router.mute = true;
        map(9700);

        for (int minute = 0; minute < 180; minute++) {
            pass(60);
            assertEquals(1, keeper.addresses().size(), "after " + minute + " min: " + keeper.snapshot());
        }
        assertEquals(1, log.size(), log.toString());
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

    /** What peers dial is not the router's affair: WebSocket has a scheme of its own, and records have no ws. */
    @Test
    void shouldTellPeersTheSchemeOfEachPort() {
        listening = List.of(PeerAddress.tcp("0.0.0.0", 9700), PeerAddress.parse("ws://0.0.0.0:9750/nodes"));
        map(3600, 3, Map.of(443, "wss"), 9700, 9750, 443, 8080);

        assertEquals(List.of("wss://198.51.100.7:443", "198.51.100.7:8080", "198.51.100.7:9700"),
                keeper.addresses().stream().map(PeerAddress::toString).toList());

        listening = List.of(PeerAddress.parse("wss://0.0.0.0:9750/nodes"));
        assertEquals("wss://198.51.100.7:9750/nodes", keeper.addresses().get(3).toString());
    }

    @Test
    void shouldMapThePortOfSocketsAloneIfNoneIsConfigured() {
        listening = List.of(PeerAddress.tcp("0.0.0.0", 9700), PeerAddress.parse("ws://0.0.0.0:9750"));

        map();

        assertEquals(Map.of(9700, 9700), router.mapped);
    }

    @Test
    void shouldAskARouterItKnowsWithTheNewTimeLimitAndLease() {
        router.granted = 86_400;
        map(86_400, 3, Map.of(), 9700);
        assertEquals(3, router.timeout);

        map(600, 10, Map.of(), 9700);

        assertEquals(10, router.timeout);
        assertEquals(List.of("map 9700", "map 9700"), router.asked);
        assertEquals(600, keeper.snapshot().leaseSeconds());
    }

    /** How often mappings change is up to the router. */
    @Test
    void shouldLogLittleOfLeasesThatAreShortAndEachForAnotherPort() {
        router.granted = 1;
        router.roams = true;

        map(9700);
        pass(3600);

        assertTrue(router.asked.size() > 3000, router.asked.size() + " requests");
        assertTrue(log.size() < 50, log.size() + " lines in an hour");
        assertTrue(log.get(0).startsWith("The router passes connections on: "), log.get(0));
    }

    @Test
    void shouldGoOnAfterAnAnswerThatNobodyForesaw() {
        router.whenAsked = () -> {
            throw new ClassCastException("odd");
        };
        map(9700);
        assertTrue(keeper.snapshot().lastError().contains("odd"), keeper.snapshot().lastError());
        router.whenAsked = () -> { };

        pass(60);

        assertEquals(Map.of(9700, 9700), router.mapped);
    }
}
