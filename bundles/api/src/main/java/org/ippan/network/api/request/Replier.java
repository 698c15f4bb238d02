// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.request;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;

/**
 * Answers questions of {@link Requester}s. Register it as a {@link GossipListener} of the topic of the questions. An
 * answer that cannot be published at once is not sent: the requester's time-out covers it. One that is too long is a
 * failure of the listener, which log and doctor name. Safe for any thread.
 */
public final class Replier implements GossipListener {

    private final Supplier<Gossip> gossip;
    private final RandomGenerator random;
    private final Function<byte[], Optional<byte[]>> answer;

    /**
     * A replier.
     *
     * @param gossip is asked for each answer for the service that is there then
     * @param random tells equal answers of several nodes apart
     * @param answer is given the body of a question on the listener's thread; empty if this node has no answer
     */
    public Replier(Supplier<Gossip> gossip, RandomGenerator random, Function<byte[], Optional<byte[]>> answer) {
        this.gossip = Objects.requireNonNull(gossip, "gossip");
        this.random = Objects.requireNonNull(random, "random");
        this.answer = Objects.requireNonNull(answer, "answer");
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        Envelope.decode(message.payload()).filter(question -> question.replyTo().isPresent()).ifPresent(this::reply);
    }

    private void reply(Envelope question) {
        answer.apply(question.body()).ifPresent(body -> {
            Envelope reply = new Envelope(question.high(), question.low(), Optional.empty(), body);
            PublishResult.Status status = gossip.get().publish(Message.of(question.replyTo().orElseThrow(),
                    reply.encode()).withNonce(random.nextLong())).status();
            if (status == PublishResult.Status.TOO_LARGE) {
                throw new IllegalStateException("not answered: " + status.text());
            }
        });
    }
}
