// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ippan.network.api.Topic;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;

/**
 * Asks over a topic and collects answers. Register it as a {@link GossipListener} of its answers' topic, which no other
 * requester of the network may have. Every node can read questions and answers, and any node may answer: what proves an
 * answer has to be in its body. At most 10000 questions are open at a time. Safe for any thread.
 */
public final class Requester implements GossipListener {

    /** Most questions that wait for answers. */
    static final int MAX_OPEN = 10_000;

    private final Supplier<Gossip> gossip;
    private final Topic answers;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final Map<Number, Open> open = new ConcurrentHashMap<>();

    /** The number of a question. */
    private record Number(long high, long low) {
    }

    /** A question that waits for answers. */
    private static final class Open {

        private final int wanted;
        private final List<byte[]> answers = new ArrayList<>();
        private final CompletableFuture<List<byte[]>> future = new CompletableFuture<>();

        Open(int wanted) {
            this.wanted = wanted;
        }

        void add(byte[] body) {
            if (isEnough(body)) {
                end();
            }
        }

        private synchronized boolean isEnough(byte[] another) {
            answers.add(another);
            return answers.size() >= wanted;
        }

        private synchronized List<byte[]> soFar() {
            return List.copyOf(answers);
        }

        /** Without a lock: what follows is the application's, and may take as long as it likes. */
        void end() {
            future.complete(soFar());
        }
    }

    /**
     * A requester without questions.
     *
     * @param gossip is asked for each question for the service that is there then
     * @param answers the topic of the answers, of this requester alone
     * @param timer ends questions in time; the caller shuts it down
     * @param random makes numbers that no other node can guess, say a {@code SecureRandom}
     */
    public Requester(Supplier<Gossip> gossip, Topic answers, ScheduledExecutorService timer, RandomGenerator random) {
        this.gossip = Objects.requireNonNull(gossip, "gossip");
        this.answers = Objects.requireNonNull(answers, "answers");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Asks every node. What follows on the answers runs on the thread that brought the last of them to this listener,
     * or on that of the timer: it may ask again, but must not wait there, as other answers come on the same threads.
     *
     * @param topic where the question is published
     * @param question its body
     * @param wanted how many answers are enough, at least 1
     * @param timeout how long to wait for them
     * @return completes with that many answers, or when the time is over with those that came, perhaps none; fails with
     *         an {@link IllegalStateException} that says why if the question cannot be published
     */
    public CompletionStage<List<byte[]>> ask(Topic topic, byte[] question, int wanted, Duration timeout) {
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(timeout, "timeout");
        if (wanted < 1) {
            throw new IllegalArgumentException("wanted = " + wanted + ": must be at least 1");
        }
        if (open.size() >= MAX_OPEN) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("not asked: " + MAX_OPEN + " questions wait for answers already"));
        }
        Number number = new Number(random.nextLong(), random.nextLong());
        Open asked = new Open(wanted);
        Future<?> end = timer.schedule(asked::end, TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        open.put(number, asked);
        CompletionStage<List<byte[]>> ended = asked.future.whenComplete((got, failure) -> {
            open.remove(number);
            end.cancel(false);
        }).minimalCompletionStage();
        try {
            PublishResult result = gossip.get().publish(Message.of(topic,
                    new Envelope(number.high, number.low, Optional.of(answers), question).encode()));
            if (!result.accepted()) {
                asked.future.completeExceptionally(new IllegalStateException("not asked: " + result.status().text()));
            }
        } catch (RuntimeException e) {
            // It was not asked, and does not wait.
            asked.end();
            throw e;
        }
        return ended;
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        Envelope.decode(message.payload()).ifPresent(answer -> {
            Open asked = open.get(new Number(answer.high(), answer.low()));
            if (asked != null) {
                asked.add(answer.body());
            }
        });
    }
}
