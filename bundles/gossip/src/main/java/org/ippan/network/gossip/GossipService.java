// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.gossip.Message;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.gossip.SettledResult;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.metrics.NetworkMetricsSnapshot;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.trace.MessageTrace;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.api.transport.FrameType;

/** The core in the shape of the api: what applications and the peers service see. */
final class GossipService implements ReservedGossip, MessageTracer, ProtocolHandler, CallbackFaultSource {

    private final GossipCore core;
    private final Tracing tracing;

    GossipService(GossipCore core) {
        this.core = core;
        tracing = new Tracing(core.context, core.sources, core.verdicts, core.subscriptions);
    }

    @Override
    public PublishResult publish(Message message) {
        return core.publish(ofApplication(message));
    }

    @Override
    public PublishResult publishReserved(Message message) {
        return core.publish(message);
    }

    private static Message ofApplication(Message message) {
        Objects.requireNonNull(message, "message").topic().ofApplications();
        return message;
    }

    @Override
    public CompletionStage<PublishResult> publishAsync(Message message) {
        return core.publishAsync(ofApplication(message));
    }

    @Override
    public CompletionStage<SettledResult> publishSettled(Message message, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return core.publisher.publishSettled(ofApplication(message), timeout);
    }

    @Override
    public CompletionStage<Void> whenWritable(Priority priority) {
        Objects.requireNonNull(priority, "priority");
        return core.whenWritable(priority);
    }

    @Override
    public Optional<MessageTrace> trace(MessageId id) {
        return tracing.trace(Objects.requireNonNull(id, "id"));
    }

    @Override
    public NetworkMetricsSnapshot metrics() {
        return core.context.services.metrics.snapshot();
    }

    @Override
    public ReputationScore peerReputation(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        ReputationManager reputation = core.context.services.reputation;
        return reputation == null ? ReputationScore.NEUTRAL : reputation.score(peer);
    }

    @Override
    public PeerHealth peerHealth(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        HealthMonitor health = core.context.services.health;
        return health == null ? PeerHealth.UNKNOWN : health.health(peer);
    }

    @Override
    public List<CallbackFault> callbackFaults() {
        return core.context.faults().callbackFaults();
    }

    @Override
    public GossipSnapshot snapshot() {
        return core.snapshot();
    }

    @Override
    public Set<FrameType> frameTypes() {
        return core.frameTypes();
    }

    @Override
    public int maxMessageBytes() {
        return core.maxMessageBytes();
    }

    @Override
    public FrameReceiver linkUp(PeerLink link, boolean fresh) {
        return core.linkUp(link, fresh);
    }
}
