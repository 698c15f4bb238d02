// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.reputation.Standing;

/**
 * Scores peers and bans them. A score is what the peer's own entry says ({@link PeerEntry}) and what has decayed since
 * ({@link DecayClock}): reading changes nothing, so a banned peer recovers though nobody asks. Once a second the timer
 * looks for decisions that time has made, and saves. Locks are taken in the order table, entry, decisions.
 */
class Reputation implements ReputationManager, ReputationAdmin {

    /** Slots of the table looked at in one run of the timer: under a millisecond. */
    private static final int SLICE_SLOTS = 1 << 17;
    /** A clock that jumped forward by more than ten years is not believed beyond that. */
    private static final long LONGEST_DOWN_NANOS = TimeUnit.DAYS.toNanos(3650);
    private static final long STOP_SECONDS = 2;
    private static final PeerId NOBODY = PeerId.of(0, 0, 0, 0);

    private final World world;
    private final DecayClock decay;
    private final HandBans handBans;
    private final Decisions decisions;
    private final ScoreStore store;
    private final PeerTable table;
    private final Tally forgotten = new Tally();
    private volatile ReputationSettings rules;
    private volatile int seconds;
    private volatile boolean unsaved;
    private volatile boolean unsavedMisdeed;
    private int nextSlot;
    private long sweptTotal = -1;

    /** Everything at its default. */
    Reputation(World world, ReputationSettings rules) {
        this.world = world;
        this.rules = rules;
        this.seconds = exactSeconds();
        this.decay = new DecayClock(world.ticker(), rules);
        this.handBans = new HandBans(world.ticker());
        this.decisions = new Decisions(handBans, world.timer(), world.outlets().events(), world.outlets().warn());
        this.store = new ScoreStore(world.state(), world.ticker(), world.outlets().warn());
        this.table = new PeerTable(world.random(), new PeerEntry(this, NOBODY));
    }

    /** Takes over settings; scores stay, and what follows from them is judged anew. */
    final void apply(ReputationSettings settings) {
        boolean persistedBefore = rules.persist();
        rules = settings;
        decay.change(settings);
        trim(settings.maxPeers());
        table.forEach(entry -> {
            entry.settle();
            entry.shrinkHistory(settings.historySize());
        });
        if (settings.persist() && !persistedBefore) {
            changed(true);
        }
    }

