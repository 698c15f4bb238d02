// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Stream;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.NodeProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A mesh of five at full speed, in which something happens to one: the others lose no message, do not stand still for
 * longer than they may wait for one of them, are as fast as before afterwards, and say who held them back. Each of the
 * faults takes 50 s; {@code docs/testing.md} has the command.
 */
class FaultsAcceptance {

    private static final Topic TOPIC = Topic.of("load");
    private static final int BYTES = 1024;
    private static final int SLICE_MILLIS = 100;
    private static final int SECONDS = 45;
    private static final int STRIKES_AT = 20;
    private static final int BEFORE_FROM = 8;
    /** From here on, others are to be as fast as before. */
    private static final int AFTER_FROM = STRIKES_AT + 10;
    private static final double LEAST = 0.95;
    /** Others wait for one for 5 s; what a machine of two processors adds. */
    private static final Duration STANDSTILL = Duration.ofMillis(5500);
    private static final Duration TO_ARRIVE = Duration.ofSeconds(30);
    /** The doctor names peers by so many digits. */
    private static final int SHORT_ID = 8;
    private static final String[] NO_PEERS = {};

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final List<IppanNode> healthy = new ArrayList<>();
    private final List<Arrived> arrived = new ArrayList<>();
    /** What doctors said of those who hold others back. */
    private final Set<String> told = new TreeSet<>();

    /** What came at one node: each number once, and how many in each slice of time. */
    private static final class Arrived implements GossipListener {

        private final AtomicLongArray slices = new AtomicLongArray(2 * SECONDS * 1000 / SLICE_MILLIS);
        private final long begin;
        private volatile long count;
        private volatile long wrong;

        Arrived(long begin) {
            this.begin = begin;
        }

        /** One publisher's messages come in their order. */
        @Override
        public void onMessage(ReceivedMessage message) {
            if (message.payload().getLong(0) != count) {
                wrong++;
            }
            count++;
            long slice = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) / SLICE_MILLIS;
            slices.getAndIncrement((int) Math.min(slice, slices.length() - 1));
        }

        double perSecond(int from, int to) {
            long sum = 0;
            for (int i = from * 1000 / SLICE_MILLIS; i < to * 1000 / SLICE_MILLIS; i++) {
                sum += slices.get(i);
            }
            return (double) sum / (to - from);
        }

