// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Topic;
import org.ippan.network.api.request.Requester;
import org.ippan.network.api.snapshot.Measure;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;

/** What clients and programs are told while an application holds up what they ask for. */
@Tag(Nodes.WAITING)
class HeldUpWordsIT {

    private static final String WEB = "org.ippan.network.web";
    private static final String DEDUP = "org.ippan.network.dedup";
    private static final String TOKEN = "the-token-of-this-test";
    private static final String CHANGE = "set=" + DEDUP + ":capacity%3D100000";
    /** More requests than may be answered and wait. */
    private static final int MANY = 270;
    private static final int QUESTIONS = 1000;

    @RegisterExtension
    final Nodes nodes = new Nodes();
    @RegisterExtension
    final Logged logged = new Logged();

    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private IppanNode node;
    private PeerAddress page;

    @BeforeEach
    void start() {
        node = nodes.embed("node", builder -> builder.http(Nodes.LOOPBACK, 0).set(WEB, "token", TOKEN)
                .set(WEB, "maxConnections", String.valueOf(2 * MANY)));
        page = node.httpAddress().orElseThrow();
    }

    @AfterEach
    void release() {
        over.countDown();
    }

    private void hold() {
        try {
            over.await(Nodes.SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String ask(String path, HttpRequest.Builder request) {
        try {
            return http.send(request.uri(URI.create("http://" + page + "/api/v1/" + path))
                    .header("Authorization", "Bearer " + TOKEN).build(), HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(path, e);
        }
    }

    private String change(String setting) {
        return ask("settings/apply", HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(setting))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    private void isTold(String words, String answer) {
        assertTrue(answer.contains(words), words + " in " + answer);
    }

    private void stop(String bundle) throws BundleException {
        Stream.of(node.bundleContext().getBundles()).filter(each -> each.getSymbolicName().equals(bundle)).findFirst()
                .orElseThrow().stop();
    }

    /** What Config Admin tells of changes is held up, and then there is none. */
    @Test
    void shouldSayThatAChangeDoesNotComeIntoForceOrDoesNotGoBack() throws Exception {
        node.register(ConfigurationListener.class, event -> hold(), Map.of());
        node.service(ConfigurationAdmin.class).getConfiguration("org.example", "?").update(new Hashtable<>(Map.of("a",
                "b")));

        isTold("capacity: stored but not in force after 2 s", change(CHANGE));
        logged.says("ERROR ", "Settings could not be restored after a change that failed: capacity: stored but not in"
                + " force after 2 s; pid=" + DEDUP);
        over.countDown();
        Eventually.until("changes are in force again", Nodes.SOON, () -> change(CHANGE).contains("In force: capacity"));

        isTold("In force for 60 s, then back unless it is kept: ", change("set=" + WEB + ":maxStreams%3D3"));
        stop("org.apache.felix.configadmin");
        try (JmxClient jmx = JmxClient.local()) {
            assertEquals("Added lyon at 127.0.0.1:1 until the node stops: there is no Config Admin to keep it.",
                    jmx.ask("Peers", "add", "127.0.0.1:1", "lyon"));
        }
        stop("org.ippan.network.management");
        logged.says("ERROR ", "The change could not go back and stays in force: there is no Config Admin to keep"
                + " settings in; change=");
    }

    /** What an application tells. */
    private record Told(@Measure("A number.") long number) {
    }

    @Test
    void shouldSayThatTooManyRequestsWait() throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        node.register(SnapshotSource.class, () -> {
            if (slow.get()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(900));
            }
            return new Told(1);
        }, Map.of(SnapshotSource.NAME, "Slow"));
        slow.set(true);
        List<Socket> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                Socket socket = new Socket(page.host(), page.port());
                socket.getOutputStream().write("GET /api/v1/snapshots HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(
                        StandardCharsets.US_ASCII));
                waiting.add(socket);
            }

            isTold("too many requests at once", ask("snapshots", HttpRequest.newBuilder()));
        } finally {
            slow.set(false);
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** As a program does that asks on and on, and no node answers. */
    @Test
    void shouldTellAProgramThatTooManyOfItsQuestionsWait() {
        IppanNode other = nodes.embed("other", Nodes.address(node));
        Nodes.awaitPeers(node, 1);
        Nodes.awaitPeers(other, 1);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            Requester requester = new Requester(node::gossip, Topic.of("answers"), timer, new SecureRandom());

            Eventually.until("there are too many", Nodes.SOON, () -> askOften(requester)
                    .equals("not asked: 10000 questions wait for answers already"));
        } finally {
            timer.shutdownNow();
        }
    }

    /** Why the first one was not asked that was not; empty if all were. */
    private static String askOften(Requester requester) {
        for (int i = 0; i < QUESTIONS; i++) {
            CompletableFuture<?> asked = requester.ask(Topic.of("questions"), new byte[1], 1, Nodes.SOON)
                    .toCompletableFuture();
            if (asked.isCompletedExceptionally()) {
                return asked.handle((answers, why) -> why.getMessage()).join();
            }
        }
        return "";
    }
}
