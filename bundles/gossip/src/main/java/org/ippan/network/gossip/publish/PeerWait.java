// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.gossip.model.GossipContext;

/**
 * Messages of {@code publishAsync} that wait for the first peer, in order, each for as long as a message stays in the
 * cache. Safe for any thread unless said otherwise.
 */
final class PeerWait {

    /** Most messages that wait. */
    static final int MOST = 1000;
    /** Part of the memory of logs that their payloads may have together. */
    private static final int PART = 4;

    private final GossipContext context;
    private final Function<Message, Status> obstacle;
    private final BiFunction<Message, PublishTracker, PublishResult> publish;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long bytes;

    /** A message and who is told of it; when its time is over. */
    private record Waiting(Message message, PublishTracker tracker, long until) {
    }

    /**
     * Nothing waits.
     *
     * @param obstacle what a message still has to wait for; null if it can be tried
     * @param publish tries a message
     */
    PeerWait(GossipContext context, Function<Message, Status> obstacle,
            BiFunction<Message, PublishTracker, PublishResult> publish) {
        this.context = context;
        this.obstacle = obstacle;
        this.publish = publish;
    }

    /** Whether a message waits: later ones must not overtake it. */
    synchronized boolean isBusy() {
        return !queue.isEmpty();
    }

    /** Lets a message wait; false if there is no room for it. */
    boolean add(Message message, PublishTracker tracker) {
        int length = message.payload().length;
        synchronized (this) {
            if (queue.size() >= MOST || bytes + length > context.cacheLimit() / PART) {
                return false;
            }
            queue.add(new Waiting(message, tracker, context.nanos() + context.settings().cacheNanos()));
            bytes += length;
        }
        context.relay.post(() -> {
            context.wake();
            tick();
        });
        if (context.isStopping()) {
            // The relay may look at nothing more.
            tracker.complete(new PublishResult(Status.CLOSED, Optional.empty()));
        }
        return true;
    }

    /** Publishes what need not wait any longer, and gives up what has waited for too long. Confined to the relay. */
    void tick() {
        for (Waiting next = head(); next != null && !waits(next); next = head()) {
            if (!next.tracker.future().isDone()) {
                end(next);
            }
            remove();
        }
    }

    private synchronized Waiting head() {
        return queue.peek();
    }

    /** It leaves after it was published, so that what comes meanwhile queues up behind it. */
    private synchronized void remove() {
        bytes -= queue.remove().message.payload().length;
    }

    private boolean waits(Waiting next) {
        return !next.tracker.future().isDone() && obstacle.apply(next.message) != null
                && context.nanos() - next.until < 0;
    }

    private void end(Waiting next) {
        Status status = obstacle.apply(next.message);
        PublishResult result = status == null ? publish.apply(next.message, next.tracker)
                : new PublishResult(status, Optional.empty());
        if (!result.accepted()) {
            next.tracker.complete(result);
        }
    }
}
