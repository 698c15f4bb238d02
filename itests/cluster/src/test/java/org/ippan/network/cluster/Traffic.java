// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;

/** Several nodes that all publish all the time and listen to each other, with the books kept about every message. */
final class Traffic implements AutoCloseable {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final int SMALL_BYTES = 200;
    private static final int LARGE_BYTES = 20_000;
    private static final int LARGE_EVERY = 50;
    private static final int ASYNC_EVERY = 10;
    private static final long WRITABLE_SECONDS = 30;
    private static final char END_OF_TEXT = '\n';

    private final List<Member> members = new ArrayList<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final Supplier<String> stage;
    private volatile boolean ending;

    /** A node as publisher and listener. */
    private final class Member {

        private final IppanNode node;
        private final String name;
        private final Thread thread;
        private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
        private final Map<String, Integer> received = new ConcurrentHashMap<>();
        private final Queue<CompletableFuture<PublishResult>> sent = new ConcurrentLinkedQueue<>();

        Member(IppanNode node) {
            this.node = node;
            this.name = node.id().shortForm();
            this.thread = new Thread(this::publishAll, "traffic-" + name);
            thread.setDaemon(true);
            node.subscribe("*", this::received);
        }

        private void received(ReceivedMessage message) {
            String text = new String(message.payloadBytes(), StandardCharsets.US_ASCII);
            received.merge(text.substring(0, text.indexOf(END_OF_TEXT)), 1, Integer::sum);
        }

        private void publishAll() {
            try {
                for (int i = 1; !ending; i++) {
                    publish(i);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (Exception | AssertionError e) {
                problems.add(name + " stopped publishing during " + stage.get() + ": " + e);
            }
        }

        private void publish(int number) throws Exception {
            String text = name + " " + number + " during " + stage.get();
            byte[] payload = Arrays.copyOf((text + END_OF_TEXT).getBytes(StandardCharsets.US_ASCII),
                    number % LARGE_EVERY == 0 ? LARGE_BYTES : SMALL_BYTES);
            Message message = Message.of(Topic.of("traffic"), payload);
            PublishResult.Status status = offer(message, number % ASYNC_EVERY == 0);
            while (status == PublishResult.Status.BACKPRESSURE) {
                node.gossip().whenWritable(Priority.NORMAL).toCompletableFuture()
                        .get(WRITABLE_SECONDS, TimeUnit.SECONDS);
                status = offer(message, number % ASYNC_EVERY == 0);
            }
            if (status == PublishResult.Status.ACCEPTED) {
                accepted.add(text);
            } else {
                problems.add(text + " was refused: " + status);
            }
        }

        private PublishResult.Status offer(Message message, boolean async) {
            Gossip gossip = node.gossip();
            if (!async) {
                return gossip.publish(message).status();
            }
            CompletableFuture<PublishResult> result = gossip.publishAsync(message).toCompletableFuture();
            PublishResult now = result.getNow(null);
            if (now != null && !now.accepted()) {
                return now.status();
            }
            sent.add(result);
            return PublishResult.Status.ACCEPTED;
        }

        private boolean hasAll() {
            return expected().allMatch(received::containsKey) && sent.stream().allMatch(CompletableFuture::isDone);
        }

        private Stream<String> expected() {
            return members.stream().filter(other -> other != this).flatMap(other -> other.accepted.stream());
        }

        private void settle() {
            expected().filter(text -> !received.containsKey(text))
                    .forEach(text -> problems.add(name + " never got " + text));
            received.forEach((text, times) -> {
                if (times > 1) {
                    problems.add(name + " got " + text + " " + times + " times");
                }
            });
            long unsent = sent.stream().filter(result -> !result.isDone() || result.isCompletedExceptionally()
                    || !result.join().accepted()).count();
            if (unsent > 0) {
                problems.add(unsent + " messages of " + name + " were accepted but not told to be sent");
            }
        }
    }

    /**
     * Traffic that begins at once.
     *
     * @param nodes everyone
     * @param stage what is being done to them just now: named with each message that suffers from it
     */
    Traffic(List<IppanNode> nodes, Supplier<String> stage) {
        this.stage = stage;
        nodes.forEach(node -> members.add(new Member(node)));
        members.forEach(member -> member.thread.start());
    }

    /** Messages published and accepted until now. */
    long accepted() {
        return members.stream().mapToLong(member -> member.accepted.size()).sum();
    }

    /** Ends the traffic, waits for what is under way, and tells what was refused, lost or doubled. */
    List<String> settle() {
        close();
        try {
            Eventually.until("everyone has everything", Nodes.SOON, () -> members.stream().allMatch(Member::hasAll));
        } catch (AssertionError e) {
            // What is missing is told message by message below.
            problems.add(e.getMessage());
        }
        members.forEach(Member::settle);
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        ending = true;
        members.forEach(member -> {
            try {
                member.thread.join(TimeUnit.SECONDS.toMillis(WRITABLE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
