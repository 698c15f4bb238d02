// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.reputation.saved.HandBans;

/** Puts into words and times of day what the numbers say about one peer. Made for one question. */
record Explanation(DecayClock decay, HandBans bans, ReputationSettings rules, Clock clock) {

    /** What is known of a peer that has an entry, a ban by hand, or both; the other one is null. */
    PeerReputation of(PeerId peer, PeerEntry entry, HandBans.Ban ban) {
        return entry == null ? stranger(peer, ban) : known(peer, entry, ban);
    }

    private PeerReputation stranger(PeerId peer, HandBans.Ban ban) {
        Instant since = Instant.ofEpochSecond(Integer.toUnsignedLong(ban.sinceSeconds()));
        return new PeerReputation(peer, 0, Standing.BANNED, 0, 0, 0, 1, since, since,
                wall(Math.max(0, bans.leftNanos(ban)), ban.forEver()), ban.reason(), List.of());
    }

    private PeerReputation known(PeerId peer, PeerEntry entry, HandBans.Ban ban) {
        int score = entry.ownScore();
        boolean byScore = entry.banned();
        long successes = entry.successes();
        long failures = entry.failures();
        long invalids = entry.invalids();
        long records = successes + failures + invalids;
        String reason = byScore ? "score " + score + " is below the pardon score " + rules.pardonScore() : "";
        return new PeerReputation(peer, score, ban != null ? Standing.BANNED : entry.standingByScore(), successes,
                failures, invalids, records == 0 ? 1 : (double) successes / records, entry.firstSeen(),
                entry.lastSeen(), until(byScore, score, ban), ban != null ? ban.reason() : reason, entry.events());
    }

    /** When the later of the two bans ends. */
    private Optional<Instant> until(boolean byScore, int score, HandBans.Ban ban) {
        OptionalLong left = byScore ? decay.nanosUntil(rules.pardonScore() - score) : OptionalLong.of(0);
        if (!byScore && ban == null || left.isEmpty()) {
            return Optional.empty();
        }
        return wall(Math.max(left.getAsLong(), ban == null ? 0 : bans.leftNanos(ban)), ban != null && ban.forEver());
    }

    private Optional<Instant> wall(long leftNanos, boolean forEver) {
        return forEver ? Optional.empty() : Optional.of(clock.instant().plusNanos(leftNanos));
    }
}
