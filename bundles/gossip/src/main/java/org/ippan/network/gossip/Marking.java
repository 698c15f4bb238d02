// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.gossip.log.LogSpace;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.Services;
import org.ippan.network.gossip.receive.Verdicts;

/**
 * Tells a deduplicator that comes of the messages that are here, which none or another one has marked. Safe for any
 * thread.
 */
final class Marking {

    private final Services services;
    private final LogSpace space;
    private final Verdicts verdicts;

    Marking(Services services, LogSpace space, Verdicts verdicts) {
        this.services = services;
        this.space = space;
        this.verdicts = verdicts;
    }

    /** A deduplicator came or changed; null if it went. */
    void by(MessageDeduplicator dedup) {
        if (dedup != null) {
            // Twice: what comes between the first time and the change is marked by the second.
            markAll(dedup);
        }
        change(dedup);
        if (dedup != null) {
            markAll(dedup);
            services.ready = true;
        }
    }

    private void change(MessageDeduplicator dedup) {
        long alone = services.marking.writeLock();
        try {
            synchronized (services.unmarked) {
                services.dedup = dedup;
            }
        } finally {
            services.marking.unlockWrite(alone);
        }
    }

    private void markAll(MessageDeduplicator dedup) {
        verdicts.forEach(id -> dedup.checkAndMark(id.word0(), id.word1(), id.word2(), id.word3()));
        for (Segment segment : space.segments()) {
            if (segment.pin()) {
                for (int i = 0; i < segment.count(); i++) {
                    dedup.checkAndMark(segment.word(i, 0), segment.word(i, 1), segment.word(i, 2), segment.word(i, 3));
                }
                segment.unpin();
            }
        }
    }
}
