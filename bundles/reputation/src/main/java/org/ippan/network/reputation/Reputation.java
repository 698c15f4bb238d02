// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Uninterrupted;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.PeerStandingHandle;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.reputation.saved.HandBans;
import org.ippan.network.reputation.saved.SavedPeer;
import org.ippan.network.reputation.saved.ScoreFile;
import org.ippan.network.reputation.saved.ScoreStore;

/**
 * Scores peers and bans them. A score is what the peer's own entry says ({@link PeerEntry}) and what has decayed since
 * ({@link DecayClock}): reading changes nothing, so a banned peer recovers without being asked for. Once a second the
 * timer looks for decisions that time has made, and saves. Locks are taken in the order table, entry, decisions.
 */
class Reputation implements ReputationManager, ReputationAdmin {

    /** Slots of the table looked at in one run of the timer: under a millisecond. */
    private static final int SLICE_SLOTS = 1 << 17;
    /** A clock that jumped forward by more than ten years is not believed beyond that. */
    private static final long LONGEST_DOWN_NANOS = TimeUnit.DAYS.toNanos(3650);
    private static final long STOP_MILLIS = 2_000;

    private final World world;
    private final DecayClock decay;
    private final HandBans handBans;
    private final Decisions decisions;
    private final ScoreStore store;
    private final PeerBook book;
    private volatile ReputationSettings rules;
    private volatile int seconds;
    private int nextSlot;
    /** The decay total of the last sweep; -1 asks for another. */
    private volatile long sweptTotal = -1;

    Reputation(World world, ReputationSettings rules) {
        this.world = world;
        this.rules = rules;
        this.seconds = exactSeconds();
        this.decay = new DecayClock(world.ticker(), rules);
        this.handBans = new HandBans(world.ticker(), rules.maxHandBans());
        this.decisions = new Decisions(handBans, world.timer(), world.outlets().events(), world.outlets().warn());
        this.store = new ScoreStore(world.state(), world.ticker(), world.outlets().warn());
        this.book = new PeerBook(this, world.random());
    }

    /** Takes over settings; scores stay, and what follows from them is judged anew. */
    void apply(ReputationSettings settings) {
        boolean persistedBefore = rules.persist();
        rules = settings;
        decay.change(settings);
        handBans.allow(settings.maxHandBans());
        book.trim(settings.maxPeers());
        book.forEach(entry -> {
            entry.settle();
            entry.shrinkHistory(settings.historySize());
        });
        sweptTotal = -1; // finds what a record judged by the old rules meanwhile
        if (settings.persist() && !persistedBefore) {
            store.changed(true);
        }
    }

