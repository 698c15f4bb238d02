// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.nat.NatProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeeperTest extends PluggedIn {

    private long count(String what) {
        return router.asked.stream().filter(what::equals).count();
    }

    @Test
    void shouldDoNothingUntilItIsEnabled() {
        set(false);
        pass(1000);

        assertEquals(List.of(), router.asked);
        assertEquals(NatProblem.NONE, keeper.snapshot().problem());
    }

    @Test
    void shouldMapThePortItListensOnAndTellPeersTheOuterAddress() {
        set(true);

        assertEquals(Map.of(9700, 9700), router.mapped);
        assertEquals(List.of("198.51.100.7:9700"), told());
        assertEquals("198.51.100.7:9700 -> 9700", keeper.snapshot().mappings());
        assertEquals("pcp", keeper.snapshot().protocol());
        assertEquals(3600, keeper.snapshot().leaseSeconds());
        assertEquals(1, log.size(), log.toString());
    }

    @Test
    void shouldRenewWhenHalfOfTheGrantedLeaseHasPassed() {
        router.granted = 600;
        set(true);

        pass(299);
        assertEquals(1, count("map 9700"));
        pass(2);
        assertEquals(2, count("map 9700"));
        pass(300);
        assertEquals(3, count("map 9700"));
        assertEquals(3, keeper.snapshot().renewals());
        assertEquals(1, log.size(), log.toString());
    }

    @Test
    void shouldMapAgainWithinAMinuteWhenTheRouterLostItsMemory() {
        set(true);
        pass(600);
        router.reboot();

        pass(61);

        assertEquals(Map.of(9700, 9700), router.mapped);
    }

    @Test
    void shouldMapAgainAndTellTheNewAddressWhenTheRouterGotAnother() throws IOException {
        set(true);
        pass(600);
        router.outer = InetAddress.getByName("203.0.113.9");

        pass(61);

        assertEquals(2, count("map 9700"));
        assertEquals(List.of("203.0.113.9:9700"), told());
    }

    @Test
    void shouldFollowTheListener() {
        listening = List.of();
        set(true);
        assertEquals(NatProblem.NOTHING_TO_MAP, keeper.snapshot().problem());

        listening = List.of(PeerAddress.tcp("0.0.0.0", 9700));
        pass(3);
        assertEquals(Map.of(9700, 9700), router.mapped);
        listening = List.of(PeerAddress.tcp("0.0.0.0", 9800));
        pass(61);

        assertEquals(Map.of(9800, 9800), router.mapped);
        assertEquals(List.of("198.51.100.7:9800"), told());
    }

    @Test
    void shouldMapThePortsThatAreConfigured() {
        set(true, 1000, 2000);
        assertEquals(Map.of(1000, 1000, 2000, 2000), router.mapped);

        set(true, 2000);

        assertEquals(Map.of(2000, 2000), router.mapped);
    }

    @Test
    void shouldRemoveMappingsWhenItIsSwitchedOffOrStopped() {
        set(true);
        set(false);
        assertEquals(Map.of(), router.mapped);
        assertEquals(List.of(), told());

        set(true);
        CompletableFuture<Void> stopped = keeper.stop();
        pass(0);
        assertTrue(stopped.isDone());
        assertEquals(Map.of(), router.mapped);
        assertEquals(List.of(), told());
        pass(10_000);
        assertEquals(Map.of(), router.mapped);
    }

    @Test
    void shouldTryTheNextProtocolWhenOneIsNotAnsweredOrRefused() throws IOException {
        router.refuses = true;
        FakeGateway other = new FakeGateway("upnp", time);
        gateways.put("upnp", other);

        set(true);

        assertEquals(Map.of(9700, 9700), other.mapped);
        assertEquals("upnp", keeper.snapshot().protocol());
    }

    @Test
    void shouldSayThatNobodyAnswersAndTryLessAndLessOften() {
        router.silent = true;
        set(true);
        assertEquals(NatProblem.NO_ANSWER, keeper.snapshot().problem());
        assertTrue(keeper.snapshot().lastError().contains("pcp: no answer within 3000 ms; nat-pmp: no answer"));
        pass(3600);
        long tries = count("map 9700");

        router.silent = false;
        pass(1000);

        assertTrue(tries > 4 && tries < 12, tries + " tries");
        assertEquals(NatProblem.NONE, keeper.snapshot().problem());
        assertEquals(List.of("198.51.100.7:9700"), told());
        assertEquals(2, log.size(), log.toString());
    }

    @Test
    void shouldSayThatTheRouterRefuses() {
        router.refuses = true;
        set(true);

        assertEquals(NatProblem.REFUSED, keeper.snapshot().problem());
        assertTrue(keeper.snapshot().lastError().matches("(?:.*; )?pcp: not authorized \\(code 2\\)(?:; .*)?"),
                keeper.snapshot().lastError());
    }

    @Test
    void shouldSayThatNoGatewayIsKnown() {
        route = Optional.empty();
        set(true);

        assertEquals(NatProblem.NO_GATEWAY, keeper.snapshot().problem());
    }

    @Test
    void shouldKeepTellingWhatIsMappedUntilTheLeaseEndsThoughTheRouterIsSilent() {
        set(true);
        router.silent = true;

        pass(3000);
        assertEquals(List.of("198.51.100.7:9700"), told());
        pass(3000);

        assertEquals(List.of(), told());
        assertEquals(NatProblem.NO_ANSWER, keeper.snapshot().problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.5", "10.0.0.1", "100.64.3.4", "172.20.0.1", "169.254.1.1", "0.0.0.0",
        "127.0.0.1", "240.0.0.1", "198.18.0.1", "fd00::1", "224.0.0.5"})
    void shouldTellNoAddressBehindAnotherRouter(String outer) throws IOException {
        router.outer = InetAddress.getByName(outer);
        set(true);

        assertEquals(List.of(), told());
        assertEquals(NatProblem.DOUBLE_NAT, keeper.snapshot().problem());
    }

    @Test
    void shouldTellNothingWhenPeersSeeAnotherAddressThanTheRouterSays() throws IOException {
        observed = List.of(InetAddress.getByName("203.0.113.50"));
        set(true);

        assertEquals(List.of(), told());
        assertEquals(NatProblem.DOUBLE_NAT, keeper.snapshot().problem());
    }

    @Test
    void shouldTellWhatPeersSeeWhenTheRouterSaysNothing() throws IOException {
        router.outer = null;
        set(true);
        assertEquals(List.of(), told());
        assertEquals(NatProblem.NONE, keeper.snapshot().problem());

        observed = List.of(InetAddress.getByName("203.0.113.50"));
        pass(61);

        assertEquals(List.of("203.0.113.50:9700"), told());
    }

    /** As in most homes, where IPv6 needs no mapping. */
    @Test
    void shouldTakeNoAddressOfIpv6ForThatOfAMappingOfIpv4() throws IOException {
        observed = List.of(InetAddress.getByName("2001:db8::7"));
        set(true);
        assertEquals(List.of("198.51.100.7:9700"), told());
        assertEquals(NatProblem.NONE, keeper.snapshot().problem());

        router.outer = null;
        set(false);
        set(true);
        assertEquals(List.of(), told());

        observed = List.of(InetAddress.getByName("203.0.113.50"), InetAddress.getByName("2001:db8::7"));
        pass(61);
        assertEquals(List.of("203.0.113.50:9700"), told());
    }

    @Test
    void shouldGiveUpAMappingWithoutAnEndWhenTheRouterIsGone() {
        router.permanent = true;
        set(true);
        pass(3600);
        assertEquals(0, keeper.snapshot().leaseSeconds());
        assertEquals(List.of("198.51.100.7:9700"), told());
        router.silent = true;

        pass(3600);

        assertEquals(List.of(), told());
        assertEquals(NatProblem.NO_ANSWER, keeper.snapshot().problem());
    }

    @Test
    void shouldMapAtTheNewGatewayWhenTheDefaultRouteChanges() throws IOException {
        set(true);
        route = Optional.of(InetAddress.getByName("192.168.2.1"));

        pass(61);

        assertEquals(1, count("unmap 9700"));
        assertEquals(2, count("map 9700"));
    }

    /** Else the router passes connections on to another machine, over UPnP as long as it answers. */
    @Test
    void shouldMapAnewWhenThisMachineGotAnotherAddress() throws IOException {
        set(true);
        local = Optional.empty();
        pass(61);
        assertEquals(1, count("map 9700"));
        local = Optional.of(InetAddress.getByName("192.168.1.35"));

        pass(61);

        assertEquals(1, count("unmap 9700"));
        assertEquals(2, count("map 9700"));
        assertEquals(List.of("198.51.100.7:9700"), told());
        pass(120);
        assertEquals(2, count("map 9700"));
    }

    @Test
    void shouldAskForEverythingAgainWhenToldTo() {
        set(true);

        keeper.renew();
        pass(0);

        assertEquals(2, count("map 9700"));
    }
}
