// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.Gateway.Lease;
import org.ippan.network.nat.gateway.GatewayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NAT-PMP and PCP over real sockets, with a router that follows the RFCs, and with one that does not. */
class UdpProtocolsTest {

    private static final int TIMEOUT_MILLIS = 2000;
    private static final byte[] NONCE = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

    private RfcRouter router;

    @BeforeEach
    void plugIn() throws IOException {
        router = new RfcRouter();
    }

    @AfterEach
    void unplug() {
        router.close();
    }

    private Gateway gateway(String protocol, int millis) {
        return protocol.equals("pcp") ? new Pcp(router.address(), NONCE, () -> millis, Ticker.system())
                : new NatPmp(router.address(), () -> millis, Ticker.system());
    }

    private Gateway gateway(String protocol) {
        return gateway(protocol, TIMEOUT_MILLIS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp"})
    void shouldMapRenewAndUnmap(String protocol) throws IOException {
        Gateway gateway = gateway(protocol);

        Lease lease = gateway.map(9700, 40_000, 3600);
        assertEquals(40_000, lease.port());
        assertEquals(600, lease.seconds());
        assertTrue(lease.beat().epochSeconds() >= 100);
        assertEquals(Map.of(9700, 40_000), router.mapped);
        assertEquals(40_000, gateway.map(9700, lease.port(), 3600).port());

        gateway.unmap(9700, lease);

        assertEquals(Map.of(), router.mapped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp"})
    void shouldSayThatARouterDoesNotSpeakTheProtocol(String protocol) {
        Gateway gateway = gateway(protocol);
        int port = router.address().getPort();
        router.close();

        IOException failure = assertThrows(IOException.class, () -> gateway.map(9700, 9700, 600));

        assertEquals("127.0.0.1 port " + port + ": nothing listens there", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp"})
    void shouldAskAgainWhenAPacketIsLost(String protocol) throws IOException {
        router.losses = 1;

        assertEquals(9700, gateway(protocol).map(9700, 9700, 600).port());
        assertEquals(2, router.requests.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp"})
    void shouldNotBelieveAnAnswerToSomethingElse(String protocol) throws IOException {
        router.liesFirst = true;

        Lease lease = gateway(protocol).map(9700, 9700, 600);

        assertEquals(9700, lease.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp"})
    void shouldGiveUpARouterThatIsSilent(String protocol) {
        router.mute = true;
        long begin = System.nanoTime();

        IOException e = assertThrows(IOException.class, () -> gateway(protocol, 600).map(9700, 9700, 600));

        assertEquals("no answer within 600 ms", e.getMessage());
        assertTrue(System.nanoTime() - begin < 3_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcp", "nat-pmp"})
    void shouldSayWhyARouterRefuses(String protocol) {
        router.refusal = 2;

        GatewayException e = assertThrows(GatewayException.class, () -> gateway(protocol).map(9700, 9700, 600));

        assertTrue(e.getMessage().startsWith("not authorized") && e.code() == 2, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pcp     | 1  | unsupported version
            pcp     | 3  | malformed request
            pcp     | 4  | unsupported operation
            pcp     | 5  | unsupported option
            pcp     | 6  | malformed option
            pcp     | 7  | network failure
            pcp     | 8  | no resources
            pcp     | 9  | unsupported protocol
            pcp     | 10 | quota exceeded
            pcp     | 11 | cannot provide the external port
            pcp     | 12 | address mismatch: another router is between
            pcp     | 13 | too many peers
            pcp     | 99 | unknown result
            nat-pmp | 1  | unsupported version
            nat-pmp | 3  | the router itself has no address yet
            nat-pmp | 4  | out of resources
            nat-pmp | 5  | unsupported operation
            """)
    void shouldSayWhatTheResultOfARouterMeans(String protocol, int code, String meaning) {
        router.refusal = code;

        GatewayException e = assertThrows(GatewayException.class, () -> gateway(protocol).map(9700, 9700, 600));

        assertTrue(e.getMessage().startsWith(meaning) && e.code() == code, e.getMessage());
    }

    @Test
    void shouldSayThatARouterGrantsNothing() {
        assertEquals("the router granted nothing", assertThrows(GatewayException.class, () -> UdpGateway.granted((short)
                0, 600, Optional.empty(), 1)).getMessage().replaceFirst(" \\(.*", ""));
    }

    @Test
    void shouldTellTheOuterAddress() throws IOException {
        Optional<InetAddress> outer = Optional.of(InetAddress.getByName("198.51.100.7"));

        assertEquals(outer, gateway("nat-pmp").beat().address());
        assertEquals(outer, gateway("pcp").map(9700, 9700, 600).address());
        assertTrue(gateway("pcp").beat().epochSeconds() >= 100);
    }

    @Test
    void shouldLeaveARouterThatKnowsNoPcpToNatPmp() throws IOException {
        router.old = true;

        GatewayException e = assertThrows(GatewayException.class, () -> gateway("pcp").map(9700, 9700, 600));

        assertEquals(1, e.code());
        assertEquals(9700, gateway("nat-pmp").map(9700, 9700, 600).port());
    }

    @Test
    void shouldNotEndAMappingOfAnotherNode() throws IOException {
        Lease lease = gateway("pcp").map(9700, 9700, 600);
        Gateway stranger = new Pcp(router.address(), new byte[12], () -> TIMEOUT_MILLIS, Ticker.system());

        assertThrows(GatewayException.class, () -> stranger.unmap(9700, lease));
        assertEquals(Map.of(9700, 9700), router.mapped);
    }
}
