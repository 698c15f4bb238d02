// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.Optional;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.gossip.model.LinkSet;

/** Completes a publisher's future when enough sockets have taken the message. Safe for any thread. */
public final class PublishTracker {

    private final CompletableFuture<PublishResult> future = new CompletableFuture<>();
    private final LinkSet takers = new LinkSet();
    private final AtomicInteger missing;
    private final Executor callbacks;
    private final CompletableFuture<PublishResult> accepted = new CompletableFuture<>();

    public PublishTracker(int minPeers, Executor callbacks) {
        this.missing = new AtomicInteger(minPeers);
        this.callbacks = callbacks;
    }

    public CompletableFuture<PublishResult> future() {
        return future;
    }

    /** What is told when enough have taken it. */
    public void accepted(PublishResult result) {
        accepted.complete(result);
    }

    /** A link's socket took the message. */
    public void taken(int slot) {
        if (takers.add(slot) && missing.decrementAndGet() == 0) {
            accepted.thenAccept(this::complete);
        }
    }

    /** It can no longer be sent to anybody. */
    public void gone() {
        accepted.thenAccept(result -> complete(new PublishResult(PublishResult.Status.CLOSED, result.id())));
    }

    /** Tells the result on a thread that may be held up by what follows. */
    public void complete(PublishResult outcome) {
        if (!future.isDone()) {
            try {
                callbacks.execute(() -> future.complete(outcome));
            } catch (RejectedExecutionException e) {
                // The bundle has stopped: there is no thread left to spare.
                future.complete(outcome);
            }
        }
    }
}
