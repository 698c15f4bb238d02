// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.request.Replier;
import org.ippan.network.api.request.Requester;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Further members of the kinds of mistakes that users of such systems report; docs/testing.md lists all of them. */
@Tag(Nodes.WAITING)
class KindsIT {

    private static final String PEERS = "org.ippan.network.peers";
    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final int MANY = 200;
    private static final int TOPICS = 100;
    private static final long SLOW_NANOS = 200_000_000;
    private static final Duration ALL = Duration.ofSeconds(60);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Set<Object> got = ConcurrentHashMap.newKeySet();
    private IppanNode paris;
    private IppanNode tokyo;

    @AfterEach
    void stopTimer() {
        timer.shutdownNow();
    }

    private void startPair() {
        paris = nodes.embed("paris");
        tokyo = nodes.embed("tokyo", Nodes.address(paris));
        Nodes.awaitPeers(tokyo, 1);
        Nodes.awaitPeers(paris, 1);
    }

    private void awaitGot(int count) {
        Eventually.until(() -> got.size() + " of " + count, ALL, () -> got.size() == count);
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void publish(IppanNode node, Message message) {
        PublishResult result = node.gossip().publish(message);
        while (result.status() == PublishResult.Status.BACKPRESSURE) {
            await(node.gossip().whenWritable(message.priority()));
            result = node.gossip().publish(message);
        }
        assertTrue(result.accepted(), result::toString);
    }

    private static Message message(String topic, int number, int bytes) {
        return Message.of(Topic.of(topic), ByteBuffer.allocate(bytes).putInt(number).array()).withNonce(number + 1);
    }

    /* What was refused for want of a thread is tried again. */

    @Test
    void shouldCallEveryEventListenerHoweverManyAreSlow() {
        IppanNode node = nodes.embed("node");
        for (int i = 0; i < MANY; i++) {
            int number = i;
            node.register(NetworkEventListener.class, event -> {
                LockSupport.parkNanos(SLOW_NANOS);
                got.add(number);
            }, Map.of());
        }

        node.service(ReputationAdmin.class).ban(PeerId.parse("ab".repeat(32)), Duration.ofHours(1), "a test");

        awaitGot(MANY);
    }

    @Test
    void shouldJudgeEveryMessageHoweverManyValidatorsAreSlow() {
        IppanNode sender = nodes.embed("sender");
        IppanNode receiver = nodes.embed("receiver", Nodes.address(sender));
        Nodes.awaitPeers(sender, 1);
        for (int i = 0; i < TOPICS; i++) {
            receiver.validate("topic" + i, message -> {
                LockSupport.parkNanos(SLOW_NANOS);
                return Verdict.ACCEPT;
            });
        }
        receiver.subscribe("*", message -> got.add(message.topic()));

        for (int i = 0; i < TOPICS; i++) {
            publish(sender, message("topic" + i, i, 100));
        }

        awaitGot(TOPICS);
    }

    /* A name is more than its first address. */

    @Test
    void shouldTryTheNextAddressOfANameWhereAStrangerListensAtTheFirst() throws Exception {
        int port = nodes.embed("paris", builder -> builder.listen("127.0.0.2", 0)).listenAddress().orElseThrow().port();
        Path hosts = Files.writeString(nodes.path("hosts"), "127.0.0.3 paris.test\n127.0.0.2 paris.test\n");
        try (ServerSocket stranger = new ServerSocket(port, 50, InetAddress.getByName("127.0.0.3"))) {
            NodeProcess node = nodes.prefixed(List.of("env", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + hosts), "node",
                    "--peers", "paris.test:" + port, "--set", TRANSPORT + ":handshakeTimeoutSeconds=2");

            Eventually.until(() -> "connected: " + node.err(), ALL,
                    () -> node.err().contains("is up: connected to paris.test:" + port));
            assertEquals(port, stranger.getLocalPort());
        }
    }

    /* Application code that waits inside callbacks for what only others bring. */

    @Test
    void shouldAnswerWhileBothNodesAskInsideTheirListeners() {
        startPair();
        AtomicInteger answered = new AtomicInteger();
        // The listener of the one asks the other one, whose replier asks back before it answers.
        Requester ofParis = requester(paris, "to/paris");
        Requester ofTokyo = requester(tokyo, "to/tokyo");
        replies(paris, "last", question -> question);
        replies(tokyo, "ask/tokyo", question -> await(ofTokyo.ask(Topic.of("last"), question, 1, ALL)).get(0));
        paris.subscribe("start", message -> answered.addAndGet(await(ofParis.ask(Topic.of("ask/tokyo"),
                message.payloadBytes(), 1, ALL)).size()));

        for (int i = 0; i < TOPICS; i++) {
            publish(tokyo, message("start", i, 100));
        }

        Eventually.until(() -> answered + " of " + TOPICS, ALL, () -> answered.get() == TOPICS);
    }

    private Requester requester(IppanNode node, String answers) {
        Requester requester = new Requester(node::gossip, Topic.of(answers), timer, new SecureRandom());
        node.subscribe(answers, requester);
        return requester;
    }

    /** How a question becomes its answer. */
    private interface Reply {

        byte[] to(byte[] question);
    }

    private static void replies(IppanNode node, String topic, Reply reply) {
        node.subscribe(topic, new Replier(node::gossip, new SecureRandom(),
                question -> Optional.of(reply.to(question))));
    }

    @Test
    void shouldSettleAndSendWhileEachListenerWaitsForThat() {
        startPair();
        for (int i = 0; i < TOPICS; i++) {
            String topic = "topic" + i;
            tokyo.subscribe(topic, message -> {
                boolean everywhere = await(tokyo.gossip().publishSettled(message("back", topic.hashCode(), 100), ALL))
                        .everywhere();
                boolean sent = await(tokyo.gossip().publishAsync(message("sent", topic.hashCode(), 100))).accepted();
                got.add(topic + everywhere + sent);
            });
        }

        List<Object> expected = new ArrayList<>();
        for (int i = 0; i < TOPICS; i++) {
            expected.add("topic" + i + true + true);
            publish(paris, message("topic" + i, i, 100));
        }

        awaitGot(TOPICS);
        assertEquals(Set.copyOf(expected), got);
    }

    /* What is owed to a peer does not leave the logs before it is sent. */

    @Test
    void shouldBringEverythingThroughARelayWhoseLogsAreSmallerThanIt() {
        IppanNode first = nodes.embed("first", builder -> builder.set(GOSSIP, "cacheBytes", "4194304"));
        IppanNode relay = nodes.embed("relay", builder -> builder.set(GOSSIP, "cacheBytes", "4194304")
                .set(PEERS, "exchange", "false"), Nodes.address(first));
        IppanNode last = nodes.embed("last", builder -> builder.set(PEERS, "exchange", "false"), Nodes.address(relay));
        Nodes.awaitPeers(relay, 2);
        receiveSlowly(last);

        sendAll(first);
    }

    @Test
    void shouldBringEverythingOfAllPrioritiesInDirectMode() {
        IppanNode first = nodes.embed("first", builder -> builder.set(GOSSIP, "cacheBytes", "4194304")
                .set(GOSSIP, "relayMode", "direct"));
        IppanNode last = nodes.embed("last", Nodes.address(first));
        Nodes.awaitPeers(first, 1);
        receiveSlowly(last);

        sendAll(first);
    }

    private void receiveSlowly(IppanNode node) {
        node.register(GossipListener.class, message -> {
            LockSupport.parkNanos(SLOW_NANOS / 20);
            got.add(message.payload().getInt());
        }, Map.of(GossipListener.TOPIC, "large"));
    }

    /** 25 MB through logs of 4. */
    private void sendAll(IppanNode node) {
        for (int i = 0; i < TOPICS; i++) {
            publish(node, message("large", i, 1 << 18).withPriority(Priority.values()[i % 3]));
        }
        awaitGot(TOPICS);
        assertEquals(0, node.gossip().snapshot().overrun());
    }

    /* An address is not a peer. */

    @Test
    void shouldKeepAPeerWhoseNeighbourAtTheSameAddressIsBannedAndBroken() throws Exception {
        IppanNode node = nodes.embed("node", builder -> builder.set(TRANSPORT, "tls", "false")
                .set(PEERS, "exemptNets", "").set(PEERS, "failuresPerMinute", "2"));
        IppanNode good = nodes.embed("good", builder -> builder.set(TRANSPORT, "tls", "false"), Nodes.address(node));
        Nodes.awaitPeers(node, 1);
        for (int i = 0; i < 5; i++) {
            try (WirePeer broken = WirePeer.dial(Nodes.address(node), false)) {
                broken.listen();
                broken.send(WirePeer.GOSSIP, WireFrames.message("early", i, 1));
                broken.flush();
                Eventually.until("it is sent away", Nodes.SOON, broken::ended);
            }
        }
        Eventually.until("the address is blocked", Nodes.SOON, () -> !node.peers().snapshot().blocked().isEmpty());

        node.service(PeerAdmin.class).disconnect(good.id(), "a test");

        Nodes.awaitPeers(node, 1);
        assertEquals(0, node.service(ReputationManager.class).score(good.id()).value());
    }
}
