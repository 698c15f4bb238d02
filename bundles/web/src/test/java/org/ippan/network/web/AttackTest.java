// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.ServedWeb.SOON;
import static org.ippan.network.web.ServedWeb.TOKEN;
import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Clients that mean no good, many times: what they do is refused each time and logged once, threads and connections
 * stay at their limits, and somebody who was let in before is served all the while.
 */
class AttackTest {

    /** The default of {@code maxConnections}. */
    private static final int ROOM = 64;
    private static final int CONNECTIONS = 10_000;
    private static final int REQUESTS = 100;
    private static final int WORKERS = 3;
    /** What this JVM, the server's ends included, may have open besides the connections of the attack. */
    private static final long OTHER_FILES = 500;

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    private HttpClient honest;

    @BeforeEach
    void comeIn() throws IOException {
        served.set(Map.of("token", TOKEN, "requestTimeoutSeconds", "60"));
        honest = new HttpClient(served.address());
        assertServed();
    }

    @AfterEach
    void leave() throws IOException {
        honest.close();
    }

    private void assertServed() throws IOException {
        assertStatus(200, honest.ask("/health/live"));
    }

    private void assertBounded() {
        assertEquals(1, ServedWeb.threads("io"));
        assertTrue(ServedWeb.threads("work") <= WORKERS, ServedWeb.threads("work") + " workers");
        assertTrue(served.web.snapshot().connections() <= ROOM, served.web.snapshot().toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wrong host     | GET /api/v1/node HTTP/1.1~Host: evil.example~Connection: close~~         | 421
            other site     | GET / HTTP/1.1~Host: localhost~Origin: http://evil~Connection: close~~   | 403
            missing token  | POST /api/v1/publish HTTP/1.1~Host: localhost~Connection: close~~        | 401
            wrong token    | GET / HTTP/1.1~Host: localhost~Authorization: Bearer x~Connection: close~~ | 401
            path traversal | GET /../../etc/passwd HTTP/1.1~Host: localhost~Connection: close~~       | 404
            1 MiB header   | GET / HTTP/1.1~Host: localhost~X: MIB~~                                  | 431
            long address   | GET /MIB HTTP/1.1~Host: localhost~~                                      | 414
            long body      | POST /api/v1/publish HTTP/1.1~Host: localhost~Content-Length: 1048576~~MIB | 413
            no HTTP        | HELO, is there a mail server?~~                                          | 400
            """)
    void shouldRefuseEachTimeAndLogItOnce(String attack, String text, int status) throws IOException {
        String request = text.replace("~", "\r\n").replace("MIB", "x".repeat(1024 * 1024));
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < REQUESTS; i++) {
                assertStatus(status, served.exchange(request));
                assertServed();
            }

            String said = log.line();
            assertTrue(said.contains("Refused a request from 127.0.0.1: " + status), attack + " logs " + said);
        }
        assertEquals(REQUESTS, served.web.snapshot().requestsRefused());
        assertBounded();
    }

    @Test
    void shouldCloseSlowClientsAndServeOthersMeanwhile() throws IOException {
        served.set(Map.of("requestTimeoutSeconds", "1"));
        List<HttpClient> slow = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            while (slow.size() < ROOM - 1) {
                slow.add(new HttpClient(served.address()));
            }
            // A letter at a time; every second one is silent from the beginning.
            for (char each : "GET / HTTP/1.1\r\nHost: localhost\r\nX: slowly".toCharArray()) {
                for (int i = 0; i < slow.size(); i += 2) {
                    slow.get(i).send(String.valueOf(each));
                }
                assertServed();
            }
            assertBounded();
            Eventually.until("they are sent away", SOON, () -> served.web.snapshot().timedOut() >= slow.size());
            for (HttpClient client : slow) {
                assertEquals("", client.readAll());
            }

            assertEquals(List.of(), log.lines());
            assertEquals(0, served.web.snapshot().requestsRefused());
        } finally {
            for (HttpClient client : slow) {
                client.close();
            }
        }
    }

    @Test
    void shouldCloseTenThousandConnectionsAtOnceAndServeWhoIsIn() throws IOException {
        List<HttpClient> inside = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            while (inside.size() < ROOM - 1) {
                inside.add(new HttpClient(served.address()));
            }
            Eventually.until("it is full", SOON, () -> served.web.snapshot().connections() == ROOM);

            // All at once where so many files may be open (ulimit -n 10500); else in rounds, each as large as may be.
            for (int left = CONNECTIONS; left > 0; left -= Math.min(left, atOnce())) {
                knock(Math.min(left, atOnce()));
            }

            assertEquals(CONNECTIONS, served.web.snapshot().refused());
            assertEquals(ROOM, served.web.snapshot().connections());
            assertStatus(200, served.get("/health/live"));
            assertStatus(503, served.get("/metrics"));
            String said = log.line();
            assertTrue(said.contains("64 connections to the page, as many as maxConnections allows"), said);
        } finally {
            for (HttpClient client : inside) {
                client.close();
            }
        }
        Eventually.until("there is room", SOON, () -> served.web.snapshot().connections() == 1);
        assertStatus(200, served.get("/health/live"));
    }

    private static int atOnce() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? (int) Math.min(CONNECTIONS, unix.getMaxFileDescriptorCount() - OTHER_FILES) : CONNECTIONS;
    }

    /** Holds so many connections open until each was refused; whoever is in asks something now and then. */
    private void knock(int count) throws IOException {
        long before = served.web.snapshot().refused();
        InetSocketAddress address = new InetSocketAddress(served.address().host(), served.address().port());
        List<SocketChannel> knocking = new ArrayList<>();
        try {
            while (knocking.size() < count) {
                SocketChannel channel = SocketChannel.open();
                knocking.add(channel);
                channel.configureBlocking(false);
                channel.connect(address);
                if (knocking.size() % REQUESTS == 0) {
                    assertServed();
                    assertBounded();
                }
            }
            Eventually.until(() -> "all are refused: " + served.web.snapshot(), SOON,
                    () -> served.web.snapshot().refused() == before + count);
        } finally {
            for (SocketChannel channel : knocking) {
                channel.close();
            }
        }
    }
}
