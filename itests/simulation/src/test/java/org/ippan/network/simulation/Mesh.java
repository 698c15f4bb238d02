// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.gossip.Verdict;

/** A full mesh in steady traffic, all nodes publishing: without faults, or with one link that dies in silence. */
final class Mesh {

    private static final int PAYLOAD = 256;
    private static final int PER_SECOND = 100;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final Duration MEASURED = Duration.ofSeconds(5);

    private final Overlay overlay;
    private int first;
    private long duplicates;
    private long announced;

    /**
     * What a mesh did.
     *
     * @param missed deliveries that did not happen
     * @param duplicates bodies that came again
     * @param announced ids
     * @param disorder deliveries before an earlier one of the same publisher
     * @param pruned links over which a peer asked for announcements only
     * @param published messages
     * @param slowestMillis the longest a delivery took
     * @param mismatches how often a publisher's messages were others at a peer
     */
    record Outcome(long missed, long duplicates, long announced, long disorder, long pruned, int published,
            long slowestMillis, long mismatches) {

        /** Whether everything came once, in order, and unannounced. */
        boolean isPerfect() {
            return missed + duplicates + announced + disorder + pruned + mismatches == 0;
        }
    }

    private Mesh(int nodes, long seed) {
        this.overlay = new Overlay(new Overlay.Shape(nodes, nodes - 1, 0, PAYLOAD, Map.of()), seed);
    }

    /** Traffic without faults. */
    static Outcome calm(int nodes, long seed, Progress progress) {
        Mesh mesh = new Mesh(nodes, seed);
        mesh.begin();
        mesh.traffic(progress);
        return mesh.end();
    }

    /** A link stops carrying anything in the midst of traffic. */
    static Outcome deadLink(int nodes, long seed, Progress progress) {
        return new Mesh(nodes, seed).deadLink(progress);
    }

    /** The same where each node judges what comes. */
    static Outcome deadLinkAmongValidators(int nodes, long seed, Progress progress) {
        Mesh mesh = new Mesh(nodes, seed);
        mesh.overlay.nodes.forEach(node -> node.gossip.validate(message -> Verdict.ACCEPT));
        return mesh.deadLink(progress);
    }

    private Outcome deadLink(Progress progress) {
        begin();
        overlay.cut(0, 1);
        traffic(progress);
        return end();
    }

    /** A link carries nothing for a while, and then what was held up. */
    static Outcome lateLink(int nodes, long seed, Progress progress) {
        Mesh mesh = new Mesh(nodes, seed);
        mesh.begin();
        mesh.overlay.cut(0, 1);
        mesh.overlay.traffic(PER_SECOND, LATE);
        mesh.overlay.network.heal();
        mesh.traffic(progress);
        return mesh.end();
    }

    private void begin() {
        overlay.pass(SETTLING);
        overlay.traffic(PER_SECOND, SETTLING);
        overlay.pass(SETTLING);
        first = overlay.ledger.entries().size();
        duplicates = duplicates();
        announced = announced();
    }

    private void traffic(Progress progress) {
        for (int second = 0; second < MEASURED.toSeconds(); second++) {
            overlay.traffic(PER_SECOND, Duration.ofSeconds(1));
            progress.at(overlay);
        }
        overlay.pass(SETTLING);
    }

    private long duplicates() {
        return overlay.nodes.stream().mapToLong(node -> node.gossip.snapshot().duplicates()).sum();
    }

    private long announced() {
        return overlay.nodes.stream().mapToLong(node -> node.gossip.snapshot().announced()).sum();
    }

    private Outcome end() {
        List<Ledger.Entry> entries = overlay.ledger.since(first);
        double[] seconds = overlay.ledger.sortedSeconds(entries);
        long due = (long) entries.size() * (overlay.nodes.size() - 1);
        return new Outcome(due - seconds.length, duplicates() - duplicates, announced() - announced, disorder(entries),
                overlay.nodes.stream().mapToLong(node -> node.gossip.snapshot().prunesSent()).sum(), entries.size(),
                Math.round(seconds[seconds.length - 1] * 1000),
                overlay.nodes.stream().mapToLong(node -> node.gossip.mismatches()).sum());
    }

    private long disorder(List<Ledger.Entry> entries) {
        long wrong = 0;
        for (int node = 0; node < overlay.nodes.size(); node++) {
            long[] latest = new long[overlay.nodes.size()];
            for (Ledger.Entry entry : entries) {
                if (entry.publisher != node && entry.reached(node)) {
                    long at = entry.arrivedAt(node);
                    wrong += at < latest[entry.publisher] ? 1 : 0;
                    latest[entry.publisher] = Math.max(latest[entry.publisher], at);
                }
            }
        }
        return wrong;
    }
}
