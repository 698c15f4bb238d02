// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.nat.NatSnapshot;
import org.junit.jupiter.api.Test;

/** Routers that keep quiet, map some ports only, or are slower than a bundle that stops. */
class OddRouterTest extends PluggedIn {

    /** Over UPnP no router says how long it has run. */
    @Test
    void shouldMapAgainOnceARouterIsBackThatDoesNotSayThatItBeganAnew() {
        router.tellsEpoch = false;
        set(true, 9700);
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
        set(true, 9700);

        for (int hour = 0; hour < 3; hour++) {
            int before = router.asked.size();
            pass(3500);
            assertTrue(router.asked.size() > before, "not renewed before its lease ends: " + keeper.snapshot());
        }
        assertEquals(List.of("198.51.100.7:9700"), told());
        assertEquals(1, log.size(), log.toString());
    }

    @Test
    void shouldLeaveNoMappingInARouterThatDoesNotMapAll() {
        router.refusedPort = 2000;

        set(true, 1000, 2000);

        assertEquals(Map.of(), router.mapped);
        assertEquals(NatProblem.REFUSED, keeper.snapshot().problem());
    }

    /** As where the parser of the JDK fails at what a router writes. */
    @Test
    void shouldGoOnAfterAnAnswerThatWasNotForeseen() {
        router.whenAsked = () -> {
            throw new IllegalStateException("not foreseen");
        };
        set(true, 9700);
        String error = keeper.snapshot().lastError();
        router.whenAsked = () -> { };

        pass(61);

        assertEquals("internal error: java.lang.IllegalStateException: not foreseen", error);
        assertEquals(Map.of(9700, 9700), router.mapped);
        assertEquals("", keeper.snapshot().lastError());
    }

    @Test
    void shouldTryNoOtherProtocolOnceItIsToStop() throws IOException {
        FakeGateway other = new FakeGateway("nat-pmp", time);
        gateways.put("nat-pmp", other);
        router.silent = true;
        router.whenAsked = keeper::stop;

        set(true, 9700);

        assertTrue(other.asked.isEmpty(), other.asked.toString());
    }

    /** What peers dial is not the router's affair: WebSocket has a scheme of its own, and records have no ws. */
    @Test
    void shouldTellPeersTheSchemeOfEachPort() {
        listening = List.of(PeerAddress.tcp("0.0.0.0", 9700), PeerAddress.parse("ws://0.0.0.0:9750/nodes"));
        set(true, 3600, 3, Map.of(443, "wss"), 9700, 9750, 443, 8080);

        assertEquals(List.of("wss://198.51.100.7:443", "198.51.100.7:8080", "198.51.100.7:9700"), told());

        listening = List.of(PeerAddress.parse("wss://0.0.0.0:9750/nodes"));
        assertEquals("wss://198.51.100.7:9750/nodes", told().get(3));
    }

    @Test
    void shouldMapThePortOfSocketsAloneIfNoneIsConfigured() {
        listening = List.of(PeerAddress.tcp("0.0.0.0", 9700), PeerAddress.parse("ws://0.0.0.0:9750"));

        set(true);

        assertEquals(Map.of(9700, 9700), router.mapped);
    }

    @Test
    void shouldAskARouterItKnowsWithTheNewTimeLimitAndLease() {
        router.granted = 86_400;
        set(true, 86_400, 3, Map.of(), 9700);
        assertEquals(3, router.timeout);

        set(true, 600, 10, Map.of(), 9700);

        assertEquals(10, router.timeout);
        assertEquals(List.of("map 9700", "map 9700"), router.asked);
        assertEquals(600, keeper.snapshot().leaseSeconds());
    }

    /** How often mappings change is up to the router. */
    @Test
    void shouldLogLittleOfLeasesThatAreShortAndEachForAnotherPort() {
        router.granted = 1;
        router.roams = true;

        set(true, 9700);
        pass(3600);

        assertTrue(router.asked.size() > 3000, router.asked.size() + " requests");
        assertTrue(log.size() < 50, log.size() + " lines in an hour");
        assertTrue(log.get(0).startsWith("The router passes connections on: "), log.get(0));
    }

    /** It may take its time for each protocol. */
    @Test
    void shouldSayThatItSearchesWhileTheRouterIsAskedForTheFirstTime() {
        List<NatSnapshot> seen = new ArrayList<>();
        router.whenAsked = () -> seen.add(keeper.snapshot());
        router.silent = true;
        set(true);
        assertEquals(NatProblem.SEARCHING, seen.get(0).problem());
        assertTrue(seen.get(0).enabled(), "switched on");

        pass(31);

        assertEquals(NatProblem.NO_ANSWER, seen.get(1).problem());
    }
}
