// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ippan.network.api.Priority;
import org.ippan.network.gossip.log.Cursor;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.proof.Agreement;
import org.ippan.network.gossip.proof.Key;
import org.ippan.network.gossip.send.Numbers;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;

/**
 * Whether peers have what they are not given, as its publisher sends it to them. What there is no proof of is announced
 * to them. Confined to the relay's thread.
 */
final class Agreements {

    private static final int PRIORITIES = Priority.values().length;
    /** A fingerprint is of so many messages at least, if there are. */
    private static final int LEAST_SHOWN = 128;

    private final GossipContext context;
    private final Announcer announcer;
    private final Map<NeighbourLink, Map<NeighbourLink, Pair>> all = new LinkedHashMap<>();

    /** What one peer is known to have of one publisher, and how far the logs of that one were when it was looked at. */
    private static final class Pair {

        private final NeighbourLink to;
        private final NeighbourLink publisher;
        private final Agreement agreement;
        private long[] heads;

        Pair(NeighbourLink to, NeighbourLink publisher, Neighbour seen, long now) {
            this.to = to;
            this.publisher = publisher;
            this.heads = heads();
            long[] given = new long[PRIORITIES];
            for (Priority priority : Priority.values()) {
                SourceLog log = publisher.source.of(priority);
                given[priority.ordinal()] = given(priority.ordinal(), log, seen);
            }
            this.agreement = new Agreement(publisher.level, given, now);
        }

        /** All but what it is not given from now on. Where that is not known, what it has told no proof of. */
        private long given(int priority, SourceLog log, Neighbour seen) {
            Cursor cursor = log == null ? null : to.outbound.cursor(log);
            long passed = -1;
            if (cursor != null) {
                synchronized (to.outbound) {
                    passed = Numbers.passed(cursor);
                }
            }
            return passed >= 0 ? passed : Math.min(publisher.numbers()[priority],
                    seen.numbers()[priority] - seen.proof().counts()[priority]);
        }

        private long[] heads() {
            long[] all = new long[PRIORITIES];
            for (Priority priority : Priority.values()) {
                SourceLog log = publisher.source.of(priority);
                all[priority.ordinal()] = log == null ? 0 : log.head();
            }
            return all;
        }
    }

    Agreements(GossipContext context, Announcer announcer) {
        this.context = context;
        this.announcer = announcer;
    }

    /** A peer is given nothing of a publisher from now on. */
    void begin(NeighbourLink to, NeighbourLink publisher, Neighbour seen, long now) {
        all.computeIfAbsent(to, any -> new LinkedHashMap<>())
                .computeIfAbsent(publisher, any -> new Pair(to, publisher, seen, now));
    }

    /** A peer is given what comes of a publisher again; from which numbers on. */
    long[] end(NeighbourLink to, NeighbourLink publisher, long[] numbers) {
        Pair ended = all.getOrDefault(to, Map.of()).remove(publisher);
        long[] from = numbers.clone();
        for (int i = 0; ended != null && i < PRIORITIES; i++) {
            from[i] = Math.min(from[i], ended.agreement.upTo()[i]);
        }
        return from;
    }

    /**
     * What is to be said of a publisher, with a fingerprint of what came since the peer was told last. It begins later
     * where that of the peer does, whose link with the publisher is younger.
     */
    Neighbour proved(Neighbour seen, NeighbourLink publisher, NeighbourLink to, Key key) {
        Neighbour there = to.neighbour(publisher.peer);
        Neighbour before = to.saidOf(publisher.peer);
        long[] told = before == null || before.epoch() != seen.epoch() ? seen.numbers() : before.numbers();
        long[] after = new long[PRIORITIES];
        for (int i = 0; i < PRIORITIES; i++) {
            long begin = Math.min(there.numbers()[i] - there.proof().counts()[i], told[i]);
            after[i] = Math.max(begin, Math.min(told[i], seen.numbers()[i] - LEAST_SHOWN));
        }
        return new Neighbour(seen.peer(), seen.sends(), seen.level(), seen.epoch(), seen.numbers(),
                publisher.level.proof(seen.numbers(), after, key));
    }

    /** Looks at what all peers said. */
    void look(long now) {
        all.values().forEach(its -> its.values().forEach(pair -> look(pair, now)));
    }

    private void look(Pair pair, long now) {
        Neighbour seen = pair.to.neighbour(pair.publisher.peer);
        boolean served = (pair.to.outbound.link().served() & pair.publisher.outbound.link().bit()) != 0;
        if (!served || seen == null || seen.epoch() != pair.publisher.epoch()) {
            return;
        }
        // Before it is looked whether there was a gap: what comes meanwhile is looked at the next time.
        long[] heads = pair.heads();
        long before = pair.agreement.differences();
        pair.agreement.look(pair.to.lately(), pair.publisher.peer, seen.epoch(), now, lacking(pair, now));
        count(pair, pair.agreement.differences() - before, now);
        pair.heads = heads;
    }

    private void count(Pair pair, long differences, long now) {
        if (differences > 0) {
            context.counters.fingerprintMismatches.add(differences);
            context.mismatches.add(pair.publisher.outbound.link().peer(), pair.to.outbound.link().peer(), differences,
                    now);
        }
    }

    private Agreement.Lacking lacking(Pair pair, long now) {
        return new Agreement.Lacking() {
            @Override
            public void lacks(int priority, long after, long upTo) {
                announcer.owe(pair.to.outbound, log(priority), after, upTo, now);
            }

            @Override
            public void lacksAll(int priority, long after) {
                announcer.oweAll(pair.to.outbound, log(priority), after, pair.heads[priority], now);
            }

            /** There may be none yet: what came first waits for a validator. */
            private SourceLog log(int priority) {
                return pair.publisher.source.log(Priority.values()[priority]);
            }
        };
    }

    /** A link ended. */
    void down(NeighbourLink ended, long now) {
        all.remove(ended);
        all.values().forEach(its -> {
            Pair pair = its.remove(ended);
            if (pair != null) {
                pair.agreement.end(now, lacking(pair, now));
            }
        });
    }
}
