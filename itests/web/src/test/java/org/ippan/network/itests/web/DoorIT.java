// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.document.CodeBlock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.osgi.framework.Bundle;

/** Programs that speak HTTP only, each beside a node of its own, and the network between them. */
class DoorIT {

    private static final Path OPERATIONS = Path.of("..", "..", "docs", "operations.md");
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String END = "the stream has ended";
    private static final String TOKEN = "a-token-for-tests";

    private static IppanNode first;
    private static IppanNode second;

    private final HttpClient client = HttpClient.newHttpClient();

    static boolean curlInstalled() {
        return Path.of("/usr/bin/curl").toFile().canExecute();
    }

    @BeforeAll
    static void startNodes() {
        first = node().start();
        second = node().peer(first.listenAddress().orElseThrow().toString()).start();
        first.awaitPeers(1, SOON);
    }

    private static IppanNodeBuilder node() {
        return IppanNode.builder().listen(LOOPBACK, 0).http(LOOPBACK, 0)
                .set("org.ippan.network.web", "token", TOKEN).set("org.ippan.network.web", "door", "true");
    }

    @AfterAll
    static void stopNodes() {
        second.close();
        first.close();
    }

    private static HttpRequest.Builder request(IppanNode node, String query) {
        return HttpRequest.newBuilder(URI.create("http://" + node.httpAddress().orElseThrow() + "/api/v1/messages"
                + query)).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> publish(IppanNode node, String query, byte[] payload)
            throws IOException, InterruptedException {
        return client.send(request(node, query).POST(BodyPublishers.ofByteArray(payload)).build(),
                BodyHandlers.ofString());
    }

    /** Lines of events as they come. */
    private BlockingQueue<String> subscribe(IppanNode node, String query) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request(node, query).build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try {
                new BufferedReader(new InputStreamReader(answer.body(), UTF_8)).lines().forEach(lines::add);
            } finally {
                lines.add(END);
            }
        }, "reader");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static String next(BlockingQueue<String> events) throws InterruptedException {
        return String.valueOf(events.poll(SOON.toSeconds(), TimeUnit.SECONDS));
    }

    private static String value(String json, String key) {
        return json.replaceAll(".*\"" + key + "\":\"?([^\",}]*)[\",}].*", "$1");
    }

    @Test
    void shouldCarryMessagesBetweenProgramsThroughTheNetwork() throws Exception {
        BlockingQueue<String> events = subscribe(second, "?topic=pictures/*");
        byte[] picture = new byte[700_000];
        new Random(14).nextBytes(picture);

        HttpResponse<String> published = publish(first, "?topic=pictures/small&priority=low", picture);

        assertEquals(202, published.statusCode(), published.body());
        assertEquals("id: " + value(published.body(), "id"), next(events));
        String data = next(events);
        assertTrue(Arrays.equals(picture, Base64.getDecoder().decode(value(data, "payload"))), "another picture");
        assertEquals("pictures/small", value(data, "topic"));
        assertEquals("low", value(data, "priority"));
        assertEquals("0", value(data, "hops"));
        assertEquals(200, publish(first, "?topic=pictures/small", picture).statusCode(), "a duplicate");
        assertEquals(413, publish(first, "?topic=pictures/small", new byte[2_000_000]).statusCode());
    }

    @Test
    void shouldSayThatNoPeerIsThere() throws Exception {
        try (IppanNode alone = node().start()) {
            HttpResponse<String> answer = publish(alone, "?topic=news", new byte[1]);

            assertEquals(503, answer.statusCode());
            assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
            assertTrue(answer.body().contains("no peer is connected"), answer.body());
        }
    }

    /** A subscription outlives the bundle that brings messages. */
    @Test
    void shouldGoOnWhenGossipWasUpdated() throws Exception {
        BlockingQueue<String> events = subscribe(second, "?topic=updates");
        Bundle gossip = bundle(second, "gossip");
        gossip.stop();
        assertEquals(503, publish(second, "?topic=updates", new byte[1]).statusCode());
        gossip.start();

        Eventually.until("messages come again", SOON, () -> publishes(System.nanoTime()) && !events.isEmpty());
    }

    private boolean publishes(long nonce) {
        try {
            return publish(first, "?topic=updates&nonce=" + nonce, new byte[1]).statusCode() == 202;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Nothing of a stream stays, whichever of its ends goes first. */
    @Test
    void shouldEndStreamsWithTheBundle() throws Exception {
        try (IppanNode node = node().start()) {
            BlockingQueue<String> events = subscribe(node, "?topic=news");
            bundle(node, "web").stop();

            assertEquals(END, next(events));
            assertEquals(0, node.gossip().snapshot().listeners().size());
        }
    }

    private static Bundle bundle(IppanNode node, String name) {
        return Arrays.stream(node.bundleContext().getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals("org.ippan.network." + name)).findFirst()
                .orElseThrow();
    }

    /** The first of the printed commands listens until it has an event, the second brings it. */
    @Test
    @EnabledIf(value = "curlInstalled", disabledReason = "skipped: no curl (apt-get install curl)")
    void shouldServeTheCommandsThatTheDocumentsPrint() throws Exception {
        List<String> commands = CodeBlock.of(OPERATIONS, DoorIT.class).stream()
                .flatMap(block -> block.commands().stream()).toList();
        assertEquals(2, commands.size());
        Process listening = curl(commands.get(0), second);
        try {
            Eventually.until("it listens", SOON, () -> second.gossip().snapshot().listeners().stream()
                    .anyMatch(each -> each.toString().contains("orders/")));

            Process publishing = curl(commands.get(1), first);

            String answer = new String(publishing.getInputStream().readAllBytes(), UTF_8);
            BufferedReader events = listening.inputReader();
            assertEquals("id: " + value(answer, "id"), events.readLine(), answer);
            assertTrue(events.readLine().contains("\"topic\":\"orders/new\""));
        } finally {
            listening.destroy();
        }
    }

    private static Process curl(String command, IppanNode node) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c",
                "exec " + command.replace("127.0.0.1:9780", node.httpAddress().orElseThrow().toString()));
        builder.environment().put("TOKEN", TOKEN);
        return builder.start();
    }
}