        Duration longestPause() {
            int longest = 0;
            int pause = 0;
            for (int i = BEFORE_FROM * 1000 / SLICE_MILLIS; i < SECONDS * 1000 / SLICE_MILLIS; i++) {
                pause = slices.get(i) == 0 ? pause + 1 : 0;
                longest = Math.max(longest, pause);
            }
            return Duration.ofMillis((long) longest * SLICE_MILLIS);
        }
    }

    /** What happens to the fifth node. */
    private interface Fault {

        void strike() throws Exception;
    }

    @BeforeEach
    void shouldBeLinked() {
        for (int i = 0; i < 4; i++) {
            healthy.add(nodes.embed("node-" + i, healthy.stream().map(Nodes::address).toArray(String[]::new)));
        }
        healthy.forEach(node -> Nodes.awaitPeers(node, 3));
    }

    private IppanNode embedFifth(String overflow, AtomicBoolean hangs, CountDownLatch over) {
        IppanNode fifth = nodes.embed("fifth", addresses());
        fifth.register(GossipListener.class, message -> {
            if (hangs.get()) {
                awaitQuietly(over);
            }
        }, Map.of(GossipListener.TOPIC, TOPIC.name(), GossipListener.OVERFLOW, overflow));
        return fifth;
    }

    private static void awaitQuietly(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String[] addresses() {
        return healthy.stream().map(Nodes::address).toList().toArray(NO_PEERS);
    }

    @Test
    void shouldOutliveAListenerThatHangsAndBlocks() throws Exception {
        outliveAListenerThatHangs("block");
    }

    @Test
    void shouldOutliveAListenerThatHangsAndDrops() throws Exception {
        outliveAListenerThatHangs("drop-oldest");
    }

    private void outliveAListenerThatHangs(String overflow) throws Exception {
        AtomicBoolean hangs = new AtomicBoolean();
        CountDownLatch over = new CountDownLatch(1);
        IppanNode fifth = embedFifth(overflow, hangs, over);
        try {
            outlive(() -> hangs.set(true), fifth);
        } finally {
            over.countDown();
        }
        assertTold(FaultsAcceptance.class.getSimpleName());
    }

    @Test
    void shouldOutliveAReaderOfOneKibibyteASecond() throws Exception {
        IppanNode fifth = nodes.embed("fifth", addresses());
        outlive(() -> fifth.set("org.ippan.network.transport", "inboundBytesPerSecond", "1024"), fifth);
        assertTold(fifth.id().toString().substring(0, SHORT_ID));
    }

    @Test
    void shouldOutliveANodeThatIsKilled() throws Exception {
        NodeProcess fifth = nodes.run("fifth", Nodes.ANY_PORT, "--peers", String.join(",", addresses()));
        outlive(fifth::kill, null);
    }

    @Test
    void shouldOutliveANodeThatIsStoppedFor20Seconds() throws Exception {
        NodeProcess fifth = nodes.run("fifth", Nodes.ANY_PORT, "--peers", String.join(",", addresses()));
        outlive(fifth::pause, null);
        fifth.resume();
        assertTold(fifth.id().substring(0, SHORT_ID));
    }

    private void assertTold(String name) {
        assertTrue(told.stream().anyMatch(text -> text.contains(name)), () -> name + " in\n" + String.join("\n", told));
    }

    private void outlive(Fault fault, IppanNode fifth) throws Exception {
        healthy.forEach(node -> Nodes.awaitPeers(node, 4));
        IppanNode publisher = healthy.get(0);
        long begin = System.nanoTime();
        for (IppanNode receiver : healthy.subList(1, healthy.size())) {
            Arrived each = new Arrived(begin);
            arrived.add(each);
            receiver.subscribe(TOPIC.name(), each);
        }
        Thread watch = new Thread(() -> watch(fault, publisher, fifth, begin), "watch");
        watch.start();
        long published = publish(publisher, begin);
        watch.join();
        for (Arrived each : arrived) {
            Eventually.until(() -> each.count + " of " + published, TO_ARRIVE, () -> each.count >= published);
        }

        for (Arrived each : arrived) {
            double before = each.perSecond(BEFORE_FROM, STRIKES_AT);
            double after = each.perSecond(AFTER_FROM, SECONDS);
            String figures = "messages/s before %.0f, at once %.0f, after %.0f (%.2f), longest pause %d ms, of %d"
                    .formatted(before, each.perSecond(STRIKES_AT, AFTER_FROM), after, after / before,
                            each.longestPause().toMillis(), published);
            System.out.println(figures);
            assertEquals(published, each.count, figures);
            assertEquals(0, each.wrong, figures);
            assertTrue(each.longestPause().compareTo(STANDSTILL) <= 0, figures);
            assertTrue(after >= before * LEAST, figures);
        }
        told.forEach(System.out::println);
    }

    private void watch(Fault fault, IppanNode publisher, IppanNode fifth, long begin) {
        try {
            sleepUntil(begin, STRIKES_AT);
            fault.strike();
            for (int second = STRIKES_AT + 1; second < SECONDS; second++) {
                sleepUntil(begin, second);
                Stream.of(publisher, fifth).filter(node -> node != null)
                        .flatMap(node -> Diagnosis.of(node).all().stream())
                        .filter(text -> !text.startsWith("OK")).forEach(told::add);
            }
        } catch (Exception e) {
            throw new AssertionError("the fault could not be had", e);
        }
    }

    private static void sleepUntil(long begin, int second) throws InterruptedException {
        long left = begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
    }

    private static long publish(IppanNode node, long begin) throws Exception {
        long number = 0;
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(SECONDS)) {
            byte[] payload = new byte[BYTES];
            ByteBuffer.wrap(payload).putLong(0, number);
            Message message = Message.of(TOPIC, payload);
            PublishResult.Status status = node.gossip().publish(message).status();
            while (status == PublishResult.Status.BACKPRESSURE) {
                node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture().get(30, TimeUnit.SECONDS);
                status = node.gossip().publish(message).status();
            }
            assertEquals(PublishResult.Status.ACCEPTED, status);
            number++;
        }
        return number;
    }
}
