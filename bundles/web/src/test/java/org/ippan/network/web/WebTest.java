// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.ippan.network.web.ServedWeb.SOON;
import static org.ippan.network.web.ServedWeb.TOKEN;
import static org.ippan.network.web.ServedWeb.assertStatus;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page over real sockets: who is answered what, and who is not. */
class WebTest {

    private static final String BAN = "POST /api/v1/peers/" + "ab".repeat(32) + "/ban";

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    @Test
    void shouldServeThePageWithNothingFromElsewhere() throws IOException {
        String page = served.get("/");

        assertStatus(200, page);
        assertTrue(page.contains("Content-Security-Policy: default-src 'none'; script-src 'self'"), page);
        assertFalse(page.contains("unsafe-inline") || page.contains("<style") || page.contains("style=\"")
                || page.contains("://"), "something inline or from elsewhere");
        assertStatus(200, served.get("/uplot/uPlot.esm.js"));
        assertStatus(200, served.get("/style.css"));
        assertStatus(200, served.get("/monitoring/alerts.yml"));
        assertStatus(200, served.get("/monitoring/dashboard.json"));
    }

    /** As the page itself: a browser sends no token with a link, and they hold no secret. */
    @Test
    void shouldServeTheDocumentsThatFindingsLeadToAsThePage() throws IOException {
        served.set(Map.of("token", TOKEN, "listenAddress", "0.0.0.0:0"));
        String findings = served.get("/docs/findings");

        assertStatus(200, findings);
        assertTrue(findings.contains("content-type: text/html") && findings.contains(
                "Content-Security-Policy: default-src 'none'; script-src 'self'"), findings);
        assertTrue(findings.contains("<h3 id=\"file-descriptors\">"), findings);
        assertFalse(findings.contains("<script") || findings.contains("style=") || findings.contains("://"),
                "something inline or from elsewhere");
        assertTrue(served.get("/docs/").contains("<a href=\"findings\">"));
    }

    @Test
    void shouldTellThatItLivesAndWhyItIsNotReady() throws IOException {
        assertStatus(200, served.get("/health/live"));

        String ready = served.get("/health/ready");

        assertStatus(503, ready);
        assertTrue(ready.contains("\"status\":\"fail\"") && ready.contains("Gossip is absent."), ready);
    }

    /** A client is not left waiting. */
    @Test
    void shouldAnswerThoughWhatIsAskedEndsInAnError() throws IOException {
        served.doctor((Doctor) Proxy.newProxyInstance(Doctor.class.getClassLoader(), new Class<?>[] {Doctor.class},
                (doctor, method, arguments) -> {
                    if (method.getName().equals("explain")) {
                        throw new StackOverflowError();
                    }
                    return List.of();
                }));

        String answer = served.get("/api/v1/peers/paris");

        assertStatus(500, answer);
        assertTrue(answer.contains("StackOverflowError in the node"), answer);
    }

