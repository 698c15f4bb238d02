// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Long messages to a receiver slower than their publisher: what was accepted arrives, though logs are small. */
@Tag(Nodes.WAITING)
class LargeMessagesIT {

    private static final int MESSAGES = 60;
    private static final int BYTES = 1024 * 1024;
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Duration TO_ARRIVE = Duration.ofSeconds(60);

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldAllArriveFromMoreThanLogsHold() throws Exception {
        IppanNode publisher = nodes.embed("publisher",
                builder -> builder.set("org.ippan.network.gossip", "cacheBytes", "16777216"));
        IppanNode receiver = nodes.embed("receiver", Nodes.address(publisher));
        Nodes.awaitPeers(publisher, 1);
        Nodes.awaitPeers(receiver, 1);
        AtomicInteger arrived = new AtomicInteger();
        receiver.subscribe("large", message -> {
            LockSupport.parkNanos(WORK_NANOS);
            arrived.incrementAndGet();
        });
        Random random = new Random(1);

        int refused = 0;
        for (int i = 0; i < MESSAGES; i++) {
            byte[] payload = new byte[BYTES];
            random.nextBytes(payload);
            Message message = Message.of(Topic.of("large"), payload);
            Status status = publisher.gossip().publish(message).status();
            while (status == Status.BACKPRESSURE) {
                refused++;
                publisher.gossip().whenWritable(Priority.NORMAL).toCompletableFuture().get(30, TimeUnit.SECONDS);
                status = publisher.gossip().publish(message).status();
            }
            assertEquals(Status.ACCEPTED, status);
        }

        Eventually.until(() -> arrived + " of " + MESSAGES + ": " + publisher.gossip().snapshot(), TO_ARRIVE,
                () -> arrived.get() >= MESSAGES);
        assertEquals(MESSAGES, arrived.get());
        assertEquals(0, publisher.gossip().snapshot().overrun());
        assertTrue(refused > 0, "the publisher never had to wait");
    }
}
