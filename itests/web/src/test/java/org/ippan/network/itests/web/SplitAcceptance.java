// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Cable;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten processes in two rings of five with three lines between them, which are cut, or carry nothing any more without a
 * word: what every node and a page on either side say then, and when the lines are mended. And what they say of a node
 * that stops, is killed, or stands still. Takes five minutes; {@code docs/testing.md} has the command.
 */
class SplitAcceptance {

    private static final Path JAR = Path.of("..", "..", "features", "node", "target", "ippan-node.jar");
    private static final Path OUTPUT = Path.of("target", "split").toAbsolutePath();
    private static final int HALF = 5;
    private static final Duration TO_MEET = Duration.ofSeconds(60);
    private static final Duration TO_FAIL = Duration.ofSeconds(90);
    private static final Duration TO_HEAL = Duration.ofSeconds(30);
    private static final Duration TO_LEAVE = Duration.ofSeconds(2);
    private static final Duration TO_GO = Duration.ofSeconds(15);
    private static final Duration TO_BE_MISSED = Duration.ofSeconds(60);
    private static final int LEAVING = 3;
    private static final int KILLED = 6;
    private static final int STANDING_STILL = 8;
    private static final String PEERS = "org.ippan.network.peers:";
    private static final String SPLIT = "\"check\":\"network\",\"severity\":\"fail\",\"text\":\"The network may be"
            + " split: 5 of 10 nodes went within a minute: ";

    @TempDir
    private Path folder;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void startAll() throws IOException {
        for (int i = 0; i < 2 * HALF; i++) {
            List<String> dialled = new ArrayList<>();
            if (i % HALF > 0) {
                dialled.add(nodes.get(i - 1).awaitReady().listen());
            }
            if (i % HALF == HALF - 1) {
                dialled.add(nodes.get(i - HALF + 1).listen());
            }
            if (i >= HALF && i % 2 == 1) {
                Cable cable = new Cable(PeerAddress.parse(nodes.get(i - HALF).listen()));
                running.push(cable);
                cables.add(cable);
                dialled.add(cable.address());
            }
            List<String> options = new ArrayList<>(List.of("run", "--data", folder.resolve("node-" + i).toString(),
                    "--listen", "127.0.0.1:0", "--http", "127.0.0.1:0", "--set", PEERS + "exchange=false", "--set",
                    PEERS + "outboundTarget=0", "--set", "org.ippan.network.survey:name=node-" + i));
            dialled.forEach(address -> options.addAll(List.of("--peers", address)));
            NodeProcess node = NodeProcess.start(JAR, OUTPUT, "node-" + i, options);
            running.push(node);
            nodes.add(node);
        }
        nodes.forEach(NodeProcess::awaitReady);
    }

    @AfterEach
    void stopAll() throws Exception {
        while (!running.isEmpty()) {
            running.pop().close();
        }
    }

    private String told(NodeProcess node) {
        return told(node, "node");
    }

    private String told(NodeProcess node, String what) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://" + node.http() + "/api/v1/" + what)).build(),
                    BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "no answer: " + e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What each node says of the network; the last part tells all that is wrong with it. */
    private String all() {
        return living().map(node -> told(node).replaceAll("(?s).*(\"health\":\\{.*?\\]\\}).*", "$1"))
                .collect(Collectors.joining("\n"));
    }

    private boolean isWhole(NodeProcess node) {
        String told = told(node);
        return !told.contains("\"check\":\"network\",\"severity\"") && told.contains("\"gone\":0,");
    }

    private boolean isWell(NodeProcess node) {
        String told = told(node);
        return told.contains("\"health\":{\"status\":\"ok\"") && told.contains("\"ok\":10,");
    }

    private long await(String what, Duration atMost, Predicate<NodeProcess> condition) {
        long begin = System.nanoTime();
        Eventually.until(() -> what + " on every node: " + all(), atMost, () -> living().allMatch(condition));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Those that are not to be asked any more are taken out of the list. */
    private Stream<NodeProcess> living() {
        return nodes.stream().filter(Objects::nonNull);
    }

    /** A line between two halves of a network. */
    private interface Break {

        void of(Cable cable) throws IOException;
    }

    @Test
    void shouldSayThatTheNetworkIsSplitAndThatItIsWholeAgain() throws Exception {
        try (Browser near = Browser.start(); Browser far = Browser.start()) {
            near.open("http://" + nodes.get(0).http() + "/");
            far.open("http://" + nodes.get(HALF).http() + "/");
            await("ten nodes are well", TO_MEET, this::isWell);

            split("cut", Cable::cut, near, far);
            split("silent", Cable::silence, near, far);

            assertEquals(List.of(), near.complaints());
            assertEquals(List.of(), far.complaints());
        }
    }

    /** Each of its neighbours still has a way to all others: only the one that is away is missed. */
    @Test
    void shouldSayOfANodeThatItLeftOrIsGone() throws Exception {
        try (Browser near = Browser.start(); Browser far = Browser.start()) {
            near.open("http://" + nodes.get(0).http() + "/");
            far.open("http://" + nodes.get(HALF).http() + "/");
            await("ten nodes are well", TO_MEET, this::isWell);

            away("stopped", LEAVING, NodeProcess::terminate, "1 left", TO_LEAVE, near, far);
            away("killed", KILLED, NodeProcess::kill, "1 gone", TO_GO, near, far);
            away("standing still", STANDING_STILL, NodeProcess::pause, "2 gone", TO_BE_MISSED, near, far);
        }
    }

    private void away(String how, int number, Consumer<NodeProcess> act, String shown, Duration atMost,
            Browser... pages) {
        NodeProcess node = nodes.set(number, null);
        String count = "\"" + shown.substring(2) + "\":" + shown.charAt(0) + ",";
        long begin = System.nanoTime();
        act.accept(node);
        long told = await(how + ": " + count, atMost, each -> told(each, "snapshots/Network").contains(count));
        for (Browser page : pages) {
            page.awaitText("#states-text", shown);
        }
        long seen = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        System.out.printf("one of ten %s: %s on every node after %d ms, on the pages after %d ms%n", how, shown, told,
                seen);
        assertTrue(seen <= atMost.toMillis(), shown + " is shown after " + seen + " ms");
    }

    private void split(String how, Break line, Browser... pages) throws IOException {
        for (Cable cable : cables) {
            line.of(cable);
        }
        long failed = await("it is split", TO_FAIL, node -> told(node).contains(SPLIT));
        for (Browser page : pages) {
            page.awaitText("#verdict-title", "The network may be split");
            page.awaitText("#wrong", "Check the routes and firewalls between this node and those");
        }
        for (Cable cable : cables) {
            cable.mend();
        }
        long healed = await("it is whole", TO_HEAL, this::isWhole);
        long well = healed + await("ten nodes are well", TO_HEAL.minusMillis(healed), this::isWell);
        for (Browser page : pages) {
            page.awaitText("#verdict-title", "The network carries messages; all 10 nodes are well.");
        }
        System.out.printf("5 | 5, lines %s: fail on every node after %d ms; whole %d ms after they were mended, and all"
                + " nodes ok after %d ms%n", how, failed, healed, well);
    }
}
