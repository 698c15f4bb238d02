// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.gossip.PublishResult;

/** Completes a publisher's future when enough sockets have taken the message. Safe for any thread. */
final class PublishTracker {

    private final CompletableFuture<PublishResult> future = new CompletableFuture<>();
    private final LinkSet takers = new LinkSet();
    private final AtomicInteger missing;
    private final Executor callbacks;
    private volatile PublishResult result;

    PublishTracker(int minPeers, Executor callbacks) {
        this.missing = new AtomicInteger(minPeers);
        this.callbacks = callbacks;
    }

    CompletableFuture<PublishResult> future() {
        return future;
    }

    /** What is told when enough have taken it. */
    void accepted(PublishResult accepted) {
        result = accepted;
    }

    /** A link's socket took the message. */
    void taken(int slot) {
        if (takers.add(slot) && missing.decrementAndGet() == 0) {
            complete(result);
        }
    }

    /** Tells the result on a thread that may be held up by what follows. */
    void complete(PublishResult outcome) {
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
