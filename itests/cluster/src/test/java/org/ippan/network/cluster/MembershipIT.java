// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerListener;
import org.ippan.network.api.request.Replier;
import org.ippan.network.api.request.Requester;
import org.ippan.network.api.typed.PayloadException;
import org.ippan.network.api.typed.PayloadFormat;
import org.ippan.network.api.typed.PayloadFormats;
import org.ippan.network.api.typed.TypedListener;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.NodeException;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What applications build on beside messages: who is there, and questions with answers. */
@Tag(Nodes.WAITING)
class MembershipIT {

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldTellWhoJoinsAndWhoLeaves() {
        List<String> heard = new CopyOnWriteArrayList<>();
        IppanNode first = nodes.embed("first", builder -> builder.service(PeerListener.class, new PeerListener() {
            @Override
            public void onUp(Peer peer) {
                heard.add("up " + peer.id().orElseThrow());
            }

            @Override
            public void onDown(Peer peer, String why) {
                heard.add("down " + peer.id().orElseThrow());
            }

            @Override
            public void onLeft(Peer peer, String why) {
                heard.add("left " + peer.id().orElseThrow());
            }
        }, Map.of()));
        IppanNode second = nodes.embed("second", Nodes.address(first));
        String id = second.id().toString();
        Eventually.until(() -> "the second node joined: " + heard, Nodes.SOON, () -> heard.size() == 1);

        second.close();

        Eventually.until(() -> "it left: " + heard, Nodes.SOON, () -> heard.size() == 2);
        assertEquals(List.of("up " + id, "left " + id), heard);
    }

    @Test
    void shouldSayWhyANodeDidNotJoinInTime() {
        NodeException late = assertThrows(NodeException.class, () -> nodes.embed("late",
                builder -> builder.awaitPeers(1, Duration.ofMillis(500)), "127.0.0.1:1"));

        assertTrue(late.getMessage().startsWith("only 0 of 1 peers connected within 500 ms: 127.0.0.1:1: "),
                late.getMessage());
        // Its directory is free again, so nothing of it runs.
        nodes.embed("late");
    }

    @Test
    void shouldAnswerQuestions() throws Exception {
        IppanNode asking = nodes.embed("asking");
        for (String name : List.of("paris", "tokyo")) {
            IppanNode node = nodes.embed(name, Nodes.address(asking));
            node.subscribe("weather/ask", new Replier(node::gossip, new SecureRandom(),
                    question -> Optional.of((name + ": " + new String(question, UTF_8)).getBytes(UTF_8))));
        }
        asking.awaitPeers(2, Nodes.SOON);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try {
            Topic answers = Topic.of("weather/to/" + asking.id().shortForm());
            Requester requester = new Requester(asking::gossip, answers, timer, new SecureRandom());
            asking.subscribe(answers.name(), requester);

            List<String> got = requester.ask(Topic.of("weather/ask"), "rain?".getBytes(UTF_8), 2,
                    Duration.ofSeconds(20)).toCompletableFuture().get(20, TimeUnit.SECONDS).stream()
                    .map(answer -> new String(answer, UTF_8)).sorted().toList();

            assertEquals(List.of("paris: rain?", "tokyo: rain?"), got);
        } finally {
            timer.shutdownNow();
        }
    }

    /** The format comes after the listener; what was published before the first peer came waits for it. */
    @Test
    void shouldDeliverObjectsInTheFormatOfAnApplication() {
        List<String> heard = new CopyOnWriteArrayList<>();
        IppanNode paris = nodes.embed("paris");
        paris.register(TypedListener.class, new TypedListener<Integer>() {
            @Override
            public Class<Integer> type() {
                return Integer.class;
            }

            @Override
            public void onValue(Integer value, ReceivedMessage message) {
                heard.add(message.topic() + " " + value);
            }
        }, Map.of(GossipListener.TOPIC, "numbers/*"));
        paris.register(PayloadFormat.class, new Numbers(), Map.of());
        IppanNode tokyo = nodes.embed("tokyo");
        tokyo.register(PayloadFormat.class, new Numbers(), Map.of());
        PayloadFormats formats = tokyo.service(PayloadFormats.class);

        CompletableFuture<PublishResult> published = tokyo.gossip().publishAsync(
                formats.message(Topic.of("numbers/even"), 42)).toCompletableFuture();
        tokyo.service(PeerAdmin.class).connect(paris.listenAddress().orElseThrow());

        Eventually.until(() -> "the number: " + heard, Nodes.SOON, () -> heard.equals(List.of("numbers/even 42")));
        assertTrue(published.join().accepted());
        assertThrows(PayloadException.class, () -> formats.message(Topic.of("numbers"), "text"));
    }

    /** Numbers as text. */
    private static final class Numbers implements PayloadFormat<Integer> {

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public byte[] encode(Integer value) {
            return value.toString().getBytes(UTF_8);
        }

        @Override
        public Integer decode(ByteBuffer payload) {
            return Integer.valueOf(UTF_8.decode(payload).toString());
        }
    }
}
