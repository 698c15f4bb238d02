// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;

/** A publisher at a rate or at full speed, and what arrives of it, with the books kept about every message. */
final class Load implements AutoCloseable {

    private static final Duration TO_ARRIVE = Duration.ofSeconds(30);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final double NANOS = 1e9;
    /** A publisher that is held up for longer than a tenth of a second does not make up for it. */
    private static final int TENTH = 10;

    private final IppanNode publisher;
    private final Topic topic;
    private final Priority priority;
    private final List<Arrived> receivers;
    private final int perSecond;
    private final byte[] content;
    private final Delays delays = new Delays();
    private final AtomicLong published = new AtomicLong();
    private final Thread thread = new Thread(this::publishAll, "load");
    private volatile String problem = "";
    private volatile boolean over;

    /** What came at one node. Its thread alone counts. */
    private final class Arrived {

        private volatile long count;
        private volatile long sum;
        private volatile long wrong;

        Arrived(IppanNode node) {
            node.subscribe(topic.name(), this::arrived);
        }

        private void arrived(ReceivedMessage message) {
            ByteBuffer payload = message.payload();
            delays.onMessage(message);
            if (payload.remaining() != content.length
                    || !payload.slice(2 * Long.BYTES, content.length - 2 * Long.BYTES)
                            .equals(ByteBuffer.wrap(content, 2 * Long.BYTES, content.length - 2 * Long.BYTES))) {
                wrong++;
            }
            sum += payload.getLong(Long.BYTES);
            count++;
        }

        /** Each number once: then there are as many, and their sum is that of all. */
        private boolean hasEach() {
            long all = published.get();
            return count == all && sum == all * (all - 1) / 2 && wrong == 0;
        }

        @Override
        public String toString() {
            return count + " arrived, sum " + sum + ", " + wrong + " wrong";
        }
    }

    /** One that begins at once; with 0 a second, at full speed. */
    Load(IppanNode publisher, List<IppanNode> receivers, int bytes, int perSecond) {
        this(publisher, receivers, Priority.NORMAL, bytes, perSecond);
    }

    /** The same with another priority, which its topic is named after. */
    Load(IppanNode publisher, List<IppanNode> receivers, Priority priority, int bytes, int perSecond) {
        this.publisher = publisher;
        this.priority = priority;
        this.topic = topic(priority);
        this.perSecond = perSecond;
        this.content = Delays.stamped(bytes);
        this.receivers = receivers.stream().map(Arrived::new).toList();
        thread.start();
    }

    static Topic topic(Priority priority) {
        return Topic.of(priority.name());
    }

    long published() {
        return published.get();
    }

    /** How many came, over all receivers. */
    long delivered() {
        return receivers.stream().mapToLong(each -> each.count).sum();
    }

    Delays delays() {
        return delays;
    }

    private void publishAll() {
        try {
            long begin = System.nanoTime();
            long done = 0;
            while (!over) {
                long due = perSecond == 0 ? done + 1
                        : (long) ((System.nanoTime() - begin) / NANOS * perSecond) - done;
                if (perSecond > 0 && due <= 0) {
                    LockSupport.parkNanos(TURN_NANOS);
                } else if (perSecond > 0 && due > Math.max(1, perSecond / TENTH)) {
                    begin = System.nanoTime();
                    done = 0;
                } else {
                    publish();
                    done++;
                }
            }
        } catch (Exception e) {
            problem = "published no more: " + e;
        }
    }

    private void publish() throws Exception {
        byte[] payload = content.clone();
        ByteBuffer.wrap(payload).putLong(System.nanoTime()).putLong(published.get());
        Message message = Message.of(topic, payload).withPriority(priority);
        PublishResult.Status status = publisher.gossip().publish(message).status();
        while (status == PublishResult.Status.BACKPRESSURE || status == PublishResult.Status.NO_PEERS && !over) {
            publisher.gossip().whenWritable(priority).toCompletableFuture().get(30, TimeUnit.SECONDS);
            LockSupport.parkNanos(status == PublishResult.Status.NO_PEERS ? TURN_NANOS : 0);
            status = publisher.gossip().publish(message).status();
        }
        if (status != PublishResult.Status.ACCEPTED) {
            throw new IllegalStateException("refused: " + status);
        }
        published.incrementAndGet();
    }

    /** Waits until what was published until now has arrived everywhere. */
    void awaitArrival() {
        long now = published.get();
        Eventually.until(() -> now + " published, " + receivers + problem, TO_ARRIVE,
                () -> receivers.stream().allMatch(each -> each.count >= now));
    }

    /** Publishes no more, and waits until everything has arrived everywhere, once. */
    void settle() {
        close();
        Eventually.until(() -> published + " published, " + receivers + problem, TO_ARRIVE,
                () -> problem.isEmpty() && receivers.stream().allMatch(Arrived::hasEach));
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
