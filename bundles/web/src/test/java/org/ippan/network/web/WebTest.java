// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.HttpClient.exchange;
import static org.ippan.network.web.HttpClient.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over real sockets, and clients that mean no good. */
class WebTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TOKEN = "0123456789abcdef";
    private static final String BAN = "POST /api/v1/peers/" + "ab".repeat(32) + "/ban";

    private final NodeServices services = new NodeServices();
    private final EventLog events = new EventLog(Clock.systemUTC());
    private final Web web = new Web(services, events, Clock.systemUTC(), "1.0.0");
    private final LiveSettings<WebSettings> settings =
            new LiveSettings<>(WebSettings.SCHEMA, WebSettings::of, error -> { }, warning -> { });
    private final Map<String, Object> raw = new HashMap<>(Map.of("listenAddress", "127.0.0.1:0"));
    private PeerAddress server;

    @BeforeEach
    void start() {
        set(Map.of());
        services.bind("Web", web);
    }

    @AfterEach
    void stop() {
        web.stop();
        until("no thread is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("ippan-web-io")));
    }

    private void set(Map<String, String> changes) {
        raw.putAll(changes);
        settings.update(raw, web::apply);
        until("it listens", () -> !web.snapshot().boundAddress().isEmpty());
        server = PeerAddress.parse(web.snapshot().boundAddress());
    }

    private static void until(String what, BooleanSupplier condition) {
        Eventually.until(what, SOON, condition);
    }

    private String get(String path, String... headers) throws IOException {
        return exchange(server, request(server, "GET " + path, headers));
    }

    private static void assertStatus(int expected, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + expected + " "), expected + " expected, but: " + answer);
    }

    @Test
    void shouldServeThePageWithNothingFromElsewhere() throws IOException {
        String page = get("/");

        assertStatus(200, page);
        assertTrue(page.contains("Content-Security-Policy: default-src 'none'; script-src 'self'"), page);
        assertFalse(page.contains("unsafe-inline") || page.contains("<style") || page.contains("style=\"")
                || page.contains("://"), "something inline or from elsewhere");
        assertStatus(200, get("/uplot/uPlot.esm.js"));
        assertStatus(200, get("/style.css"));
        assertStatus(200, get("/monitoring/alerts.yml"));
        assertStatus(200, get("/monitoring/dashboard.json"));
    }

    @Test
    void shouldTellThatItLivesAndWhyItIsNotReady() throws IOException {
        assertStatus(200, get("/health/live"));

        String ready = get("/health/ready");

        assertStatus(503, ready);
        assertTrue(ready.contains("\"status\":\"fail\"") && ready.contains("Gossip is absent."), ready);
    }

    @Test
    void shouldTellWhatHappenedAfterWhatIsKnown() throws IOException {
        for (int i = 1; i <= EventLog.KEPT + 2; i++) {
            events.onEvent(NetworkEvent.of(EventType.OVERLOAD_STARTED, "event " + i));
        }

        assertEquals(EventLog.KEPT, events.after(0).size());
        String node = get("/api/v1/node?after=" + (EventLog.KEPT + 1));

        assertTrue(node.contains("event " + (EventLog.KEPT + 2)) && !node.contains("event 1\""), node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/node", "/snapshots", "/snapshots/Web", "/measures", "/history", "/settings",
        "/doctor"})
    void shouldAnswerEveryQuestionInJson(String path) throws IOException {
        String answer = get("/api/v1" + path);

        assertStatus(200, answer);
        assertTrue(answer.contains("content-type: application/json"), answer);
    }

    @Test
    void shouldAnswerManyRequestsOnOneConnectionInOrder() throws IOException {
        try (HttpClient client = new HttpClient(server)) {
            client.send(("GET /health/live HTTP/1.1\r\nHost: " + server + "\r\n\r\n").repeat(20)
                    + request(server, "GET /nothing"));
            String all = client.readAll();

            assertEquals(20, all.split("HTTP/1.1 200 OK", -1).length - 1);
            assertTrue(all.lastIndexOf("404 Not Found") > all.lastIndexOf("200 OK"), all);
        }
    }

    @Test
    void shouldReadWhatComesInManyPieces() throws IOException {
        assertStatus(200, get("/health/live", "X: " + "x".repeat(7_000)));
        assertStatus(403, exchange(server, request(server, BAN, "Content-Length: 60000") + "x".repeat(60_000)));
    }

    /** A name that a stranger's server gave to our address. */
    @ParameterizedTest
    @CsvSource({"evil.example,421", "evil.example:9780,421", "localhost.evil.example,421", "'',421", "a b,421",
        "localhost,200", "127.0.0.1:1,200", "[::1]:1,200", "192.168.1.7,200"})
    void shouldAnswerOnlyToItsOwnNames(String host, int status) throws IOException {
        assertStatus(status, exchange(server, "GET /api/v1/node HTTP/1.1\r\nConnection: close\r\nHost: " + host
                + "\r\n\r\n"));
    }

    @Test
    void shouldRefuseTwoHostsAndNone() throws IOException {
        assertStatus(421, get("/", "Host: localhost"));
        assertStatus(421, exchange(server, "GET / HTTP/1.0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1.evil.example"})
    void shouldRefusePagesOfOtherSites(String origin) throws IOException {
        set(Map.of("token", TOKEN));

        assertStatus(403, get("/api/v1/node", "Origin: " + origin));
        assertStatus(403, exchange(server, request(server, BAN, "Authorization: Bearer " + TOKEN,
                "Origin: " + origin)));
    }

    @Test
    void shouldTakeNoOrderWithoutAToken() throws IOException {
        assertStatus(403, exchange(server, request(server, BAN)));

        set(Map.of("token", TOKEN));

        assertStatus(401, exchange(server, request(server, BAN)));
        assertStatus(401, exchange(server, request(server, BAN, "Authorization: Bearer " + TOKEN + "x")));
        assertStatus(401, exchange(server, request(server, BAN, "Authorization: Basic " + TOKEN)));
        assertStatus(401, exchange(server, request(server, BAN, "Cookie: token=" + TOKEN)));
        assertStatus(401, exchange(server, request(server, BAN + "?token=" + TOKEN)));
        // With it, the order goes to the bundle it is for, which is absent here.
        assertStatus(503, exchange(server, request(server, BAN, "Authorization: Bearer " + TOKEN)));
        assertEquals(5, web.snapshot().unauthorized());
        assertEquals(0, web.snapshot().orders());
    }

    @Test
    void shouldTakeANewTokenAtOnce() throws IOException {
        set(Map.of("token", TOKEN));
        set(Map.of("token", "fedcba9876543210"));

        assertStatus(401, get("/api/v1/node", "Authorization: Bearer " + TOKEN));
        assertStatus(200, get("/api/v1/node", "Authorization: Bearer fedcba9876543210"));
    }

    @Test
    void shouldLetOthersReadOnlyWithTheTokenWhereOtherMachinesCome() throws IOException {
        set(Map.of("token", TOKEN, "listenAddress", "0.0.0.0:0"));
        server = PeerAddress.tcp("127.0.0.1", server.port());

        assertStatus(200, get("/"));
        assertStatus(200, get("/health/live"));
        assertStatus(401, get("/metrics"));
        assertStatus(401, get("/api/v1/node"));
        assertStatus(200, get("/metrics", "Authorization: Bearer " + TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cwin.ini", "//etc/passwd",
        "/uplot/../../META-INF/MANIFEST.MF", "/page/index.html", "/org/ippan/network/web/Web.class", "/%00",
        "/api/v1/snapshots/../settings"})
    void shouldGiveAwayNoOtherFile(String path) throws IOException {
        assertStatus(404, get(path));
    }

    @Test
    void shouldRefuseWhatIsTooLongOrNoHttp() throws IOException {
        assertStatus(431, get("/", "X: " + "x".repeat(1024 * 1024)));
        assertStatus(414, get("/" + "x".repeat(10_000)));
        assertStatus(413, exchange(server, request(server, BAN, "Content-Length: 1000000")));
        assertStatus(405, exchange(server, request(server, "DELETE /")));
        assertStatus(400, exchange(server, "\u0016\u0003\u0001 this is TLS\r\n\r\n"));
        assertStatus(400, get("/%zz"));
        assertStatus(200, get("/health/live"));
    }

    @Test
    void shouldCloseSlowAndSilentClients() throws IOException {
        set(Map.of("requestTimeoutSeconds", "1"));
        try (HttpClient silent = new HttpClient(server); HttpClient slow = new HttpClient(server)) {
            for (char each : "GET / HTTP/1.1\r\nHost: localhost\r\nX: slowly".toCharArray()) {
                slow.send(String.valueOf(each));
            }

            assertEquals("", silent.readAll());
            assertEquals("", slow.readAll());
        }
        assertEquals(2, web.snapshot().timedOut());
        until("all are gone", () -> web.snapshot().connections() == 0);
    }

    @Test
    void shouldBoundConnectionsAndServeAgainWhenSomeEnd() throws IOException {
        set(Map.of("maxConnections", "4", "requestTimeoutSeconds", "60"));
        List<HttpClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                clients.add(new HttpClient(server));
            }
            until("four are in", () -> web.snapshot().connections() == 4);
            for (int i = 0; i < 2_000; i++) {
                new HttpClient(server).close();
            }
            until("the others are not", () -> web.snapshot().refused() == 2_000);
            assertEquals(4, web.snapshot().connections());
        } finally {
            for (HttpClient client : clients) {
                client.close();
            }
        }
        until("there is room", () -> web.snapshot().connections() == 0);
        assertStatus(200, get("/health/live"));
    }

    @Test
    void shouldMoveKeepingConnectionsAndStopWhenToldTo() throws IOException {
        PeerAddress before = server;
        try (HttpClient client = new HttpClient(before)) {
            set(Map.of("listenAddress", "localhost:0"));
            client.send(request(before, "GET /health/live"));

            assertStatus(200, client.readAll());
        }
        raw.put("enabled", "false");
        settings.update(raw, web::apply);
        until("it is closed", () -> web.snapshot().boundAddress().isEmpty());
    }
}
