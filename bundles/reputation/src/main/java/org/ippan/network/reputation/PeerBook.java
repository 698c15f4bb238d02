// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.reputation.saved.SavedPeer;

/** All entries, made for strangers and let go when there are too many, and the sums of what they counted. */
final class PeerBook {

    private static final PeerId NOBODY = PeerId.of(0, 0, 0, 0);

    private final Reputation owner;
    private final PeerTable table;
    private final Tally forgotten = new Tally();

    PeerBook(Reputation owner, RandomGenerator random) {
        this.owner = owner;
        this.table = new PeerTable(random, new PeerEntry(owner, NOBODY));
    }

    /** A peer's entry, or null. Lock-free. */
    PeerEntry find(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        return table.find(peer);
    }

    /** A peer's entry; made for a stranger, for whom the least worthy of a full table make room. */
    PeerEntry entry(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        PeerEntry entry = table.find(peer);
        return entry != null ? entry : enter(peer);
    }

    private PeerEntry enter(PeerId peer) {
        synchronized (table) {
            PeerEntry present = table.find(peer);
            if (present != null) {
                return present;
            }
            trim(owner.rules().maxPeers() - 1);
            return table.add(new PeerEntry(owner, peer));
        }
    }

    /** Takes in what was saved. What was counted in an earlier run is not counted again. */
    void restore(List<SavedPeer> saved, long decayed) {
        synchronized (table) {
            for (SavedPeer peer : saved) {
                PeerEntry entry = new PeerEntry(owner, peer, decayed);
                if (table.add(entry) == entry) {
                    forgotten.subtract(entry);
                }
            }
            trim(owner.rules().maxPeers());
        }
    }

    /** Lets the least worthy go if there are more than so many. */
    void trim(int most) {
        long total = owner.decay().now();
        synchronized (table) {
            table.trim(most, entry -> entry.worth(total), this::retire);
        }
    }

    /** Takes a peer's entry out; whether it was banned by its score. */
    boolean remove(PeerId peer) {
        Objects.requireNonNull(peer, "peer");
        synchronized (table) {
            PeerEntry entry = table.remove(peer);
            return entry != null && retire(entry);
        }
    }

    private boolean retire(PeerEntry entry) {
        boolean banned = entry.leave();
        forgotten.add(entry);
        return banned;
    }

    void clear() {
        synchronized (table) {
            table.clear(PeerEntry::leave);
            forgotten.clear();
        }
    }

    int size() {
        return table.size();
    }

    long evicted() {
        return table.evicted();
    }

    void forEach(Consumer<PeerEntry> action) {
        table.forEach(action);
    }

    /** Visits a slice, see {@link PeerTable#visit(int, int, Consumer)}. */
    int visit(int from, int slots, Consumer<PeerEntry> action) {
        return table.visit(from, slots, action);
    }

    /** Sums over all entries, those that left included, and calls back for each that is there. */
    Tally tally(Consumer<PeerEntry> each) {
        synchronized (table) {
            Tally tally = new Tally();
            tally.add(forgotten);
            table.forEach(entry -> {
                tally.add(entry);
                each.accept(entry);
            });
            return tally;
        }
    }
}
