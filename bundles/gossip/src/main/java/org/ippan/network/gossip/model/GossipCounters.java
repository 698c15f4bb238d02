// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import java.util.concurrent.atomic.LongAdder;

/** What {@code GossipSnapshot} counts. */
public final class GossipCounters {

    public final LongAdder published = new LongAdder();
    public final LongAdder publishRefused = new LongAdder();
    public final LongAdder delivered = new LongAdder();
    public final LongAdder relayed = new LongAdder();
    public final LongAdder bodiesReceived = new LongAdder();
    public final LongAdder duplicates = new LongAdder();
    public final LongAdder ignored = new LongAdder();
    public final LongAdder rejected = new LongAdder();
    public final LongAdder announced = new LongAdder();
    public final LongAdder wantedSent = new LongAdder();
    public final LongAdder wantedReceived = new LongAdder();
    public final LongAdder repaired = new LongAdder();
    public final LongAdder graftsSent = new LongAdder();
    public final LongAdder graftsReceived = new LongAdder();
    public final LongAdder prunesSent = new LongAdder();
    public final LongAdder prunesReceived = new LongAdder();
    public final LongAdder overRate = new LongAdder();
    public final LongAdder missed = new LongAdder();
    public final LongAdder slowed = new LongAdder();
    public final LongAdder validatorFailures = new LongAdder();
    public final LongAdder announcedUnproven = new LongAdder();
    public final LongAdder fingerprintMismatches = new LongAdder();
}
