// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;

/**
 * One node full of bad applications, 400 slow listeners, a validator that hangs and one that is slow, and four peers
 * that flood it, while good applications on other topics go on, fed by a quiet peer and by those that flood. Each
 * message carries when it was sent. A JVM that has just begun to run six nodes is late whatever they do, also without a
 * flood: what counts begins when messages come in time.
 */
final class Crowd {

    static final List<String> OTHERS = List.of("plain", "judged");

    private static final int FLOODERS = 4;
    private static final int LISTENERS = 400;
    private static final Duration OF_A_LISTENER = Duration.ofMillis(200);
    private static final Duration OF_THE_VALIDATOR = Duration.ofMillis(20);
    /** Forty times what the slow validator can do, and not so much that the test measures its machine. */
    private static final long BETWEEN_FLOOD = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long BETWEEN_OTHERS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long BETWEEN_NEWS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int PAYLOAD_BYTES = 1024;
    /** How long the JVM may take to warm up, and how soon what comes then is there. */
    private static final Duration TO_WARM_UP = Duration.ofSeconds(30);
    private static final Duration WARM = Duration.ofMillis(200);
    private static final long LOOK_MILLIS = 500;

    private final List<IppanNode> flooders = new ArrayList<>();
    private final IppanNode quiet;
    private final IppanNode receiver;
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger news = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final Map<String, Queue<Long>> delays = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private double used;
    private volatile Duration warmUp = Duration.ZERO;
    private volatile boolean stopped;

    Crowd(Nodes nodes) {
        for (int i = 0; i < FLOODERS; i++) {
            flooders.add(embed(nodes, "flooder" + i));
        }
        quiet = embed(nodes, "quiet");
        receiver = embed(nodes, "receiver", Stream.concat(flooders.stream(), Stream.of(quiet)).map(Nodes::address)
                .toArray(String[]::new));
        for (int i = 0; i < LISTENERS; i++) {
            receiver.subscribe("news", message -> {
                LockSupport.parkNanos(OF_A_LISTENER.toNanos());
                read.incrementAndGet();
            });
        }
        receiver.validate("hung", message -> {
            awaitForEver();
            return Verdict.ACCEPT;
        });
        receiver.validate("slow", message -> {
            LockSupport.parkNanos(OF_THE_VALIDATOR.toNanos());
            return Verdict.ACCEPT;
        });
        receiver.validate("judged", message -> Verdict.ACCEPT);
        OTHERS.forEach(topic -> receiver.subscribe(topic, this::note));
        Eventually.until("all links are up", Nodes.SOON, () -> receiver.gossip().snapshot().links() == FLOODERS + 1
                && flooders.stream().allMatch(node -> node.gossip().snapshot().links() >= 1)
                && quiet.gossip().snapshot().links() >= 1);
    }

    /**
     * Linked to the receiver only: what it relays to others would cost the machine more than the test is about;
     * {@code -Dcrowd.exchange=true} for a mesh of all.
     */
    private static IppanNode embed(Nodes nodes, String name, String... peers) {
        return nodes.embed(name, builder -> builder.set("org.ippan.network.peers", "exchange",
                String.valueOf(Boolean.getBoolean("crowd.exchange"))), peers);
    }

    /** As an application does that takes no notice of interrupts. */
    private void awaitForEver() {
        while (never.getCount() > 0) {
            LockSupport.parkNanos(OF_THE_VALIDATOR.toNanos());
            Thread.interrupted();
        }
    }

    private void note(ReceivedMessage message) {
        delivered.incrementAndGet();
        long delay = System.nanoTime() - message.payload().getLong();
        delays.computeIfAbsent(message.topic().name(), topic -> new ConcurrentLinkedQueue<>()).add(delay);
    }

    /** Has everyone publish for a while. */
    void run(Duration time) throws InterruptedException {
        for (IppanNode node : flooders) {
            publishEvery(BETWEEN_FLOOD, node, "slow", new AtomicInteger());
            OTHERS.forEach(topic -> publishEvery(BETWEEN_OTHERS, node, topic, published));
        }
        OTHERS.forEach(topic -> publishEvery(BETWEEN_OTHERS, quiet, topic, published));
        publishEvery(BETWEEN_NEWS, quiet, "news", news);
        publishEvery(BETWEEN_NEWS, quiet, "hung", new AtomicInteger());
        warmUp();
        Duration before = processor();
        Thread.sleep(time.toMillis());
        used = (double) processor().minus(before).toNanos() / time.toNanos();
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static Duration processor() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Until all of half a second came soon. */
    private void warmUp() throws InterruptedException {
        long begun = System.nanoTime();
        do {
            delays.clear();
            Thread.sleep(LOOK_MILLIS);
        } while (OTHERS.stream().anyMatch(topic -> !delays.containsKey(topic) || delay(topic, 990).compareTo(WARM) > 0)
                && System.nanoTime() - begun < TO_WARM_UP.toNanos());
        warmUp = Duration.ofNanos(System.nanoTime() - begun);
        delays.clear();
    }

    private void publishEvery(long nanos, IppanNode node, String topic, AtomicInteger accepted) {
        Thread thread = new Thread(() -> {
            while (!stopped) {
                accepted.addAndGet(accepts(node, topic) ? 1 : 0);
                LockSupport.parkNanos(nanos);
            }
        }, "crowd");
        threads.add(thread);
        thread.start();
    }

    private boolean accepts(IppanNode node, String topic) {
        byte[] payload = ByteBuffer.allocate(PAYLOAD_BYTES).putLong(System.nanoTime()).putInt(number.incrementAndGet())
                .array();
        return node.gossip().publish(Message.of(Topic.of(topic), payload)).accepted();
    }

    /** Waits until every message of the good applications was delivered, and news reached all 400. */
    void awaitAll() {
        Eventually.until(() -> published + " of the others, but " + delivered + "; " + receiver.gossip().snapshot(),
                Nodes.SOON, () -> delivered.get() == published.get());
        Eventually.until(() -> news + " news for each of " + LISTENERS + ", but " + read, Nodes.SOON,
                () -> read.get() == LISTENERS * news.get());
        never.countDown();
    }

    /** The delay that so many of a thousand messages of a topic do not exceed. */
    Duration delay(String topic, int perMille) {
        long[] sorted = delays.get(topic).stream().mapToLong(Long::longValue).sorted().toArray();
        return Duration.ofNanos(sorted[(sorted.length - 1) * perMille / 1000]);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(published + " messages of other topics, " + number + " tried in all, "
                + news + " news, warm after " + warmUp.toMillis() + " ms");
        OTHERS.forEach(topic -> text.append("; ").append(topic).append(" p50 ").append(delay(topic, 500).toMillis())
                .append(" ms, p99 ").append(delay(topic, 990).toMillis()).append(" ms, most ")
                .append(delay(topic, 1000).toMillis()).append(" ms"));
        text.append(String.format(Locale.ROOT, "; %.1f processors of %d", used,
                Runtime.getRuntime().availableProcessors()));
        return text + "; " + receiver.gossip().snapshot().ignored() + " of the bad ones ignored";
    }
}
