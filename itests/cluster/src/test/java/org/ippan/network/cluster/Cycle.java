// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;

/**
 * Nodes in a ring that answer what they get, inside the callback and waiting for room: each request goes once around,
 * and the next node's answer is its question. Two nodes ask, answer and thank over one link.
 */
final class Cycle {

    private static final String GOSSIP = "org.ippan.network.gossip";
    private static final int PAYLOAD_BYTES = 4096;
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = 20_000_000;

    private final List<IppanNode> ring = new ArrayList<>();
    private final List<AtomicInteger> answered = new ArrayList<>();
    private final int hops;

    /** A ring of nodes with queues of this many messages and room to validate that many. */
    Cycle(Nodes nodes, int size, int queue, int room) {
        for (int i = 0; i < size; i++) {
            List<String> peers = new ArrayList<>();
            if (i > 0) {
                peers.add(Nodes.address(ring.get(i - 1)));
            }
            if (i == size - 1 && size > 2) {
                peers.add(Nodes.address(ring.get(0)));
            }
            ring.add(nodes.embed("node" + i, builder -> builder.set(GOSSIP, "listenerQueue", "" + queue)
                    .set(GOSSIP, "validationQueueMessages", "" + room)
                    .set("org.ippan.network.peers", "exchange", "false"), peers.toArray(String[]::new)));
        }
        // Two nodes ask, answer and thank; more go once around.
        hops = Math.max(3, size);
        for (int hop = 1; hop <= hops; hop++) {
            answerAt(hop);
        }
        for (IppanNode node : ring) {
            Eventually.until("all links are up", Nodes.SOON, () -> node.gossip().snapshot().links() == links());
        }
    }

    private int links() {
        return ring.size() == 2 ? 1 : 2;
    }

    private void answerAt(int hop) {
        IppanNode node = ring.get(hop % ring.size());
        AtomicInteger count = new AtomicInteger();
        answered.add(count);
        node.subscribe("hop" + hop, message -> {
            count.incrementAndGet();
            if (hop < hops) {
                send(node, hop + 1, message.payloadBytes());
            }
        });
    }

    private static void send(IppanNode node, int hop, byte[] payload) {
        Message message = Message.of(Topic.of("hop" + hop), payload);
        PublishResult result = node.gossip().publish(message);
        while (!result.accepted()) {
            if (result.status() == PublishResult.Status.BACKPRESSURE) {
                awaitRoom(node);
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            result = node.gossip().publish(message);
        }
    }

    private static void awaitRoom(IppanNode node) {
        try {
            node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends this many requests as fast as they are accepted; returns how long it took until all were answered. */
    Duration run(int requests) {
        long begin = System.nanoTime();
        Thread publisher = new Thread(() -> {
            for (int i = 0; i < requests; i++) {
                send(ring.get(0), 1, ByteBuffer.allocate(PAYLOAD_BYTES).putInt(i).array());
            }
        }, "requests");
        publisher.setDaemon(true);
        publisher.start();
        Eventually.until(() -> requests + " at each hop: " + answered, MOST,
                () -> answered.get(hops - 1).get() == requests);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Checks that everything came once, no link ever fell, and no peer lost a point. */
    void checkThatNothingWasHarmed(int requests) {
        answered.forEach(count -> assertEquals(requests, count.get()));
        for (IppanNode node : ring) {
            PeersSnapshot peers = node.peers().snapshot();
            assertEquals(0, peers.goodbyesSent().values().stream().mapToLong(Long::longValue).sum(), peers.toString());
            assertEquals(0, peers.goodbyesReceived().values().stream().mapToLong(Long::longValue).sum(),
                    peers.toString());
            // With each neighbour one, once.
            assertEquals(links(), peers.handshakes(), peers.toString());
            assertEquals(links(), node.peers().connected().size());
            ReputationManager reputation = node.service(ReputationManager.class);
            for (PeerId peer : reputation.peers()) {
                assertEquals(0, reputation.stats(peer).orElseThrow().failures(), peer.toString());
                assertEquals(0, reputation.stats(peer).orElseThrow().invalids(), peer.toString());
            }
        }
    }
}
