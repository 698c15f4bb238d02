// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Publishes messages to every node of the network. Safe for any thread; nothing blocks.
 *
 * <p><b>Promised:</b> a listener gets a message at most once within the window that the deduplicator really reaches, in
 * one life of the process. Messages of one publisher and topic come in the order in which they were published, as long
 * as they take one path. What a node missed is repaired while its body is cached (60 s by default). A publisher that is
 * too fast is told so by {@link PublishResult.Status#BACKPRESSURE} instead of losing messages.
 *
 * <p><b>Not promised:</b> one order of all messages at all nodes, storage on disk, delivery to a node that was away for
 * longer than the cache reaches, or a confirmation by each receiver's application ({@link #publishSettled} tells of
 * nodes). Nor is a message refused that was forgotten and is sent again by a peer that kept it: once the window is over
 * it is delivered again, and the age the peer states is believed. Where that does harm, payloads carry a number or a
 * time, and a signature.
 */
@ProviderType
public interface Gossip extends SnapshotSource {

    /**
     * Publishes a message.
     *
     * @param message the message; its payload is handed over
     * @return what became of it
     * @throws IllegalArgumentException if its topic is reserved: it lies below {@code ippan/}
     */
    PublishResult publish(Message message);

    /**
     * Publishes a message and tells when it left. While no peer is connected, the message waits for the first one, as
     * long as a message stays in the cache ({@code cacheSeconds}, 60 s by default). At most 1000 messages wait, with
     * payloads of a quarter of {@code cacheBytes} together; further ones complete with NO_PEERS at once. They are
     * published in the order in which they came. Ending or cancelling the future withdraws a message that waits.
     *
     * @param message the message; its payload is handed over
     * @return completes with ACCEPTED when {@code minPeers} peers' sockets have taken it, or the peers have it from
     *         others, as a peer has that was told of it and has not asked for it after 2 s; at once with what else
     *         became of it; with NO_PEERS if none was connected in time, with CLOSED if it left the cache before
     * @throws IllegalArgumentException if its topic is reserved: it lies below {@code ippan/}
     */
    CompletionStage<PublishResult> publishAsync(Message message);

    /**
     * Publishes a message and tells when it is settled: when every node that it could reach has accepted it. Each node
     * asks the peers that it sends the message to, and answers when all of them have answered. A node accepts a message
     * after its validators did; listeners may still have it in their queues. Nodes that join later are not waited for.
     *
     * <p>Safe for any thread, and inside callbacks; it does not block. A message published this way costs about 100
     * bytes more on each link; messages published in other ways cost nothing. Asking for many at once is bounded: what
     * is beyond 32 768 outstanding messages of a node completes at once with its links left out.
     *
     * @param message the message; its payload is handed over
     * @param timeout how long to wait at most; more than {@code maxAgeSeconds} counts as that
     * @return completes on a thread for callbacks, never exceptionally: when all nodes confirmed, after the time-out,
     *         or when the service stops, with the links that did not confirm as left out. A link that ends or
     *         becomes slow is left out at once. Where the message was not accepted here, it completes at once with that
     *         result. Ending or cancelling the future has no effect on the message
     * @throws IllegalArgumentException if the time-out is less than a millisecond, or the topic is reserved: it lies
     *         below {@code ippan/}
     */
    CompletionStage<SettledResult> publishSettled(Message message, Duration timeout);

    /**
     * Tells when to try again after {@link PublishResult.Status#BACKPRESSURE}. Inside a callback of a
     * {@link GossipListener} it tells of the higher bound that holds there, and may be waited for on the same thread:
     * only messages of this listener wait meanwhile. Asked for on another thread it tells of the bound that holds for
     * all others.
     *
     * @param priority of the message to publish
     * @return completes when there is room, or the service stops
     */
    CompletionStage<Void> whenWritable(Priority priority);

    /** {@return the node's metrics; {@link NetworkMetricsSnapshot#EMPTY} while there is no metrics service} */
    NetworkMetricsSnapshot metrics();

    /**
     * A peer's score.
     *
     * @param peer who
     * @return neutral for a stranger
     */
    ReputationScore peerReputation(PeerId peer);

    /**
     * A peer's health.
     *
     * @param peer who
     * @return unknown for a peer never probed
     */
    PeerHealth peerHealth(PeerId peer);

    @Override
    GossipSnapshot snapshot();
}