    @Test
    void shouldTellWhatHappenedAfterWhatIsKnown() throws IOException {
        for (int i = 1; i <= EventLog.KEPT + 2; i++) {
            served.events.onEvent(NetworkEvent.of(EventType.OVERLOAD_STARTED, "event " + i));
        }

        assertEquals(EventLog.KEPT, served.events.after(0).size());
        String node = served.get("/api/v1/node?after=" + (EventLog.KEPT + 1));

        assertTrue(node.contains("event " + (EventLog.KEPT + 2)) && !node.contains("event 1\""), node);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/node", "/snapshots", "/snapshots/Web", "/measures", "/history", "/settings",
        "/doctor"})
    void shouldAnswerEveryQuestionInJson(String path) throws IOException {
        String answer = served.get("/api/v1" + path);

        assertStatus(200, answer);
        assertTrue(answer.contains("content-type: application/json"), answer);
    }

    @Test
    void shouldAnswerManyRequestsOnOneConnectionInOrder() throws IOException {
        try (HttpClient client = new HttpClient(served.address())) {
            client.send(("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(20)
                    + served.request("GET /nothing"));
            String all = client.readAll();

            assertEquals(20, all.split("HTTP/1.1 200 OK", -1).length - 1);
            assertTrue(all.lastIndexOf("404 Not Found") > all.lastIndexOf("200 OK"), all);
        }
    }

    @Test
    void shouldReadWhatComesInManyPieces() throws IOException {
        assertStatus(200, served.get("/health/live", "X: " + "x".repeat(7_000)));
        assertStatus(403, served.exchange(served.request(BAN, "Content-Length: 60000") + "x".repeat(60_000)));
    }

    /** A name that a stranger's server gave to our address. */
    @ParameterizedTest
    @CsvSource({"evil.example,421", "evil.example:9780,421", "localhost.evil.example,421", "'',421", "a b,421",
        "localhost,200", "127.0.0.1:1,200", "[::1]:1,200", "192.168.1.7,200"})
    void shouldAnswerOnlyToItsOwnNames(String host, int status) throws IOException {
        assertStatus(status, served.exchange("GET /api/v1/node HTTP/1.1\r\nConnection: close\r\nHost: " + host
                + "\r\n\r\n"));
    }

    @Test
    void shouldRefuseTwoHostsAndNone() throws IOException {
        assertStatus(421, served.get("/", "Host: localhost"));
        assertStatus(421, served.exchange("GET / HTTP/1.0\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1.evil.example"})
    void shouldRefusePagesOfOtherSites(String origin) throws IOException {
        served.set(Map.of("token", TOKEN));

        assertStatus(403, served.get("/api/v1/node", "Origin: " + origin));
        assertStatus(403, served.exchange(served.request(BAN, "Authorization: Bearer " + TOKEN,
                "Origin: " + origin)));
    }

    @Test
    void shouldTakeNoOrderWithoutAToken() throws IOException {
        assertStatus(403, served.exchange(served.request(BAN)));

        served.set(Map.of("token", TOKEN));

        assertStatus(401, served.exchange(served.request(BAN)));
        assertStatus(401, served.exchange(served.request(BAN, "Authorization: Bearer " + TOKEN + "x")));
        assertStatus(401, served.exchange(served.request(BAN, "Authorization: Basic " + TOKEN)));
        assertStatus(401, served.exchange(served.request(BAN, "Cookie: token=" + TOKEN)));
        assertStatus(401, served.exchange(served.request(BAN + "?token=" + TOKEN)));
        // With it, the order goes to the bundle it is for, which is absent here.
        assertStatus(503, served.exchange(served.request(BAN, "Authorization: Bearer " + TOKEN)));
        assertEquals(5, served.web.snapshot().unauthorized());
        assertEquals(0, served.web.snapshot().orders());
    }

    @Test
    void shouldTakeANewTokenAtOnce() throws IOException {
        served.set(Map.of("token", TOKEN));
        served.set(Map.of("token", "fedcba9876543210"));

        assertStatus(401, served.get("/api/v1/node", "Authorization: Bearer " + TOKEN));
        assertStatus(200, served.get("/api/v1/node", "Authorization: Bearer fedcba9876543210"));
    }

    @Test
    void shouldLetOthersReadOnlyWithTheTokenWhereOtherMachinesCome() throws IOException {
        served.set(Map.of("token", TOKEN, "listenAddress", "0.0.0.0:0"));

        assertStatus(200, served.get("/"));
        assertStatus(200, served.get("/health/live"));
        assertStatus(401, served.get("/metrics"));
        assertStatus(401, served.get("/api/v1/node"));
        assertStatus(200, served.get("/metrics", "Authorization: Bearer " + TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%5c..%5cwin.ini", "//etc/passwd",
        "/uplot/../../META-INF/MANIFEST.MF", "/page/index.html", "/org/ippan/network/web/Web.class", "/%00",
        "/api/v1/snapshots/../settings", "/docs", "/docs/names.txt", "/docs/findings.html", "/docs/../index",
        "/docs/protocol"})
    void shouldGiveAwayNoOtherFile(String path) throws IOException {
        assertStatus(404, served.get(path));
    }

    @Test
    void shouldRefuseWhatIsTooLongOrNoHttp() throws IOException {
        assertStatus(431, served.get("/", "X: " + "x".repeat(1024 * 1024)));
        assertStatus(414, served.get("/" + "x".repeat(10_000)));
        assertStatus(413, served.exchange(served.request(BAN, "Content-Length: 1000000")));
        assertStatus(405, served.exchange(served.request("DELETE /")));
        assertStatus(400, served.exchange("\u0016\u0003\u0001 this is TLS\r\n\r\n"));
        assertStatus(400, served.get("/%zz"));
        assertStatus(200, served.get("/health/live"));
    }

    /** A reset would take the answer away from a client that is still sending. */
    @Test
    void shouldLetAClientReadWhyItWasRefusedWhileItStillSends() throws IOException {
        try (HttpClient client = new HttpClient(served.address())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(10_000));
            Eventually.until("it is refused", SOON, () -> served.web.snapshot().requestsRefused() == 1);
            client.send("x".repeat(200_000));
            client.send("x".repeat(200_000));

            assertStatus(431, client.readAll());
        }
        Eventually.until("nobody lingers", SOON, () -> served.web.snapshot().connections() == 0);
    }

    @Test
    void shouldMoveKeepingConnectionsAndStopWhenToldTo() throws IOException {
        try (HttpClient client = new HttpClient(served.address())) {
            String request = served.request("GET /health/live");
            served.set(Map.of("listenAddress", "localhost:0"));
            client.send(request);

            assertStatus(200, client.readAll());
        }
        served.disable();
        Eventually.until("it is closed", ServedWeb.SOON, () -> served.web.snapshot().boundAddress().isEmpty());
    }
}
