// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node does with its arguments and with SIGTERM. */
@Tag(Nodes.WAITING)
class CommandLineIT {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldExplainItselfWhenArgumentsAreWrong() {
        List<List<String>> wrong = List.of(List.of(), List.of("run", "--nonsense"),
                List.of("run", "--set", "org.ippan.network.nothing:key=1"));
        for (List<String> arguments : wrong) {
            NodeProcess process = nodes.command("wrong", arguments.toArray(String[]::new));

            assertEquals(2, process.exitCode(Nodes.SOON), arguments + process.err());
            assertTrue(process.err().contains("usage: java -jar ippan-node.jar run"), arguments + process.err());
            assertEquals("", process.out());
        }
    }

    @Test
    void shouldEndWithTwoAndSayWhyWhenAValueIsRefused() {
        refuses(Nodes.ANY_PORT, Map.of(
                "reputation:banThreshold=abc", "banThreshold = abc: must be a whole number from -1000",
                "peers:mode=alowlist", "mode = alowlist: must be one of open, allowlist",
                "web:token=", "token is empty"));
        refuses(Nodes.ANY_PORT, Map.of("peers:networkKey=", "networkKey is empty"));
        refuses("0.0.0.0:0", Map.of("peers:networkKey=fifteen bytes..",
                "networkKey = ***: must be at least 16 bytes (take one such as openssl rand -hex 32 prints; fewer are"
                        + " accepted only where the node listens on loopback only)"));
        refuses(Nodes.ANY_PORT, Map.of("peers:networkId=",
                "networkId is empty: must be 1 to 100 characters without control characters"));
    }

    /** Each value in a bundle of its own, all at once. */
    private void refuses(String listen, Map<String, String> refused) {
        NodeProcess node = nodes.launch("refused", listen, refused.keySet().stream()
                .flatMap(setting -> Stream.of("--set", "org.ippan.network." + setting)).toArray(String[]::new));

        assertEquals(2, node.exitCode(Nodes.SOON), refused + node.err());
        assertTrue(node.err().contains("ippan-node: refused: org.ippan.network."), node.err());
        refused.forEach((setting, why) -> assertTrue(node.err().contains("org.ippan.network."
                + setting.replaceFirst(":.*", "") + ": " + why), setting + node.err()));
        assertFalse(node.err().contains("fifteen"), node.err());
        assertEquals("", node.out());
    }

    @Test
    void shouldSayAllThatIsWrongAtOnce() {
        NodeProcess node = nodes.launch("refused", "no-such-host.invalid:0", "--set",
                "org.ippan.network.peers:networkKey=short", "--set", "org.ippan.network.reputation:banThreshold=abc");

        assertEquals(2, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().lines().anyMatch(line -> line.startsWith("ippan-node: refused: ")
                && line.contains("networkKey = ***: must be at least 16 bytes")
                && line.contains("; org.ippan.network.reputation: banThreshold = abc: must be a whole number")
                && line.endsWith("; org.ippan.network.transport: listenAddress = no-such-host.invalid:0:"
                        + " unknown host")), node.err());
    }

    @Test
    void shouldTakeAShortKeyOnLoopbackAloneAndSaySoOnEverySurface() throws Exception {
        String why = "networkKey: the value has fewer than 16 bytes, only accepted because this node listens on"
                + " loopback only";
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--set",
                "org.ippan.network.peers:networkKey=fifteen bytes..");

