// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.node.IppanNode;
import org.ippan.network.node.IppanNodeBuilder;
import org.ippan.network.testkit.Eventually;

/**
 * Prints how many messages a second reach listeners when one of several embedded nodes, all connected to each other,
 * publishes as fast as back-pressure allows. Measured by hand, not part of the build; {@code docs/performance.md} says
 * how. Bounded: three rounds, loopback only.
 */
public final class EmbeddedTiming {

    private static final int ROUNDS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final double NANOS = 1e9;
    private static final double MICROS = 1e3;

    private EmbeddedTiming() {
    }

    /**
     * Measures.
     *
     * @param arguments number of nodes, whether to use TLS, bytes of a payload, messages of a round
     * @throws Exception if a node does not start
     */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[0]);
        LongAdder received = new LongAdder();
        List<IppanNode> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(start(nodes, arguments[1]));
                nodes.get(i).subscribe("timing", message -> received.increment());
            }
            Eventually.until("all are connected", LONGEST, () -> nodes.stream()
                    .allMatch(node -> node.peers().connected().size() == count - 1));
            for (int round = 1; round <= ROUNDS; round++) {
                measure(nodes, received, round, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            }
        } finally {
            nodes.forEach(IppanNode::close);
        }
    }

    private static IppanNode start(List<IppanNode> others, String tls) {
        IppanNodeBuilder builder = IppanNode.builder().listen("127.0.0.1", 0)
                .set("org.ippan.network.transport", "tls", tls);
        others.forEach(other -> builder.peer(other.listenAddress().orElseThrow().toString()));
        return builder.start();
    }

    private static void measure(List<IppanNode> nodes, LongAdder received, int round, int size, int messages)
            throws Exception {
        long before = received.sum();
        long deliveries = (long) messages * (nodes.size() - 1);
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            publish(nodes.get(0).gossip(), Message.of(Topic.of("timing"), new byte[size])
                    .withNonce((long) round << Integer.SIZE | i));
        }
        Eventually.until("all have all", LONGEST, () -> received.sum() == before + deliveries);
        double seconds = (System.nanoTime() - begin) / NANOS;
        System.out.printf("round %d: %,d deliveries of %d bytes in %.2f s: %,.0f a second, %.1f us of CPU each%n",
                round, deliveries, size, seconds, deliveries / seconds, (cpuNanos() - cpu) / MICROS / deliveries);
    }

    private static void publish(Gossip gossip, Message message) throws Exception {
        PublishResult result = gossip.publish(message);
        while (result.status() == PublishResult.Status.BACKPRESSURE) {
            gossip.whenWritable(Priority.NORMAL).toCompletableFuture().get();
            result = gossip.publish(message);
        }
        if (!result.accepted()) {
            throw new IllegalStateException(result.toString());
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
