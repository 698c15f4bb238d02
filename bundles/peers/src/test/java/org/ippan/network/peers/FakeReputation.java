// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.reputation.Standing;

/** Bans whom a test says and writes down what is recorded. */
final class FakeReputation implements ReputationManager {

    final Set<PeerId> banned = new HashSet<>();
    final List<String> records = new ArrayList<>();

    @Override
    public void recordSuccess(PeerId peer, Cause cause) {
        records.add("success " + peer.shortForm() + " " + cause);
    }

    @Override
    public void recordFailure(PeerId peer, Cause cause) {
        records.add("failure " + peer.shortForm() + " " + cause);
    }

    @Override
    public void recordInvalid(PeerId peer, Cause cause) {
        records.add("invalid " + peer.shortForm() + " " + cause);
    }

    @Override
    public boolean shouldBan(PeerId peer) {
        return banned.contains(peer);
    }

    @Override
    public ReputationScore score(PeerId peer) {
        return banned.contains(peer) ? new ReputationScore(-500, Standing.BANNED) : ReputationScore.NEUTRAL;
    }

    @Override
    public Optional<PeerReputation> stats(PeerId peer) {
        return Optional.empty();
    }

    @Override
    public List<PeerId> peers() {
        return List.of();
    }

    @Override
    public void remove(PeerId peer) {
        banned.remove(peer);
    }

    @Override
    public PeerStandingHandle handle(PeerId peer) {
        return PeerStandingHandle.NOOP;
    }

    @Override
    public ReputationSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }
}
