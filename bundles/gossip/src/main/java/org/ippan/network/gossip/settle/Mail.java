// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.settle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.SettleCodec;
import org.ippan.network.gossip.wire.SettleCodec.Answer;
import org.ippan.network.gossip.wire.SettleCodec.Question;

/**
 * Questions and answers for peers, put into as few frames as they fit in: they go when the relay has done what waits
 * for it now. Confined to the relay's thread.
 */
final class Mail {

    /** The part of the time that is left which each node keeps for the way of the answer back, and the least of it. */
    private static final int PART = 16;
    private static final long LEAST_MILLIS = 20;

    private final GossipContext context;
    private final BiConsumer<GossipLink, IdKey> onRefused;
    private final Map<GossipLink, List<Question>> questions = new LinkedHashMap<>();
    private final Map<GossipLink, List<Answer>> answers = new LinkedHashMap<>();
    private boolean due;

    /**
     * Nothing is to be sent.
     *
     * @param onRefused is told of questions that the queue of a link did not take
     */
    Mail(GossipContext context, BiConsumer<GossipLink, IdKey> onRefused) {
        this.context = context;
        this.onRefused = onRefused;
    }

    /** How long a peer may take if this node has so much time left. */
    static long millisLeft(long nanos) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        return millis - Math.max(LEAST_MILLIS, millis / PART);
    }

    void ask(GossipLink link, Question question) {
        questions.computeIfAbsent(link, any -> new ArrayList<>()).add(question);
        sendSoon();
    }

    void answer(GossipLink link, Answer answer) {
        answers.computeIfAbsent(link, any -> new ArrayList<>()).add(answer);
        sendSoon();
    }

    private void sendSoon() {
        if (!due) {
            due = true;
            context.relay.post(this::send);
        }
    }

    private void send() {
        due = false;
        questions.forEach((link, all) -> send(link, all, SettleCodec::settle)
                .forEach(refused -> onRefused.accept(link, refused)));
        questions.clear();
        // An answer that is not taken does not come: the peer leaves this node out.
        answers.forEach((link, all) -> send(link, all, SettleCodec::settled));
        answers.clear();
    }

    /** What was not taken. */
    private static <T> List<T> send(GossipLink link, List<T> all, Function<List<T>, OutboundFrame> frame) {
        for (int from = 0; from < all.size(); from += ControlCodec.MAX_IDS) {
            List<T> some = all.subList(from, Math.min(all.size(), from + ControlCodec.MAX_IDS));
            if (!link.offer(frame.apply(some))) {
                return all.subList(from, all.size());
            }
        }
        return List.of();
    }
}
