// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.TokenBucket;
import org.ippan.network.gossip.wire.MessageHeader;

/**
 * How much compressed messages of strangers may unpack to, beyond what such messages usually do: few bytes of theirs
 * make a hundred times as many to be inflated and hashed before it is known whether they are of use. All strangers
 * together have a rate, and each link a part of it; what was of no use counts for more. A link whose next message is
 * over it is not read until it is paid. Peers that belong here, and those this node dialled, are not counted. Safe for
 * any thread.
 */
final class Unpacking {

    /** Up to so many times what came nothing is counted: texts and records seldom get smaller than that. */
    private static final long USUAL = 8;
    /** So much more counts what was broken, or known already. */
    private static final int IN_VAIN = 4;
    private static final long BYTES_PER_SECOND = 32 << 20;
    private static final int LINK_PART = 8;
    private static final long BURST = TimeUnit.MILLISECONDS.toNanos(250);

    private final TokenBucket all;

    /** Nothing was unpacked. */
    Unpacking(long now) {
        all = new TokenBucket(Rate.perSecond(BYTES_PER_SECOND, BURST), now);
    }

    /** Whether a message may be unpacked now. */
    boolean admits(Inbound in, MessageHeader header, long now) {
        if (cost(in, header) == 0) {
            return true;
        }
        if (in.unpacked == null) {
            in.unpacked = new TokenBucket(Rate.perSecond(BYTES_PER_SECOND / LINK_PART, BURST), now);
        }
        return all.waitNanos(now) == 0 && in.unpacked.waitNanos(now) == 0;
    }

    /** A message that was admitted is about to be unpacked. */
    void begins(Inbound in, MessageHeader header, long now) {
        long cost = IN_VAIN * cost(in, header);
        if (cost > 0) {
            all.take(cost, now);
            in.unpacked.take(cost, now);
        }
    }

    /** It was a new message. */
    void wasOfUse(Inbound in, MessageHeader header) {
        long back = (IN_VAIN - 1) * cost(in, header);
        if (back > 0) {
            all.giveBack(back);
            in.unpacked.giveBack(back);
        }
    }

    private static long cost(Inbound in, MessageHeader header) {
        boolean counts = header.codec != 0 && !in.link.dialled() && !in.link.isMember();
        return counts ? Math.max(0, header.rawLength - USUAL * header.payloadLength) : 0;
    }
}