        assertEquals(1, node.err().lines().filter(line -> line.contains("WARN") && line.contains(why)).count(),
                node.err());
        try (JmxClient jmx = JmxClient.connect(node)) {
            Eventually.until("told by the doctor", Nodes.SOON, () -> jmx.ask("Node", "doctor")
                    .contains("WARN configuration: org.ippan.network.peers: " + why));

            jmx.set("Transport", "ListenAddress", "0.0.0.0:0");

            Eventually.until(() -> "closed: " + jmx.get("Node", "HealthReasons"), Nodes.SOON, () -> String.valueOf(
                    jmx.get("Node", "HealthReasons")).contains("networkKey = ***: must be at least 16 bytes"));
            Eventually.until("nothing listens", Nodes.SOON, () -> jmx.get("Node", "BoundAddress").equals(""));
            assertEquals("fail", jmx.get("Node", "Health"));
        }
    }

    @Test
    void shouldKeepAnAddedPeerForTheNextStartUntilItIsRemoved() throws Exception {
        IppanNode first = nodes.embed("node");
        String peer = Nodes.address(nodes.embed("peer"));
        try (JmxClient jmx = JmxClient.local()) {
            assertEquals("Added paris at " + peer
                    + ", kept as the configuration org.ippan.network.peers.peer~paris.",
                    jmx.call("Peers", "add", peer, "paris"));
        }
        first.close();
        Path kept = nodes.path("node").resolve("state").resolve("peers-added.properties");
        assertEquals("#Peers added by operators.", Nodes.lines(kept).get(0));

        NodeProcess second = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0");
        try (JmxClient jmx = JmxClient.connect(second)) {
            Eventually.until("paris is connected again", Nodes.SOON, () -> jmx.get("Peers", "Connected").equals(1));
            assertEquals("Removed " + peer + ".", jmx.call("Peers", "remove", "paris"));
        }
        second.kill();

        assertFalse(Nodes.lines(kept).toString().contains("paris"), () -> Nodes.lines(kept).toString());
        assertEquals(0, nodes.embed("node").peers().peers().stream().filter(Peer::configured).count());
    }

    @Test
    void shouldBeReadyAtOnceAndTruthfulWhenOnlyThePageIsRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--http", "127.0.0.1:" + taken.getLocalPort());

            assertTrue(node.out().matches("READY id=[0-9a-f]{64} listen=127\\.0\\.0\\.1:[0-9]+ http=none\\s*"),
                    node.out());
            assertTrue(node.err().contains("ippan-node: there is no page: "), node.err());
            String found = "ippan-node: state warn: page: The page is not shown: cannot listen on ";
            Eventually.until(() -> found + " in " + node.err(), Nodes.SOON, () -> node.err().contains(found)
                    && node.err().contains("Correct what is named there; if it is the address, free it or set another"
                            + " listenAddress of org.ippan.network.web."));
        }
    }

    @Test
    void shouldLiveWithAKeyInAnotherCaseAndNameTheRightOne() throws Exception {
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, Stream.concat(Stream.of("--jmx", "0"), Stream.of(
                "reputation:BanThreshold=-300", "dedup:Capacity=5000", "health:StaleSeconds=200",
                "gossip:ListenerQueue=500", "peers:NETWORKID=x", "metrics:ippan.Name=Other",
                "transport:IPPAN.scheme=udp").flatMap(setting -> Stream.of("--set", "org.ippan.network." + setting)))
                .toArray(String[]::new));

        assertFalse(node.out().contains("absent="), node.out());
        Map.of("BanThreshold", "banThreshold", "Capacity", "capacity", "StaleSeconds", "staleSeconds", "ListenerQueue",
                "listenerQueue", "NETWORKID", "networkId").forEach((wrong, right) -> assertTrue(node.err()
                        .contains("unknown key " + wrong + ": did you mean " + right), right + " in " + node.err()));
        try (JmxClient jmx = JmxClient.connect(node)) {
            assertEquals("-500, 300, 1024, default", jmx.get("Reputation", "BanThreshold") + ", " + jmx.get("Health",
                    "StaleSeconds") + ", " + jmx.get("Gossip", "ListenerQueue") + ", " + jmx.get("Peers", "NetworkId"));
        }
        node.terminate();
        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
    }

    /** Arabic and Thai have digits of their own, in two ways, Turkish has another i. */
    @Test
    void shouldWriteTheSameWhateverTheLocaleOfTheMachine() throws Exception {
        List<NodeProcess> started = Stream.of("ar-EG", "th-TH-u-nu-thai", "tr-TR")
                .map(locale -> nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Duser.language="
                        + locale.substring(0, 2) + " -Duser.country=" + locale.substring(3, 5) + " -Duser.extensions="
                        + locale.substring(5).replaceFirst("^-", "")), locale, "--jmx", "0", "--http", Nodes.ANY_PORT,
                        "--set", "org.ippan.network.reputation:HISTORYSIZE=30")).toList();
        for (NodeProcess node : started) {
            node.awaitReady();
            assertTrue(node.listen().matches("127\\.0\\.0\\.1:[0-9]+"), node.out());
            assertTrue(node.err().contains("did you mean historySize"), node.err());
            try (JmxClient jmx = JmxClient.connect(node)) {
                jmx.set("Reputation", "BanThreshold", -612);
                assertEquals(-612, jmx.get("Reputation", "BanThreshold"));
                areReadableEverywhere(jmx.ask("Node", "doctor"), jmx.ask("Node", "settings", ""), node.out(),
                        node.err());
            }
            for (String path : List.of("/metrics", "/health/ready", "/api/v1/node", "/api/v1/doctor",
                    "/api/v1/settings", "/api/v1/history")) {
                areReadableEverywhere(get(node, path));
            }
            node.terminate();
        }
        for (NodeProcess node : started) {
            assertEquals(0, node.exitCode(Nodes.SOON), node.err());
        }
    }

    private static String get(NodeProcess node, String path) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://"
                + node.http() + path)).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() != 404, path);
        return answer.body();
    }

    /** By programs too: digits are those of ASCII, and no letter is Turkish. */
    private static void areReadableEverywhere(String... texts) {
        for (String text : texts) {
            assertFalse(text.isEmpty());
            assertTrue(text.codePoints().noneMatch(c -> Character.isDigit(c) && c > '9' || c == 'ı' || c == 'İ'), text);
        }
    }

    @Test
    void shouldStartInsideAProgramWithOtherDigitsAndLeaveItsLocaleAlone() {
        Locale own = Locale.getDefault(Locale.Category.FORMAT);
        Locale arabic = Locale.forLanguageTag("ar-EG");
        Locale.setDefault(Locale.Category.FORMAT, arabic);
        try {
            IppanNode node = nodes.embed("arabic");

            assertTrue(node.listenAddress().isPresent());
            assertEquals(arabic, Locale.getDefault(Locale.Category.FORMAT));
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, own);
        }
    }

    @Test
    void shouldLeaveTheRestOfItsStartOutOnSigterm() {
        NodeProcess node = nodes.launch("node", Nodes.ANY_PORT);
        Eventually.until("it has begun", Nodes.SOON, () -> Files.exists(nodes.path("node").resolve("cache")
                .resolve("framework")));

        node.terminate();

        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
        assertFalse(node.err().contains("Gossip started"), node.err());
        assertEquals("", node.out());
        // Its directory is free.
        nodes.run("node", Nodes.ANY_PORT);
    }

    @Test
    void shouldSayGoodbyeAndExitWithZeroOnSigterm() {
        IppanNode peer = nodes.embed("peer");
        NodeProcess node = nodes.run("node", Nodes.ANY_PORT, "--peers", Nodes.address(peer));
        Nodes.awaitPeers(peer, 1);

        node.terminate();

        assertEquals(0, node.exitCode(Nodes.SOON), node.err());
        assertTrue(node.err().lines().noneMatch(line -> line.contains("ERROR") || line.contains("Exception")),
                node.err());
        Eventually.until(() -> "a GOODBYE: " + peer.peers().snapshot(), Nodes.SOON, () -> peer.peers().snapshot()
                .goodbyesReceived().getOrDefault(GoodbyeReason.SHUTDOWN, 0L) == 1);
        Nodes.awaitPeers(peer, 0);
    }
}
