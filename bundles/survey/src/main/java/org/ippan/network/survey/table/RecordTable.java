// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NodeState;
import org.ippan.network.survey.record.StatusRecord;
import org.ippan.network.survey.retell.Retold;

/**
 * The newest record of every other node, by the first 8 bytes of its id: a second key with the same ones cannot be
 * found. It is bounded twice, by nodes and by bytes. If it is full, a random record gives way to a new node's, one of
 * nodes without links first: a node that invents others only wins places of such. Guarded by the lock of its owner.
 */
public final class RecordTable {

    /** What all records may weigh in memory, about. */
    static final long MAX_BYTES = 4L * 1024 * 1024;

    /** Two records of a node are at least so far apart, or the second one is ignored. */
    static final long LEAST_GAP_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** What an entry weighs without its record, and how much more a record weighs than its bytes. */
    private static final int ENTRY_BYTES = 512;
    private static final int OBJECTS_PER_BYTE = 5;

    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final RandomGenerator random;
    private int maxNodes;
    private long bytes;
    private Set<Long> ownPeers = Set.of();
    private volatile int size;

    /**
     * A record as it came.
     *
     * @param record what it says
     * @param signed its bytes
     * @param signedNanos when it was signed, by the ticker of this node
     * @param arrivedNanos when it came
     */
    public record Arrived(StatusRecord record, byte[] signed, long signedNanos, long arrivedNanos) {
    }

    /**
     * An empty table.
     *
     * @param random chooses what gives way
     * @param maxNodes most entries
     */
    public RecordTable(RandomGenerator random, int maxNodes) {
        this.random = random;
        this.maxNodes = maxNodes;
    }

    /** Takes another bound over; what is beyond it gives way. */
    public int resize(int nodes) {
        maxNodes = nodes;
        int evicted = 0;
        while (entries.size() > maxNodes && evictOne(null)) {
            evicted++;
        }
        return evicted;
    }

    /** These are linked to this node now: they never give way. */
    public void ownPeers(Set<Long> peers) {
        ownPeers = peers;
    }

    /** Whether a record would be taken, before its signature is looked at; empty if it would. */
    public Optional<IgnoreReason> refusal(StatusRecord record, long arrivedNanos) {
        Entry known = entries.get(record.id().word0());
        if (known == null || known.record == null) {
            return Optional.empty();
        }
        if (!known.id.equals(record.id()) || !record.life().isAfter(known.record.life())) {
            return Optional.of(IgnoreReason.OLD);
        }
        // The end of a life may come at any time, but not one after the other.
        boolean ends = record.life().leaving() && !known.isLeaving();
        return ends ? Optional.empty() : tooFast(record.id(), arrivedNanos);
    }

    /** Whether a record of a node comes too fast, whatever it says; empty if not. */
    public Optional<IgnoreReason> tooFast(PeerId id, long arrivedNanos) {
        Entry known = entries.get(id.word0());
        return known != null && arrivedNanos - known.arrivedNanos < LEAST_GAP_NANOS
                ? Optional.of(IgnoreReason.TOO_FAST) : Optional.empty();
    }

    /**
     * Takes a genuine record.
     *
     * @return why it is not in the table, or that another one gave way; empty if all is well
     */
    public Optional<IgnoreReason> take(Arrived arrived) {
        Optional<IgnoreReason> refusal = refusal(arrived.record, arrived.arrivedNanos);
        if (refusal.isPresent()) {
            return refusal;
        }
        Entry entry = entries.get(arrived.record.id().word0());
        long weight = ENTRY_BYTES + (long) OBJECTS_PER_BYTE * arrived.signed.length;
        long before = entry == null ? 0 : entry.weight;
        boolean evicted = false;
        while (entry == null && entries.size() >= maxNodes || bytes + weight - before > MAX_BYTES) {
            if (!evictOne(entry)) {
                return Optional.of(IgnoreReason.NO_ROOM);
            }
            evicted = true;
        }
        if (entry == null) {
            entry = put(arrived.record.id(), arrived.arrivedNanos);
        }
        weigh(entry, weight);
        entry.record = arrived.record;
        entry.signed = arrived.signed;
        entry.heardNanos = arrived.signedNanos;
        entry.arrivedNanos = arrived.arrivedNanos;
        return evicted ? Optional.of(IgnoreReason.EVICTED) : Optional.empty();
    }

    /** Notes a node whose genuine record has a format that this node cannot read, if there is room. */
    public void unreadable(PeerId id, long nowNanos) {
        Entry entry = entries.get(id.word0());
        if (entry == null && entries.size() < maxNodes && bytes + ENTRY_BYTES <= MAX_BYTES) {
            entry = put(id, nowNanos);
        }
        if (entry != null && entry.id.equals(id)) {
            // What it said before, in a format that this node can read, is no longer true.
            entry.record = null;
            entry.signed = null;
            weigh(entry, ENTRY_BYTES);
            entry.heardNanos = nowNanos;
            entry.arrivedNanos = nowNanos;
        }
    }

    private void weigh(Entry entry, long weight) {
        bytes += weight - entry.weight;
        entry.weight = weight;
    }

    private Entry put(PeerId id, long nowNanos) {
        Entry entry = new Entry(id);
        entry.knownNanos = nowNanos;
        entries.put(id.word0(), entry);
        size = entries.size();
        return entry;
    }

    /** Has a random entry give way, but for one. */
    private boolean evictOne(Entry kept) {
        List<Entry> strangers = entries.values().stream()
                .filter(entry -> entry != kept && !ownPeers.contains(entry.prefix())).toList();
        List<Entry> unlinked = strangers.stream().filter(entry -> !entry.linked).toList();
        List<Entry> choice = unlinked.isEmpty() ? strangers : unlinked;
        if (choice.isEmpty()) {
            return false;
        }
        remove(choice.get(random.nextInt(choice.size())));
        return true;
    }

    void remove(Entry entry) {
        entries.remove(entry.prefix());
        size = entries.size();
        bytes -= entry.weight;
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    Entry find(long prefix) {
        return entries.get(prefix);
    }

    /**
     * The records there are, newest first, as they may be retold.
     *
     * @param asking is told what is known of itself whatever that is: what it sends has to be newer
     * @param now the moment
     */
    public List<Retold> records(PeerId asking, long now) {
        return entries.values().stream().filter(entry -> entry.record != null && (entry.id.equals(asking)
                || !entry.isLeaving() && entry.state != NodeState.GONE))
                .sorted(Comparator.comparing((Entry entry) -> now - entry.heardNanos))
                .map(entry -> new Retold(TimeUnit.NANOSECONDS.toMillis(now - entry.heardNanos), entry.signed)).toList();
    }

    /** Nodes in the table, for any thread. */
    public int size() {
        return size;
    }
}
