// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation.saved;

import org.ippan.network.api.PeerId;

/** A peer as {@link ScoreFile} keeps it. Times in seconds of the epoch, unsigned; the score with decay. */
public record SavedPeer(PeerId id, int score, boolean banned, boolean warned, long successes, int failures,
        int invalids, int firstSeen, int lastSeen) {
}
