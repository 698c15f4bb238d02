// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Scores peers from -1000 to +1000. A score decays toward 0 with time and stops there; at the ban threshold the peer is
 * banned, and let in again when its score has recovered by the pardon margin. Crossing a threshold is logged once, and
 * told once to {@link org.ippan.network.api.event.NetworkEventListener}s. Safe for any thread.
 */
@ProviderType
public interface ReputationManager extends SnapshotSource {

    /**
     * The peer did well: adds {@code successPoints}.
     *
     * @param peer who
     * @param cause how
     */
    void recordSuccess(PeerId peer, Cause cause);

    /**
     * The peer failed: adds {@code failurePoints}.
     *
     * @param peer who
     * @param cause how
     */
    void recordFailure(PeerId peer, Cause cause);

    /**
     * The peer sent something invalid: adds {@code invalidPoints}.
     *
     * @param peer who
     * @param cause what
     */
    void recordInvalid(PeerId peer, Cause cause);

    /**
     * The quick check before every send. Lock-free, allocates nothing.
     *
     * @param peer who
     * @return whether it is banned now
     */
    boolean shouldBan(PeerId peer);

    /**
     * A peer's score now.
     *
     * @param peer who
     * @return its score; {@link ReputationScore#NEUTRAL} for a stranger
     */
    ReputationScore score(PeerId peer);

    /**
     * All that is known about a peer.
     *
     * @param peer who
     * @return empty for a stranger
     */
    Optional<PeerReputation> stats(PeerId peer);

    /** {@return the ids of the peers that have a score or a ban, in no order} */
    List<PeerId> peers();

    /**
     * Forgets a peer, its ban included.
     *
     * @param peer who
     */
    void remove(PeerId peer);

    /**
     * A peer's entry for a connection to keep; makes one for a stranger.
     *
     * @param peer who
     * @return its handle
     */
    PeerStandingHandle handle(PeerId peer);

    @Override
    ReputationSnapshot snapshot();
}