    /** Reads what was saved, then begins to run. Nobody may ask before. */
    final void start() {
        if (rules.persist()) {
            store.load().ifPresent(this::restore);
        }
        world.timer().scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Stops running and saves. What is recorded afterwards counts for nothing. */
    final void stop() {
        world.timer().shutdown();
        try {
            if (world.timer().awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                save(true);
            } else {
                world.outlets().warn().accept("the timer does not stop: the newest scores are not saved");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void restore(ScoreFile file) {
        long downMillis = Math.max(0, world.clock().millis() - file.savedMillis());
        long downNanos = Math.min(LONGEST_DOWN_NANOS, TimeUnit.MILLISECONDS.toNanos(downMillis));
        long decayed = decay.resume(file.phaseNanos(), downNanos);
        file.bans().forEach(ban -> handBans.restore(ban, downNanos));
        for (SavedPeer peer : file.peers()) {
            PeerEntry entry = new PeerEntry(this, peer, decayed);
            if (table.add(entry) == entry) {
                forgotten.subtract(entry);
            }
        }
        trim(rules.maxPeers());
    }

    /** What the timer does each second. */
    private void tick() {
        try {
            decay.refresh();
            seconds = exactSeconds();
            handBans.over().forEach(peer -> decisions.expire(peer, find(peer)));
            sweep();
            save(false);
        } catch (RuntimeException e) {
            world.outlets().warn().accept("the timer failed and goes on: " + e);
        }
    }

    /** Looks through the table once for each step of decay, a slice at a time. */
    private void sweep() {
        long total = decay.coarse();
        if (nextSlot == 0 && total == sweptTotal) {
            return;
        }
        if (nextSlot == 0) {
            sweptTotal = total;
        }
        nextSlot = table.visit(nextSlot, SLICE_SLOTS, PeerEntry::settle);
    }

    private void save(boolean last) {
        if (!rules.persist() || !unsaved || !last && !store.due(unsavedMisdeed)) {
            return;
        }
        unsaved = false;
        unsavedMisdeed = false;
        List<SavedPeer> peers = new ArrayList<>(table.size());
        long phase = decay.phaseNanos();
        table.forEach(entry -> peers.add(entry.save()));
        if (!store.save(new ScoreFile(Math.max(0, world.clock().millis()), phase, peers, handBans.save()))) {
            changed(true);
        }
    }

    @Override
    public void recordSuccess(PeerId peer, Cause cause) {
        entry(peer).recordSuccess(cause);
    }

    @Override
    public void recordFailure(PeerId peer, Cause cause) {
        entry(peer).recordFailure(cause);
    }

    @Override
    public void recordInvalid(PeerId peer, Cause cause) {
        entry(peer).recordInvalid(cause);
    }

    @Override
    public boolean shouldBan(PeerId peer) {
        PeerEntry entry = table.find(peer);
        return entry != null && entry.banned() || handBans.holds(peer);
    }

    @Override
    public ReputationScore score(PeerId peer) {
        PeerEntry entry = table.find(peer);
        int score = entry == null ? 0 : entry.ownScore();
        return new ReputationScore(score, standing(peer, entry));
    }

    private Standing standing(PeerId peer, PeerEntry entry) {
        if (handBans.holds(peer)) {
            return Standing.BANNED;
        }
        return entry == null ? Standing.GOOD : entry.standingByScore();
    }

    @Override
    public Optional<PeerReputation> stats(PeerId peer) {
        PeerEntry entry = table.find(peer);
        HandBans.Ban ban = handBans.find(peer);
        return entry == null && ban == null ? Optional.empty()
                : Optional.of(new Explanation(decay, handBans, rules, world.clock()).of(peer, entry, ban));
    }

    @Override
    public List<PeerId> peers() {
        Set<PeerId> peers = new HashSet<>(handBans.peers());
        table.forEach(entry -> peers.add(entry.id()));
        return List.copyOf(peers);
    }

    @Override
    public void remove(PeerId peer) {
        PeerEntry entry = table.remove(peer);
        decisions.forget(peer, entry != null && retire(entry));
        changed(true);
    }

    @Override
    public PeerStandingHandle handle(PeerId peer) {
        return entry(peer);
    }

    @Override
    public void ban(PeerId peer, Duration duration, String reason) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a ban lasts a positive time, or zero for ever; not " + duration);
        }
        long nanos = duration.compareTo(Duration.ofNanos(HandBans.LONGEST_NANOS)) < 0 ? duration.toNanos() : 0;
        String clean = reason.codePoints().filter(c -> !Character.isISOControl(c)).limit(ScoreFile.MAX_REASON / 2)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        PeerEntry entry = table.find(peer);
        decisions.ban(peer, entry, exactSeconds(), nanos, clean);
        if (entry != null) {
            entry.explainByHand();
        }
        changed(true);
    }

    @Override
    public boolean pardon(PeerId peer) {
        PeerEntry entry = table.find(peer);
        boolean banned = decisions.pardon(peer, entry);
        if (banned) {
            if (entry != null) {
                entry.explainByHand();
            }
            changed(true);
        }
        return banned;
    }

    @Override
    public void reset() {
        synchronized (table) {
            table.clear(PeerEntry::leave);
            forgotten.clear();
            decisions.reset();
        }
        changed(true);
    }

    @Override
    public ReputationSnapshot snapshot() {
        synchronized (table) {
            Tally tally = new Tally();
            tally.add(forgotten);
            int[] count = new int[2];
            table.forEach(entry -> {
                tally.add(entry);
                Standing standing = entry.standingByScore();
                boolean byScoreOnly = standing != Standing.GOOD && !handBans.holds(entry.id());
                count[0] += byScoreOnly && standing == Standing.WARNED ? 1 : 0;
                count[1] += byScoreOnly && standing == Standing.BANNED ? 1 : 0;
            });
            int byHand = handBans.size();
            return new ReputationSnapshot(table.size(), rules.maxPeers(), count[0], count[1] + byHand, byHand,
                    tally.successes(), tally.failures(), tally.invalids(), decisions.warnings(), decisions.bans(),
                    decisions.pardons(), table.evicted(), store.lastError());
        }
    }

    /** A peer's entry; made for a stranger, for whom the least worthy of a full table make room. */
    final PeerEntry entry(PeerId peer) {
        PeerEntry entry = table.find(peer);
        return entry != null ? entry : enter(peer);
    }

    private PeerEntry enter(PeerId peer) {
        synchronized (table) {
            PeerEntry present = table.find(peer);
            if (present != null) {
                return present;
            }
            trim(rules.maxPeers() - 1);
            return table.add(new PeerEntry(this, peer));
        }
    }

    private void trim(int most) {
        long total = decay.now();
        table.trim(most, entry -> entry.worth(total), this::retire);
    }

    /** Ends an entry's life, keeping its counts. */
    private boolean retire(PeerEntry entry) {
        boolean banned = entry.leave();
        synchronized (table) {
            forgotten.add(entry);
        }
        return banned;
    }

    final PeerEntry find(PeerId peer) {
        return table.find(peer);
    }

    final ReputationSettings rules() {
        return rules;
    }

    final DecayClock decay() {
        return decay;
    }

    final HandBans handBans() {
        return handBans;
    }

    final Decisions decisions() {
        return decisions;
    }

    /** Time of day as of the last second, in seconds of the epoch, unsigned. */
    final int seconds() {
        return seconds;
    }

    final int exactSeconds() {
        return (int) TimeUnit.MILLISECONDS.toSeconds(world.clock().millis());
    }

    final long millis() {
        return world.clock().millis();
    }

    /** Notes that there is something to save, a misdeed or a ban sooner than a success. */
    final void changed(boolean misdeed) {
        if (misdeed && !unsavedMisdeed) {
            unsavedMisdeed = true;
        }
        if (!unsaved) {
            unsaved = true;
        }
    }
}
