// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.Bundle;

/** What a client of the page reads whose request is not granted. */
@Tag(Nodes.WAITING)
class HttpWordsIT {

    private static final String WEB = "org.ippan.network.web";
    private static final String WEB_SOCKET = "org.ippan.network.transport.websocket";
    private static final String DEDUP = "org.ippan.network.dedup";
    private static final String TOKEN = "the-token-of-this-test";
    private static final String HOST = "Host: 127.0.0.1";
    private static final String KNOWN = "Authorization: Bearer " + TOKEN;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int LONG = 10_000;
    private static final int TOO_MUCH = 100_000;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private final List<String> wrong = new ArrayList<>();
    private IppanNode node;
    private PeerAddress page;

    @BeforeEach
    void start() {
        node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0));
        page = node.httpAddress().orElseThrow();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(page.host(), page.port());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** What is answered until the node closes. */
    private String ask(String body, String... lines) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void isTold(String words, String body, String... lines) throws IOException {
        String answer = ask(body, lines);
        if (!answer.contains(words)) {
            wrong.add("'" + words + "' is not what " + lines[0].substring(0, Math.min(80, lines[0].length()))
                    + " is told, but " + answer);
        }
    }

    private void get(String path, String words) throws IOException {
        isTold(words, "", "GET " + path + " HTTP/1.1", HOST, KNOWN);
    }

    private void post(String path, String body, String words) throws IOException {
        isTold(words, body, "POST /api/v1/" + path + " HTTP/1.1", HOST, KNOWN);
    }

    private void allAreRight() {
        assertEquals("", String.join("\n", wrong));
    }

    @Test
    void shouldSayWhatIsWrongWithARequest() throws IOException {
        isTold("only GET, HEAD and POST are known here", "", "PUT / HTTP/1.1", HOST);
        isTold("this node answers to IP addresses, localhost and the host it is configured to listen on", "",
                "GET / HTTP/1.1", "Host: paris.example");
        isTold("pages of other sites are not served", "", "GET / HTTP/1.1", HOST, "Origin: http://paris.example");
        isTold("no token is configured, so nothing can be ordered here; it is the key token of " + WEB, "",
                "POST /api/v1/connect HTTP/1.1", HOST);
        isTold("the address is malformed", "", "GET /%zz HTTP/1.1", HOST);
        isTold("the address is too long", "", "GET /" + "a".repeat(LONG) + " HTTP/1.1", HOST);
        isTold("the headers are too long", "", "GET / HTTP/1.1", HOST, "X-Long: " + "a".repeat(LONG));
        isTold("this is not HTTP", "", "hello");
        get("/api/v1/nothing", "there is nothing at this address");
        get("/api/v1/node", "application/json; charset=utf-8");
        get("/api/v1/records", "text/plain; charset=us-ascii");
        get("/api/v1/settings?filter=networkKey", "a text that is not empty");
        get("/api/v1/history?step=7", "step = 7: must be 1, 10 or 120 (seconds)");
        get("/api/v1/history?after=x", "after must be a number");
        get("/api/v1/node?after=x", "after must be a whole number");
        node.set(WEB, "token", TOKEN);
        isTold("Bearer realm=\"ippan-network\"", "", "POST /api/v1/connect HTTP/1.1", HOST);
        isTold("this needs the token of the node", "", "POST /api/v1/connect HTTP/1.1", HOST);
        isTold("this is not the token of the node", "", "GET / HTTP/1.1", HOST, KNOWN + "!");
        isTold("the body has", "x".repeat(TOO_MUCH), "POST /api/v1/connect HTTP/1.1", HOST, KNOWN);
        get("/api/v1/trace/ab", "has 64 hex digits, not 2: ab");
        get("/api/v1/trace/" + "xy".repeat(32), "has 64 hex digits, got xyxy");
        get("/api/v1/trace/" + "ab".repeat(32), "this node does not have that message, or no longer: bodies stay for"
                + " cacheSeconds of org.ippan.network.gossip");
        get("/api/v1/messages?topic=news", "programs may not publish or subscribe here until an operator sets the key"
                + " door of " + WEB + " to true");
        get("/api/v1/tap?topic=a/*/b", "topic = a/*/b: must be a topic's name, prefix/* or *");
        for (int i = 0; i < 4; i++) {
            ask("", "GET /api/v1/tap?topic=t" + i + " HTTP/1.1", HOST, KNOWN);
        }
        get("/api/v1/tap?topic=more", "there are 4 samples of other topics; each ends 10 s after the last look at it");
        post("connect", "address=127.0.0.1:0", ": the port must not be 0");
        post("unblock", "address=paris", ": must be an IP address, or a prefix as it is listed among the blocked ones");
        logged.says("INFO ", "Refused a request from 127.0.0.1: 4", "; more like it are only counted");

        allAreRight();
    }

    @Test
    void shouldSayWhatIsWrongWithAMessage() throws IOException {
        node.set(WEB, "token", TOKEN);
        node.set(WEB, "door", "true");
        try (Socket stream = connect()) {
            stream.getOutputStream().write(("GET /api/v1/messages?topic=a HTTP/1.1\r\n" + HOST + "\r\n" + KNOWN
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream.getInputStream(),
                    StandardCharsets.UTF_8));
            assertTrue(lines.lines().anyMatch(line -> line.contains("text/event-stream; charset=utf-8")));
        }
        node.set(WEB, "maxStreams", "0");
        node.set("org.ippan.network.gossip", "maxMessageBytes", "1024");

        post("messages", "", "name one topic: POST /api/v1/messages?topic=NAME, with the payload as the body");
        post("messages?topic=", "", "a topic is 1 to 64 bytes of UTF-8 without control characters");
        post("messages?topic=a&colour=red", "", "unknown: colour; known here: nonce, priority, topic");
        post("messages?topic=a&priority=red", "", "priority = red: must be one of ");
        post("messages?topic=a&nonce=red", "", "nonce = red: must be a whole number from 0 to 18446744073709551615");
        post("messages?topic=a", "x".repeat(2000), "the payload has 2000 bytes, more than maxMessageBytes of"
                + " org.ippan.network.gossip allows");
        get("/api/v1/messages", "name 1 to ");
        get("/api/v1/messages?topic=a/*/b", "bytes without control characters), prefix/* or *");
        get("/api/v1/messages?topic=a", "there are as many streams as maxStreams of " + WEB + " allows");
        allAreRight();
    }

    @Test
    void shouldSayWhatIsWrongWithAChangeOfSettings() throws Exception {
        node.set(WEB, "token", TOKEN);
        String capacity = "set=" + DEDUP + ":capacity%3D";

        post("settings/apply", "", "name the settings: set=PID:KEY=VALUE");
        post("settings/apply", "set=capacity%3D1", "set = capacity: must be PID:KEY=VALUE, or PID:KEY for its default");
        post("settings/apply", capacity + "100000&" + capacity + "200000", ":capacity is given twice");
        post("settings/apply", "set=org.example:capacity%3D1", "there is no configuration org.example: its bundle is"
                + " absent, or the name is another");
        post("settings/apply", capacity + "0", "nothing would change");
        post("settings/apply", capacity + "100000&seen=" + DEDUP + ":capacity%3D7", "capacity was changed meanwhile: it"
                + " is 0 now");
        post("settings/apply", capacity + "100000", "In force: capacity 0 → 100000; number=1.");
        logged.says("INFO ", "Settings changed: capacity 0 → 100000; change=1, from=127.0.0.1");
        logged.says("INFO ", "/settings/apply over HTTP from 127.0.0.1: In force: capacity 0 → 100000");
        post("settings/keep", "number=1", "change 1 does not wait to be confirmed");
        node.set(DEDUP, "capacity", "300000");
        post("settings/undo", "number=1", "capacity was changed since: it is 300000 now");
        node.set(DEDUP, "capacity", "100000");
        post("settings/undo", "number=1", "In force: capacity 100000 → 0; number=2.");
        post("settings/undo", "number=1", "change 1 was undone before");
        post("settings/undo", "number=99", "there is no change 99 among the last ");
        post("settings/apply", "set=" + WEB_SOCKET + ":proxyPassword%3Done", "; number=3.");
        node.set(WEB_SOCKET, "proxyPassword", "two");
        post("settings/undo", "number=3", "proxyPassword was changed since, and stays as it is");
        post("settings/apply", "set=" + WEB + ":maxStreams%3D3", "In force for 60 s, then back unless it is kept:"
                + " maxStreams 16 → 3; number=");
        post("settings/apply", capacity + "200000", " is not confirmed yet: keep or undo it first");
        post("settings/keep", "number=4", "In force: maxStreams 16 → 3; number=4.");
        logged.says("INFO ", "Change confirmed; change=4");
        post("settings/apply", "set=" + WEB + ":maxStreams%3D4&set=" + WEB + ":requestTimeoutSeconds%3D9", "number=5.");
        node.set(WEB, "maxStreams", "5");
        Bundle management = Stream.of(node.bundleContext().getBundles()).filter(bundle -> bundle.getSymbolicName()
                .equals("org.ippan.network.management")).findFirst().orElseThrow();
        management.stop();
        logged.says("WARN ", "A change goes back, as it was not confirmed: ", "; change=5");
        logged.says("WARN ", "Of a change that goes back, what was changed since stays; pid=" + WEB + ", change=5");
        post("settings/apply", capacity + "200000", "settings cannot be changed here: the bundle management is stopped"
                + " or being updated");
        management.start();
        allAreRight();
    }

    @Test
    void shouldSayWhatIsWrongWithARequestForWebSocket() throws IOException {
        node.set(WEB_SOCKET, "listenAddress", Nodes.ANY_PORT);
        node.set(WEB_SOCKET, "enabled", "true");
        Eventually.until("it listens", Nodes.SOON, () -> !Nodes.webSocket(node).boundAddress().isEmpty());
        page = PeerAddress.parse(Nodes.webSocket(node).boundAddress());
        String upgrade = "Upgrade: websocket";
        String protocol = "Sec-WebSocket-Protocol: ippan-net.1";

        isTold("this is no request for WebSocket", "", "POST /ippan HTTP/1.1", HOST);
        isTold("there is nothing at this path", "", "GET /elsewhere HTTP/1.1", HOST);
        isTold("nodes of a network speak WebSocket here", "", "GET /ippan HTTP/1.1", HOST);
        isTold("the WebSocket protocol is ippan-net.1", "", "GET /ippan HTTP/1.1", HOST, upgrade);
        isTold("the version of WebSocket is 13", "", "GET /ippan HTTP/1.1", HOST, upgrade, protocol,
                "Sec-WebSocket-Version: 99");
        isTold("the request for WebSocket lacks a header", "", "GET /ippan HTTP/1.1", HOST, upgrade, protocol,
                "Sec-WebSocket-Version: 13");
        allAreRight();
    }

    @Test
    void shouldSayThatThereAreTooManyConnections() throws IOException {
        node.set(WEB, "maxConnections", "1");
        try (Socket open = connect()) {
            open.getOutputStream().write(("GET /health/live HTTP/1.1\r\n" + HOST + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            open.getInputStream().read();
            get("/metrics", "there are as many connections as maxConnections allows");
            logged.says("WARN ", "1 connections to the page, as many as maxConnections allows: further ones are closed,"
                    + " or answered /health only");
        }
        allAreRight();
    }
}
