// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipLink;

/**
 * Tells which peers bring their part of what is published: one that is slowed by those behind it brings the messages of
 * these, one that only wants to hold others up brings nothing. Such an exchange is what peers without a name may be
 * trusted by (tit for tat: B. Cohen, Incentives Build Robustness in BitTorrent, 2003). Confined to the relay's thread.
 */
final class Exchange {

    /** Amounts leak away in about so long. */
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(5);
    /** A part of what this node's own publishers do is enough: others have to send it on too. */
    private static final int OWN_PART = 2;
    /** It has to be so large a part of all messages: this node may publish nearly none. */
    private static final int PART = 32;

    /** By link, and null for this node's publishers. */
    private final Map<GossipLink, Amount> amounts = new HashMap<>();
    /** What came lately of all together. */
    private double all;

    /** Bytes that came lately. */
    private static final class Amount {

        private long seen;
        private double lately;

        Amount(long seen) {
            this.seen = seen;
        }

        void look(long bytes, long passed) {
            lately += bytes - seen - lately * Math.min(passed, PERIOD) / PERIOD;
            seen = bytes;
        }
    }

    /**
     * Looks what came.
     *
     * @param appended bytes that came of messages that were new and accepted, by link; null for this node's publishers
     * @param passed since the last look
     */
    void look(Map<GossipLink, Long> appended, long passed) {
        amounts.keySet().retainAll(appended.keySet());
        appended.forEach((link, bytes) -> amounts.computeIfAbsent(link, any -> new Amount(bytes)).look(bytes, passed));
        all = amounts.values().stream().mapToDouble(each -> each.lately).sum();
    }

    /** Whether a peer brings its part. */
    boolean isFair(GossipLink link) {
        Amount brought = amounts.get(link);
        if (brought == null || brought.lately <= 0) {
            return false;
        }
        Amount own = amounts.get(null);
        return brought.lately * OWN_PART >= (own == null ? 0 : own.lately) && brought.lately * PART >= all;
    }
}
