// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.Gateway.Lease;
import org.ippan.network.nat.gateway.GatewayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** UPnP over real sockets, with a router that follows the standard, and with hostile ones. */
class UpnpTest {

    private static final int TIMEOUT_MILLIS = 900;

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    private UpnpRouter router;

    @BeforeEach
    void plugIn() throws IOException {
        router = new UpnpRouter();
    }

    @AfterEach
    void unplug() {
        router.close();
        watch.shutdownNow();
    }

    private Upnp find() throws IOException {
        InetAddress here = InetAddress.getByName("127.0.0.1");
        return Upnp.find(new Upnp.Search(router.group(), here, here, InetAddress::isLoopbackAddress,
                () -> TIMEOUT_MILLIS, watch, Ticker.system()));
    }

    private String failure() {
        long begin = System.nanoTime();
        String message = assertThrows(IOException.class, this::find).getMessage();
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(6), message);
        return message;
    }

    @Test
    void shouldFindMapAskAndUnmap() throws IOException {
        Gateway gateway = find();

        Lease lease = gateway.map(9700, 9700, 3600);

        assertEquals(Map.of(9700, "127.0.0.1:9700/3600"), router.mapped);
        assertEquals(Optional.of(InetAddress.getByName("198.51.100.7")), gateway.beat().address());
        assertEquals(3600, lease.seconds());
        gateway.unmap(9700, lease);
        assertEquals(Map.of(), router.mapped);
    }

    @Test
    void shouldMapForEverWhereARouterKnowsNothingElse() throws IOException {
        router.onlyPermanent = true;

        assertEquals(0, find().map(9700, 9700, 3600).seconds());
        assertEquals(Map.of(9700, "127.0.0.1:9700/0"), router.mapped);
    }

    @Test
    void shouldTakeTheNextPortWhereOneIsTakenAndGiveUpAfterEight() throws IOException {
        router.takenPorts = 3;
        assertEquals(9703, find().map(9700, 9700, 3600).port());

        router.takenPorts = 99;
        GatewayException e = assertThrows(GatewayException.class, () -> find().map(9800, 9800, 3600));

        assertEquals(718, e.code());
        assertEquals(99 - 8, router.takenPorts);
    }

    @Test
    void shouldSayWhyARouterRefuses() throws IOException {
        Gateway gateway = find();
        router.refusal = 606;

        GatewayException e = assertThrows(GatewayException.class, () -> gateway.map(9700, 9700, 3600));

        assertEquals("No way (code 606)", e.getMessage());
    }

    @Test
    void shouldUseTheSecondVersionWhereThereIsOne() throws IOException {
        router.type = "urn:schemas-upnp-org:service:WANIPConnection:2";

        assertEquals(9700, find().map(9700, 9700, 600).port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2:%d/x", "http://localhost:%d/x", "file:///etc/passwd",
        "http://user@127.0.0.1:%d/x"})
    void shouldAskNoHostButTheOneThatAnswered(String location) {
        router.location = location.replace("%d", String.valueOf(router.port()));

        assertTrue(failure().contains("no router answered"));
        assertEquals(0, router.connections.get());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2/ctl", "//192.0.2.1/ctl", "http://example.org/ctl"})
    void shouldOrderNothingAtAnotherHost(String url) {
        router.controlUrl = url;

        assertTrue(failure().contains("offers no connection to the Internet at its own address"));
        assertEquals(1, router.connections.get());
    }

    @Test
    void shouldAskAtMostOnceHoweverManyAnswersOneHostSends() throws IOException {
        router.answers = 2000;
        router.description = exchange -> UpnpRouter.send(exchange, 404, "");

        failure();

        assertEquals(1, router.connections.get());
    }

    /** A router that other hosts imitate, in place of the one before. */
    private UpnpRouter amongOthers(int impostors) throws IOException {
        router.close();
        UpnpRouter among = new UpnpRouter(InetAddress.getByName("0.0.0.0"));
        among.impostors = impostors;
        return among;
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "skipped: the loopback interface has one address only")
    void shouldAskAtMostEightOfTwoThousandHostsThatAnswer() throws IOException {
        router = amongOthers(2000);
        router.description = exchange -> UpnpRouter.send(exchange, 404, "");

        failure();

        assertTrue(router.connections.get() <= 8, router.connections + " connections");
    }

    /** As a second router behind the first, which has no way to the Internet; or one that wants to be it. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "skipped: the loopback interface has one address only")
    void shouldAskTheGatewayThoughManyOthersAnswerBeforeIt() throws IOException {
        router = amongOthers(20);
        router.isLast = true;

        assertEquals(InetAddress.getByName("127.0.0.1"), find().address());
    }

    @Test
    void shouldGiveUpADescriptionWithoutAnEnd() {
        router.description = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write("<a/>".repeat(1000).getBytes());
            }
        };

        assertTrue(failure().contains("more than 65536 bytes"));
    }

    @Test
    void shouldGiveUpADescriptionThatTricklesIn() {
        router.description = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        };

        assertTrue(failure().contains("not complete within 1800 ms"));
    }

    @Test
    void shouldGiveUpDeepXml() {
        router.description = exchange -> UpnpRouter.send(exchange, 200, "<a>".repeat(20_000));

        assertTrue(failure().contains("more than 32 levels"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>",
        "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><r>&b;&b;</r>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\"><r/>"})
    void shouldTakeNoDocumentTypesAndNoEntities(String xml) {
        router.description = exchange -> UpnpRouter.send(exchange, 200, xml);

        String failure = failure();
        assertTrue(failure.contains("document type or an entity") || failure.contains("no XML"), failure);
    }

    @Test
    void shouldGiveUpWhatIsNoXml() {
        router.description = exchange -> UpnpRouter.send(exchange, 200, "<html><p>Login");

        assertTrue(failure().contains("no XML"));
    }

    @Test
    void shouldNotFollowARedirect() {
        router.description = exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + router.port() + "/elsewhere");
            UpnpRouter.send(exchange, 302, "");
        };

        assertTrue(failure().contains("answered 302"));
        assertEquals(1, router.connections.get());
    }
}
