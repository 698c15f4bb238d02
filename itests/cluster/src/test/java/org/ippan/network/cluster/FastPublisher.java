// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;

/** A program that publishes about 10 MiB/s whatever it is told, says how much was taken, and waits for its end. */
public final class FastPublisher {

    static final String LOW = "low";
    static final String HIGH = "high";
    static final String DONE = "DONE";
    private static final int KIB = 1024;
    private static final int SECONDS = 4;
    private static final int SLICES_PER_SECOND = 100;
    private static final int MESSAGES_PER_SLICE = 10 * KIB / SLICES_PER_SECOND;
    private static final int SLICES_PER_URGENT = 10;

    private FastPublisher() {
    }

    /**
     * Publishes.
     *
     * @param arguments address of the peer
     * @throws InterruptedException never, but for its end
     */
    public static void main(String[] arguments) throws InterruptedException {
        IppanNode node = IppanNode.builder().listen(Nodes.LOOPBACK, 0).peer(arguments[0]).start();
        Nodes.awaitPeers(node, 1);
        int low = 0;
        int high = 0;
        int refused = 0;
        long begin = System.nanoTime();
        for (int slice = 0; slice < SECONDS * SLICES_PER_SECOND; slice++) {
            for (int i = 0; i < MESSAGES_PER_SLICE; i++) {
                PublishResult.Status status = publish(node, LOW, Priority.LOW, low + 1);
                low += status == PublishResult.Status.ACCEPTED ? 1 : 0;
                refused += status == PublishResult.Status.BACKPRESSURE ? 1 : 0;
            }
            if (slice % SLICES_PER_URGENT == 0) {
                high += publish(node, HIGH, Priority.HIGH, high + 1) == PublishResult.Status.ACCEPTED ? 1 : 0;
            }
            long due = begin + (slice + 1) * TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        System.out.println(DONE + " " + low + " " + high + " " + refused);
        Eventually.until("the test ends this", Duration.ofMinutes(2), () -> false);
    }

    private static PublishResult.Status publish(IppanNode node, String topic, Priority priority, int number) {
        return node.gossip().publish(Message.of(Topic.of(topic), Delays.stamped(KIB)).withPriority(priority)
                .withNonce(number)).status();
    }
}