    /** Reads what was saved, then begins to run. Nothing may ask before. */
    void start() {
        if (rules.persist()) {
            store.load().ifPresent(this::restore);
        }
        world.timer().scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** Stops running and saves. What is recorded afterwards counts for nothing. */
    void stop() {
        world.timer().shutdown();
        if (!Uninterrupted.await(world.ticker(), STOP_MILLIS,
                nanos -> world.timer().awaitTermination(nanos, TimeUnit.NANOSECONDS))) {
            world.outlets().warn().accept("the timer does not stop: the newest scores are not saved");
        } else if (rules.persist()) {
            store.save(this::file);
        }
    }

    private void restore(ScoreFile file) {
        long downMillis = Math.max(0, world.clock().millis() - file.savedMillis());
        long downNanos = Math.min(LONGEST_DOWN_NANOS, TimeUnit.MILLISECONDS.toNanos(downMillis));
        long decayed = decay.resume(file.phaseNanos(), downNanos);
        file.bans().forEach(ban -> handBans.restore(ban, downNanos));
        book.restore(file.peers(), decayed);
    }

    /** What the timer does each second. */
    void tick() {
        try {
            decay.refresh();
            seconds = exactSeconds();
            handBans.over().forEach(peer -> decisions.expire(peer, find(peer)));
            sweep();
            if (rules.persist()) {
                store.saveIfDue(this::file);
            }
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
        nextSlot = book.visit(nextSlot, SLICE_SLOTS, PeerEntry::settle);
    }

    private ScoreFile file() {
        List<SavedPeer> peers = new ArrayList<>(book.size());
        long phase = decay.phaseNanos();
        book.forEach(entry -> peers.add(entry.save()));
        return new ScoreFile(Math.max(0, world.clock().millis()), phase, peers, handBans.save());
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
        PeerEntry entry = book.find(peer);
        return entry != null && entry.banned() || handBans.holds(peer);
    }

    @Override
    public ReputationScore score(PeerId peer) {
        PeerEntry entry = book.find(peer);
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
        PeerEntry entry = book.find(peer);
        HandBans.Ban ban = handBans.find(peer);
        return entry == null && ban == null ? Optional.empty()
                : Optional.of(new Explanation(decay, handBans, rules, world.clock()).of(peer, entry, ban));
    }

    @Override
    public List<PeerId> peers() {
        Set<PeerId> peers = new HashSet<>(handBans.peers());
        book.forEach(entry -> peers.add(entry.id()));
        return List.copyOf(peers);
    }

    @Override
    public void remove(PeerId peer) {
        decisions.forget(peer, book.remove(peer));
        store.changed(true);
    }

    @Override
    public PeerStandingHandle handle(PeerId peer) {
        return entry(peer);
    }

    @Override
    public void ban(PeerId peer, Duration duration, String reason) {
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(reason, "reason");
        world.outlets().requireOther(peer);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a ban lasts 0 s for ever, or more; not " + duration.toSeconds() + " s");
        }
        long nanos = duration.compareTo(Duration.ofNanos(HandBans.LONGEST_NANOS)) < 0 ? duration.toNanos() : 0;
        String clean = reason.codePoints().filter(c -> !Character.isISOControl(c)).limit(ScoreFile.MAX_REASON / 2)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        PeerEntry entry = book.find(peer);
        decisions.ban(peer, entry, exactSeconds(), nanos, clean);
        if (entry != null) {
            entry.explainByHand();
        }
        store.changed(true);
    }

    @Override
    public boolean pardon(PeerId peer) {
        PeerEntry entry = book.find(peer);
        boolean banned = decisions.pardon(peer, entry);
        if (banned) {
            if (entry != null) {
                entry.explainByHand();
            }
            store.changed(true);
        }
        return banned;
    }

    @Override
    public void reset() {
        book.clear();
        decisions.reset();
        store.changed(true);
    }

    @Override
    public ReputationSnapshot snapshot() {
        int[] byScore = new int[Standing.values().length];
        Tally tally = book.tally(entry -> {
            if (!handBans.holds(entry.id())) {
                byScore[entry.standingByScore().ordinal()]++;
            }
        });
        int byHand = handBans.size();
        return new ReputationSnapshot(book.size(), rules.maxPeers(), byScore[Standing.WARNED.ordinal()],
                byScore[Standing.BANNED.ordinal()] + byHand, byHand, tally.successes(), tally.failures(),
                tally.invalids(), decisions.warnings(), decisions.bans(), decisions.pardons(), book.evicted(),
                store.lastError());
    }

    int peerCount() {
        return book.size();
    }

    PeerEntry entry(PeerId peer) {
        return book.entry(peer);
    }

    PeerEntry find(PeerId peer) {
        return book.find(peer);
    }

    ReputationSettings rules() {
        return rules;
    }

    DecayClock decay() {
        return decay;
    }

    HandBans handBans() {
        return handBans;
    }

    Decisions decisions() {
        return decisions;
    }

    /** Time of day as of the last second, in seconds of the epoch, unsigned. */
    int seconds() {
        return seconds;
    }

    int exactSeconds() {
        return (int) TimeUnit.MILLISECONDS.toSeconds(world.clock().millis());
    }

    long millis() {
        return world.clock().millis();
    }

    ScoreStore store() {
        return store;
    }
}
