// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.table;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.survey.NodeState;

/** How each node of the table fares, and which are dropped from it. Guarded by the lock of the table's owner. */
final class States {

    /** A node is gone if it is unreachable for so long: records of two ends do not come at one moment. */
    static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** Nodes that went within this time of each other may have gone for one reason. */
    static final long TOGETHER_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final long GONE_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long LEFT_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** The next record of a node is due after one interval, and stale two more later. */
    private static final int STALE_INTERVALS = 3;
    /** On the way, at most, as a rule. */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** The longest interval there is; another one is not believed. */
    private static final int MAX_INTERVAL = 660;
    /** From this share of all nodes on, and from this number, the network may be split. */
    private static final double SPLIT_SHARE = 0.3;
    private static final int SPLIT_LEAST = 2;

    private final RecordTable table;
    /** The interval of this node, which others that have just joined will come to as well. */
    private int ownInterval;

    States(RecordTable table) {
        this.table = table;
    }

    /** Judges all nodes anew, and drops those that are gone, have left or are not heard of for long enough. */
    void judge(Reach reach, int intervalSeconds, long now) {
        ownInterval = intervalSeconds;
        List<Entry> all = List.copyOf(table.entries());
        for (Entry entry : all) {
            boolean reaches = reach.reaches(entry.prefix());
            if (entry.reached && !reaches) {
                entry.lostNanos = now;
            }
            entry.reached = reaches;
            entry.linked = entry.record != null && entry.record.links().stream()
                    .anyMatch(link -> reach.isFull(entry, link.to()));
            if (isOver(entry, now)) {
                table.remove(entry);
            } else {
                state(entry, reach, now);
            }
        }
    }

    private boolean isOver(Entry entry, long now) {
        long silent = now - entry.heardNanos;
        return entry.isLeaving() ? silent > LEFT_NANOS : silent > GONE_NANOS + overdue(entry)
                || !entry.reached && now - entry.lostNanos > GONE_NANOS;
    }

    private void state(Entry entry, Reach reach, long now) {
        if (entry.isLeaving()) {
            boolean stays = reach.namedBy(entry.prefix()).stream()
                    .anyMatch(naming -> naming.heardNanos - entry.heardNanos > SLACK_NANOS);
            set(entry, stays ? NodeState.SILENT : NodeState.LEFT,
                    stays ? "It no longer tells its status, but others have links to it." : "It said that it stops.");
        } else if (entry.record == null) {
            set(entry, NodeState.SILENT, "It tells its status in a newer format.");
        } else if (!entry.reached && now - entry.lostNanos >= LOST_NANOS) {
            set(entry, NodeState.GONE, "No way of standing links leads to it.");
        } else if (now - entry.heardNanos > overdue(entry)) {
            set(entry, NodeState.STALE, "Its record is overdue.");
        } else {
            set(entry, word(entry), entry.record.findings().stream().findFirst().map(Finding::text).orElse(""));
        }
    }

    /** By its own word. */
    static NodeState word(Entry entry) {
        return switch (entry.record.severity()) {
            case OK -> NodeState.OK;
            case WARN -> NodeState.WARN;
            case FAIL -> NodeState.FAIL;
        };
    }

    private static void set(Entry entry, NodeState state, String why) {
        entry.state = state;
        entry.why = why;
    }

    private long overdue(Entry entry) {
        int interval = entry.record == null ? MAX_INTERVAL
                : Math.min(MAX_INTERVAL, Math.max(ownInterval, entry.record.intervalSeconds()));
        return SLACK_NANOS + STALE_INTERVALS * TimeUnit.SECONDS.toNanos(interval);
    }

    /**
     * Whether so many nodes went within a minute of each other that the network may be split. They were all there when
     * the first of them went: one that came later was not cut off with it.
     */
    boolean mayBeSplit() {
        List<Entry> gone = table.entries().stream().filter(entry -> entry.state == NodeState.GONE).toList();
        long here = table.entries().stream().filter(entry -> entry.state != NodeState.LEFT
                && entry.state != NodeState.SILENT).count() + 1;
        long many = Math.max(SPLIT_LEAST, (long) Math.ceil(SPLIT_SHARE * here));
        return gone.size() >= many && mostTogether(gone) >= many;
    }

    /**
     * The most that went with one node that was the first of them. Each node stands for the span in which such a first
     * one may have gone: from a minute before it went, or from when it came, until it went. Most spans overlap where
     * one of them ends, so that sorted ends and begins tell it in one pass.
     */
    static int mostTogether(List<Entry> gone) {
        long base = gone.get(0).lostNanos;
        List<Entry> went = gone.stream().filter(each -> each.knownNanos - each.lostNanos <= 0).toList();
        long[] ends = went.stream().mapToLong(each -> each.lostNanos - base).sorted().toArray();
        long[] begins = went.stream().mapToLong(each -> Math.max(each.lostNanos - base - TOGETHER_NANOS,
                each.knownNanos - base)).sorted().toArray();
        int most = 0;
        int begun = 0;
        for (int ended = 0; ended < ends.length; ended++) {
            while (begun < begins.length && begins[begun] <= ends[ended]) {
                begun++;
            }
            most = Math.max(most, begun - ended);
        }
        return most;
    }
}
