// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.gossip.PublishResult;
import org.ippan.network.api.gossip.ReceivedMessage;

/** Who published what when, and whom it reached when. A message begins with its number. */
final class Ledger {

    private static final long NOT_YET = -1;
    private static final double NANOS = 1e9;

    private final Ticker ticker;
    private final int nodes;
    private final List<Entry> entries = new ArrayList<>();

    /** One message. */
    final class Entry {

        final int number = entries.size();
        final int publisher;
        final long publishedAt = ticker.nanos();
        private final long[] arrivals = new long[nodes];
        private final PeerId[] parents = new PeerId[nodes];
        private PublishResult.Status status;
        private boolean publisherForgot;
        private int reached;
        private int mostHops;

        private Entry(int publisher) {
            this.publisher = publisher;
            Arrays.fill(arrivals, NOT_YET);
        }

        void status(PublishResult.Status answer) {
            status = answer;
        }

        /** What its publisher was told. */
        PublishResult.Status status() {
            return status;
        }

        boolean accepted() {
            return status == PublishResult.Status.ACCEPTED;
        }

        /** Whether who published it still lives that life, and so still has it. */
        boolean publisherLives() {
            return !publisherForgot;
        }

        /** Whether it was delivered to a node. */
        boolean reached(int node) {
            return arrivals[node] != NOT_YET;
        }

        /** Seconds from publication to delivery; only if it was delivered. */
        double seconds(int node) {
            return (arrivals[node] - publishedAt) / NANOS;
        }

        /** When it was delivered, in the ticker's time; only if it was. */
        long arrivedAt(int node) {
            return arrivals[node];
        }

        /** Who delivered it, or null. */
        PeerId parent(int node) {
            return parents[node];
        }

        int deliveries() {
            return reached;
        }

        int mostHops() {
            return mostHops;
        }

        /** How many of these nodes, besides the publisher, it did not reach in time. */
        int missedBy(IntPredicate who, Duration within) {
            int missed = 0;
            for (int node = 0; node < nodes; node++) {
                boolean late = !reached(node) || arrivals[node] - publishedAt > within.toNanos();
                missed += node != publisher && who.test(node) && late ? 1 : 0;
            }
            return missed;
        }
    }

    /** An empty one for nodes numbered from 0. */
    Ledger(Ticker ticker, int nodes) {
        this.ticker = ticker;
        this.nodes = nodes;
    }

    /** A message is about to be published. */
    Entry publish(int publisher) {
        Entry entry = new Entry(publisher);
        entries.add(entry);
        return entry;
    }

    /** The message published last was refused, and its number is for the next. */
    void withdraw() {
        entries.remove(entries.size() - 1);
    }

    /** Notes a delivery; gives a complaint if it must not be, or null. */
    String deliver(int node, ReceivedMessage message) {
        ByteBuffer payload = message.payload();
        int number = payload.remaining() < Integer.BYTES ? -1 : payload.getInt(0);
        if (number < 0 || number >= entries.size()) {
            return "node " + node + " was given a message nobody published";
        }
        Entry entry = entries.get(number);
        if (!entry.accepted()) {
            return "node " + node + " was given message " + number + ", whose publication was refused";
        }
        if (entry.publisher == node && !entry.publisherForgot) {
            return "node " + node + " was given its own message " + number;
        }
        if (entry.reached(node)) {
            return "node " + node + " was given message " + number + " twice";
        }
        entry.arrivals[node] = ticker.nanos();
        entry.parents[node] = message.deliveredBy();
        entry.mostHops = Math.max(entry.mostHops, message.hops() + 1);
        entry.reached++;
        return null;
    }

    /** A node begins a new life: what it was given before it may be given again. */
    void forget(int node) {
        for (Entry entry : entries) {
            entry.reached -= entry.reached(node) ? 1 : 0;
            entry.arrivals[node] = NOT_YET;
            entry.publisherForgot |= entry.publisher == node;
        }
    }

    /** All messages, oldest first. */
    List<Entry> entries() {
        return entries;
    }

    /** The messages from a number on. */
    List<Entry> since(int number) {
        return entries.subList(number, entries.size());
    }

    /** Seconds from publication to each delivery of these messages, shortest first. */
    double[] sortedSeconds(List<Entry> some) {
        double[] seconds = new double[some.stream().mapToInt(Entry::deliveries).sum()];
        int next = 0;
        for (Entry entry : some) {
            for (int node = 0; node < nodes; node++) {
                if (entry.reached(node)) {
                    seconds[next++] = entry.seconds(node);
                }
            }
        }
        Arrays.sort(seconds);
        return seconds;
    }
}
