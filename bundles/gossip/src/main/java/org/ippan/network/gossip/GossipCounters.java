// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.concurrent.atomic.LongAdder;

/** What {@code GossipSnapshot} counts. */
final class GossipCounters {

    final LongAdder published = new LongAdder();
    final LongAdder publishRefused = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder relayed = new LongAdder();
    final LongAdder bodiesReceived = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder announced = new LongAdder();
    final LongAdder announcementsDropped = new LongAdder();
    final LongAdder wantedSent = new LongAdder();
    final LongAdder wantedReceived = new LongAdder();
    final LongAdder repaired = new LongAdder();
    final LongAdder graftsSent = new LongAdder();
    final LongAdder graftsReceived = new LongAdder();
    final LongAdder prunesSent = new LongAdder();
    final LongAdder prunesReceived = new LongAdder();
    final LongAdder overRate = new LongAdder();
    final LongAdder missed = new LongAdder();
    final LongAdder cacheEvictedEarly = new LongAdder();
    final LongAdder validatorFailures = new LongAdder();
}
