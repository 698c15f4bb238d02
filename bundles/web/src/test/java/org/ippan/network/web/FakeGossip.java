// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.PublishResult.Status;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.reputation.ReputationScore;

/** Keeps what is published, and answers as it is told to; knows who listens. */
public final class FakeGossip implements Gossip {

    public static final MessageId ID = MessageId.parse("0a".repeat(32));

    final List<Message> published = new CopyOnWriteArrayList<>();
    final Map<GossipListener, List<String>> listeners = new ConcurrentHashMap<>();
    volatile Status answer = Status.ACCEPTED;
    volatile boolean stopping;

    /** Registers a listener, and gives what ends that. */
    Runnable listen(GossipListener listener, List<String> topics) {
        if (stopping) {
            throw new IllegalStateException("Invalid BundleContext.");
        }
        listeners.put(listener, topics);
        return () -> listeners.remove(listener);
    }

    @Override
    public PublishResult publish(Message message) {
        published.add(message);
        return new PublishResult(answer, answer == Status.ACCEPTED || answer == Status.DUPLICATE
                ? Optional.of(ID) : Optional.empty());
    }

    @Override
    public CompletionStage<PublishResult> publishAsync(Message message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<SettledResult> publishSettled(Message message, Duration timeout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> whenWritable(Priority priority) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NetworkMetricsSnapshot metrics() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ReputationScore peerReputation(PeerId peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PeerHealth peerHealth(PeerId peer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GossipSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }
}
