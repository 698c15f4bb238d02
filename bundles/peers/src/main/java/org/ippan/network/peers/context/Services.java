// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;

/**
 * The other services as they come and go; whatever is recorded while one is away counts for
 * nothing. Peers are looked up by id each time, since nothing here happens per message: no handle can grow stale. Safe
 * for any thread.
 */
public final class Services {

    private final Supplier<ReputationManager> reputations;
    private final Supplier<HealthMonitor> monitors;
    private final Supplier<NetworkMetrics> counters;
    private final Supplier<PayloadCodecs> codecs;
    private final Consumer<NetworkEvent> events;

    /** Each supplier gives the service there is now, or null. */
    public Services(Supplier<ReputationManager> reputations, Supplier<HealthMonitor> monitors,
            Supplier<NetworkMetrics> counters, Supplier<PayloadCodecs> codecs, Consumer<NetworkEvent> events) {
        this.reputations = reputations;
        this.monitors = monitors;
        this.counters = counters;
        this.codecs = codecs;
        this.events = events;
    }

    /** Never null. */
    public NetworkMetrics metrics() {
        NetworkMetrics service = counters.get();
        return service == null ? NetworkMetrics.NOOP : service;
    }

    /** Whether anyone can say who is banned. */
    public boolean judges() {
        return reputations.get() != null;
    }

    public boolean isBanned(PeerId peer) {
        ReputationManager service = reputations.get();
        return service != null && service.shouldBan(peer);
    }

    public ReputationScore score(PeerId peer) {
        ReputationManager service = reputations.get();
        return service == null ? ReputationScore.NEUTRAL : service.score(peer);
    }

    public void failure(PeerId peer, Cause cause) {
        ReputationManager service = reputations.get();
        if (service != null) {
            service.recordFailure(peer, cause);
        }
    }

    public void invalid(PeerId peer, Cause cause) {
        ReputationManager service = reputations.get();
        if (service != null) {
            service.recordInvalid(peer, cause);
        }
    }

    public void answered(PeerId peer, long roundTripNanos) {
        HealthMonitor service = monitors.get();
        if (service != null) {
            service.recordSuccess(peer, roundTripNanos);
        }
    }

    public void alive(PeerId peer) {
        HealthMonitor service = monitors.get();
        if (service != null) {
            service.recordSuccess(peer);
        }
    }

    public void silent(PeerId peer) {
        HealthMonitor service = monitors.get();
        if (service != null) {
            service.recordFailure(peer);
        }
    }

    /** The peer is gone as one of the two nodes wanted: its silence says nothing about its health. */
    public void forget(PeerId peer) {
        HealthMonitor service = monitors.get();
        if (service != null) {
            service.remove(peer);
        }
    }

    public PeerHealth health(PeerId peer) {
        HealthMonitor service = monitors.get();
        return service == null ? PeerHealth.UNKNOWN : service.health(peer);
    }

    public HealthPolicy policy() {
        return Optional.ofNullable(monitors.get()).map(HealthMonitor::policy).orElse(HealthPolicy.DEFAULT);
    }

    /** The codecs for payloads there are now, as in HELLO. */
    public int codecs() {
        return Optional.ofNullable(codecs.get()).map(PayloadCodecs::codecs).orElse(0);
    }

    public void tell(NetworkEvent event) {
        events.accept(event);
    }
}
