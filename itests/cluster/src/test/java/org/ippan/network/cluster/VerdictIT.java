// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every state of a node is the same on every surface, as the table of docs/operations.md says. */
@Tag(Nodes.WAITING)
class VerdictIT {

    private static final List<String> STATES = List.of("ok", "warn", "fail");
    private static final Pattern STATUS = Pattern.compile("\"status\":\"([a-z]+)\"");
    private static final Pattern METRIC = Pattern.compile("(?m)^ippan_node_state ([0-9])");
    private static final Duration SOON = Duration.ofSeconds(40);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final HttpClient http = HttpClient.newHttpClient();
    private NodeProcess node;
    private JmxClient jmx;

    private HttpResponse<String> get(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://" + node.http() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "none in " + text;
    }

    /** What each surface says now. */
    private List<String> surfaces() {
        HttpResponse<String> ready = get("/health/ready");
        String page = get("/api/v1/node").body();
        int number = Integer.parseInt(first(METRIC, get("/metrics").body()));
        return List.of((String) jmx.get("Node", "Health"), first(STATUS, ready.body()),
                first(STATUS, page.substring(page.indexOf("\"health\":{"))), STATES.get(number));
    }

    private void isEverywhere(String state, String reason) {
        Eventually.until(() -> state + " everywhere: " + surfaces() + jmx.get("Node", "HealthReasons"), SOON,
                () -> surfaces().stream().allMatch(state::equals));
        String reasons = (String) jmx.get("Node", "HealthReasons");
        assertTrue(reasons.contains(reason), reasons);
        assertTrue(get("/health/ready").body().contains(reason), reason);
    }

    @Test
    void shouldShowEveryStateOnEverySurface() throws Exception {
        node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--http", Nodes.ANY_PORT);
        try (JmxClient client = JmxClient.connect(node)) {
            jmx = client;
            isEverywhere("warn", "0 peers connected, and none is configured.");
            assertTrue(node.err().contains("state warn: peers: 0 peers connected, and none is configured."),
                    node.err());

            NodeProcess peer = nodes.run("peer", Nodes.ANY_PORT);
            jmx.call("Peers", "addTransient", peer.listen(), "peer");
            isEverywhere("ok", "");

            peer.kill();
            isEverywhere("fail", "0 peers connected: messages go nowhere.");
            assertEquals(200, get("/health/live").statusCode());
            assertEquals(200, get("/health/ready").statusCode(), "others can still find it");
            assertTrue(get("/api/v1/peers").body().contains("\"state\":\"lost\""), get("/api/v1/peers").body());
        }
    }

    /** The page answers with what is known at once, before the first examination has ended. */
    @Test
    void shouldTellFindingsWithTheFirstAnswer() {
        node = nodes.run("node", Nodes.ANY_PORT, "--http", Nodes.ANY_PORT, "--peers", "127.0.0.1:1");

        String answer = get("/api/v1/doctor").body();

        assertTrue(answer.contains("\"check\":\"listener\""), answer);
    }

    @Test
    void shouldCallAPeerThatStoppedLeftAndFindNothingAboutIt() throws Exception {
        IppanNode peer = nodes.embed("peer");
        node = nodes.run("node", Nodes.ANY_PORT, "--jmx", "0", "--http", Nodes.ANY_PORT, "--peers",
                Nodes.address(peer));
        Eventually.until("connected", SOON, () -> get("/api/v1/peers").body().contains("\"connected\":true"));

        peer.close();

        Eventually.until(() -> "left: " + get("/api/v1/peers").body(), SOON,
                () -> get("/api/v1/peers").body().contains("\"health\":\"left\""));
        try (JmxClient client = JmxClient.connect(node)) {
            String found = String.valueOf(client.call("Node", "doctor"));
            assertTrue(found.contains("health: No peer is unhealthy."), found);
            assertTrue(!found.contains("seeds:"), found);
        }
    }
}
