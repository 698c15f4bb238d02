// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import java.time.Duration;
import org.ippan.network.api.PeerId;
import org.osgi.annotation.versioning.ProviderType;

/** What an operator may decide about peers. Published beside {@link ReputationManager}; safe for any thread. */
@ProviderType
public interface ReputationAdmin {

    /**
     * Bans a peer by hand.
     *
     * @param peer who
     * @param duration for how long; zero for ever
     * @param reason why, shown to operators
     * @throws IllegalArgumentException if the duration is negative, or the peer is this node itself
     * @throws IllegalStateException if the table of bans by hand is full
     */
    void ban(PeerId peer, Duration duration, String reason);

    /**
     * Ends a ban and sets a worse score to the pardon score. Does nothing for a peer that is not banned.
     *
     * @param peer who
     * @return whether it was banned
     */
    boolean pardon(PeerId peer);

    /** Forgets all scores and bans. */
    void reset();
}
