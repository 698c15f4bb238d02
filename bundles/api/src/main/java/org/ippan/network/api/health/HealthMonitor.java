// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.health;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Judges connections from their probes. A peer is degraded at half the threshold of consecutive failures, unhealthy at
 * the threshold or when stale; one success makes it healthy. Safe for any thread; records are O(1).
 */
@ProviderType
public interface HealthMonitor extends SnapshotSource {

    /**
     * The peer answered or gave another sign of life.
     *
     * @param peer who
     */
    void recordSuccess(PeerId peer);

    /**
     * The peer answered a probe.
     *
     * @param peer who
     * @param roundTripNanos the connection's smoothed round trip
     */
    void recordSuccess(PeerId peer, long roundTripNanos);

    /**
     * The peer did not answer in time.
     *
     * @param peer who
     */
    void recordFailure(PeerId peer);

    /**
     * The verdict on a peer now.
     *
     * @param peer who
     * @return {@link PeerHealth#UNKNOWN} for a peer never probed
     */
    PeerHealth health(PeerId peer);

    /**
     * What the probes found.
     *
     * @param peer who
     * @return empty for a peer never probed
     */
    Optional<PeerHealthStats> stats(PeerId peer);

    /** {@return the ids of the peers whose verdict is unhealthy now, in no order} */
    List<PeerId> unhealthyPeers();

    /**
     * Forgets a peer that is gone.
     *
     * @param peer who
     */
    void remove(PeerId peer);

    /**
     * Forgets peers that were not probed for twice the stale time. Runs by itself; calling it does no harm.
     *
     * @return how many were forgotten
     */
    int cleanup();

    /** {@return the thresholds in force, for the sender of the probes} */
    HealthPolicy policy();

    @Override
    HealthSnapshot snapshot();
}
