// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.gossip.model.Callbacks;

/**
 * Completes a publisher's future when enough sockets have taken the message. Safe for any thread unless said otherwise.
 */
public final class PublishTracker {

    private final CompletableFuture<PublishResult> future = new CompletableFuture<>();
    /** By peer: one that comes back over another link is still one, and another may have the link's number by then. */
    private final Set<PeerId> takers = new HashSet<>();
    private final int enough;
    private final Callbacks callbacks;
    private final CompletableFuture<PublishResult> accepted = new CompletableFuture<>();
    private long publishedNanos;
    private int length;

    /**
     * No socket has taken the message.
     *
     * @param minPeers how many are enough
     * @param callbacks where the publisher is told
     */
    public PublishTracker(int minPeers, Callbacks callbacks) {
        this.enough = minPeers;
        this.callbacks = callbacks;
    }

    /** What the publisher waits for. */
    public CompletableFuture<PublishResult> future() {
        return future;
    }

    /** It is about to be appended, with a payload of this length. Before any other thread knows it. */
    void published(long nowNanos, int payloadLength) {
        publishedNanos = nowNanos;
        length = payloadLength;
    }

    /** When it was published, as a ticker reading. */
    long publishedNanos() {
        return publishedNanos;
    }

    /** Bytes of its payload. */
    int length() {
        return length;
    }

    /** What is told when enough have taken it. */
    public void accepted(PublishResult result) {
        accepted.complete(result);
    }

    /** Whether it is on its way by one peer, and so many are enough. As {@link #taken}. */
    boolean mayHaveEnoughOf(int peers) {
        return !takers.isEmpty() && enough <= peers;
    }

    /** The socket of a link with a peer took the message. One thread at a time. */
    public void taken(PeerId peer) {
        if (takers.add(peer) && takers.size() == enough) {
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
            callbacks.run(() -> future.complete(outcome));
        }
    }
}
