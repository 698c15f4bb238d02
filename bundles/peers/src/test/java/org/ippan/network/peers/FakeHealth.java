// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.health.HealthSnapshot;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.health.PeerHealthStats;

/** Writes down what is recorded. */
final class FakeHealth implements HealthMonitor {

    final List<String> records = new ArrayList<>();
    HealthPolicy policy = HealthPolicy.DEFAULT;

    @Override
    public void recordSuccess(PeerId peer) {
        records.add("alive");
    }

    @Override
    public void recordSuccess(PeerId peer, long roundTripNanos) {
        records.add("answered " + roundTripNanos / 1_000_000);
    }

    @Override
    public void recordFailure(PeerId peer) {
        records.add("failure");
    }

    @Override
    public PeerHealth health(PeerId peer) {
        return PeerHealth.HEALTHY;
    }

    @Override
    public Optional<PeerHealthStats> stats(PeerId peer) {
        return Optional.empty();
    }

    @Override
    public List<PeerId> unhealthyPeers() {
        return List.of();
    }

    @Override
    public void remove(PeerId peer) {
        records.add("removed");
    }

    @Override
    public int cleanup() {
        return 0;
    }

    @Override
    public HealthPolicy policy() {
        return policy;
    }

    @Override
    public HealthSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }
}
