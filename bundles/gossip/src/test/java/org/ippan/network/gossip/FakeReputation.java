// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.reputation.Standing;

/** Adds points up; nothing decays. */
final class FakeReputation implements ReputationManager {

    private final Map<PeerId, Integer> scores = new HashMap<>();

    private void add(PeerId peer, int points) {
        scores.merge(peer, points, Integer::sum);
    }

    @Override
    public void recordSuccess(PeerId peer, Cause cause) {
        add(peer, 1);
    }

    @Override
    public void recordFailure(PeerId peer, Cause cause) {
        add(peer, -5);
    }

    @Override
    public void recordInvalid(PeerId peer, Cause cause) {
        add(peer, -20);
    }

    @Override
    public boolean shouldBan(PeerId peer) {
        return score(peer).standing() == Standing.BANNED;
    }

    @Override
    public ReputationScore score(PeerId peer) {
        int value = Math.max(-1000, Math.min(1000, scores.getOrDefault(peer, 0)));
        return new ReputationScore(value, value <= -500 ? Standing.BANNED : value <= -100 ? Standing.WARNED
                : Standing.GOOD);
    }

    @Override
    public Optional<PeerReputation> stats(PeerId peer) {
        return Optional.empty();
    }

    @Override
    public List<PeerId> peers() {
        return List.copyOf(scores.keySet());
    }

    @Override
    public void remove(PeerId peer) {
        scores.remove(peer);
    }

    @Override
    public PeerStandingHandle handle(PeerId peer) {
        return new PeerStandingHandle() {
            @Override
            public void recordSuccess(Cause cause) {
                FakeReputation.this.recordSuccess(peer, cause);
            }

            @Override
            public void recordFailure(Cause cause) {
                FakeReputation.this.recordFailure(peer, cause);
            }

            @Override
            public void recordInvalid(Cause cause) {
                FakeReputation.this.recordInvalid(peer, cause);
            }

            @Override
            public Standing standing() {
                return FakeReputation.this.score(peer).standing();
            }

            @Override
            public int score() {
                return FakeReputation.this.score(peer).value();
            }
        };
    }

    @Override
    public ReputationSnapshot snapshot() {
        return new ReputationSnapshot(scores.size(), 10_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "");
    }
}
