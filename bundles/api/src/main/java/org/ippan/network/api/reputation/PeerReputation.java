// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.reputation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.PeerId;

/**
 * All that is known about a peer's behaviour.
 *
 * @param peer who
 * @param score the score now, decay included
 * @param standing what it means
 * @param successes times it did well
 * @param failures times it failed
 * @param invalids times it sent something invalid
 * @param successRate successes by all records, 0 to 1; 1 without records
 * @param firstSeen when it was first judged
 * @param lastSeen when it was last judged
 * @param bannedUntil when it is let in again if nothing else happens; empty if it is not banned, or banned for ever
 * @param banReason why it is banned; empty if it is not
 * @param events the last changes of its score, newest last; only kept for peers with a negative one
 */
public record PeerReputation(PeerId peer, int score, Standing standing, long successes, long failures, long invalids,
        double successRate, Instant firstSeen, Instant lastSeen, Optional<Instant> bannedUntil, String banReason,
        List<ScoreEvent> events) {
}
