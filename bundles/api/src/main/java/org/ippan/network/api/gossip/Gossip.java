// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

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
 * longer than the cache reaches, or a confirmation by each receiver. Nor is a message refused that was forgotten and is
 * sent again by a peer that kept it: once the window is over it is delivered again, and the age the peer states is
 * believed. Where that does harm, payloads carry a number or a time, and a signature.
 */
@ProviderType
public interface Gossip extends SnapshotSource {

    /**
     * Publishes a message.
     *
     * @param message the message; its payload is handed over
     * @return what became of it
     */
    PublishResult publish(Message message);

    /**
     * Publishes a message and tells when it left.
     *
     * @param message the message; its payload is handed over
     * @return completes with ACCEPTED when {@code minPeers} peers' sockets have taken it, or the peers have it from
     *         others, or at once with what else became of it; with CLOSED if it left the cache before
     */
    CompletionStage<PublishResult> publishAsync(Message message);

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

    /**
     * The node's metrics.
     *
     * @return {@link NetworkMetricsSnapshot#EMPTY} while there is no metrics service
     */
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
