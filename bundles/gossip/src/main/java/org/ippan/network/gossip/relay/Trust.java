// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;

/**
 * Decides which links are proven: others wait for these, and for the rest only where no link is ({@code
 * docs/protocol.md} §7). A link that this node opened is proven until it is slow. Any other becomes so by settling what
 * it gets a quarter as fast as those that are proven, or by having little left to settle; and it is no longer when it
 * falls behind and settles less than a quarter of what they did lately. What others wait for such links until that is
 * found out comes from one purse: strangers, however many, cost publishers no more than it holds. Links that have been
 * proven for long share another one, so that nothing is lost at peers that pause for a moment. Confined to the relay's
 * thread.
 */
final class Trust {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Looks, four a second, over which rates are counted. */
    private static final int LOOKS = 5;
    /** How long a link is to be as fast as others before it is waited for, if the purse is not full. */
    private static final long PROBATION = SECOND;
    /** The same while others have waited for too long lately. */
    private static final long LONG_PROBATION = 10 * SECOND;
    /** Others wait for a quarter of a second, and then 1 s of 100, until it is found out that links are slow. */
    private static final long PURSE = SECOND / 4;
    private static final int PURSE_PART = 100;
    /** While others have waited for so much more no link is proven: those that are could stop one after another. */
    private static final long DEBT = SECOND;
    /** A look that comes late charges no more than this: the relay sleeps while nothing goes on. */
    private static final long MOST_CHARGED = SECOND / 2;
    /** A link that has been proven for so long has a share in patience. */
    private static final long STANDING = 30 * SECOND;
    /** So long others wait for such links though they take nothing, and then 1 s of 33. */
    private static final long PATIENCE = 3 * SECOND / 4;
    private static final int PATIENCE_PART = 33;
    /** A part of the rate of others that is fast enough: in a chain links carry unlike amounts. */
    private static final int PART = 4;
    /** The highest rate is forgotten by a part at each look, by half in 11 s. */
    private static final int FORGOTTEN = 64;
    /** What may be before a link or unsettled there that is level: half of the least a publisher may have under way. */
    private static final long LITTLE = 32 * 1024;

    private final Sources sources;
    private final Map<Outbound, Account> accounts = new LinkedHashMap<>();
    private long purse = PURSE;
    private long patience = PATIENCE;
    /** The highest rate of a proven link lately: what holds others up slows them, too. */
    private long best;

    /** What is known of one link. */
    private static final class Account {

        private final GossipLink link;
        /** Bytes settled at the last looks, and when that was. */
        private final long[] settled = new long[LOOKS];
        private final long[] at = new long[LOOKS];
        /** Whether the node opened it, and it was never slow. */
        private boolean trusted;
        /** Bytes a second. */
        private long rate;
        /** The same since the last look, if that is less: one that stops is to be found out at once. */
        private long slowest;
        private boolean behind;
        private long load;
        private long fairFor;
        private long provenFor;

        Account(GossipLink link, long now) {
            this.link = link;
            this.trusted = link.dialled();
            Arrays.fill(at, now - SECOND);
        }

        void look(Outbound outbound, long now) {
            System.arraycopy(settled, 0, settled, 1, LOOKS - 1);
            System.arraycopy(at, 0, at, 1, LOOKS - 1);
            settled[0] = outbound.unsettled().settled();
            at[0] = now;
            rate = rate(LOOKS - 1);
            slowest = Math.min(rate, rate(1));
            load = outbound.lagBytes() + outbound.unsettled().bytes();
            behind = load >= LITTLE;
        }

        private long rate(int looks) {
            return (settled[0] - settled[looks]) * SECOND / Math.max(1, at[0] - at[looks]);
        }

        boolean isFair(long fastest) {
            return settled[0] > 0 && (!behind || slowest > 0 && slowest * PART >= fastest);
        }

        /** Whether it has fallen behind, and takes much less than others or it did. */
        boolean isLagging(long best) {
            return behind && slowest * PART < best;
        }

        boolean isAheadOf(Account other) {
            return !behind || load < other.load / 2;
        }
    }

    /** Every link that this node opened is proven. */
    Trust(Sources sources) {
        this.sources = sources;
    }

    /** A link is there: how far it is. */
    void look(Outbound outbound, long now) {
        accounts.computeIfAbsent(outbound, any -> new Account(outbound.link(), now)).look(outbound, now);
    }

    /** Judges all, so long after the last time. */
    void judge(long passed) {
        boolean changed = accounts.keySet().removeIf(outbound -> !outbound.link().isUp());
        purse = Math.min(PURSE, purse + passed / PURSE_PART);
        patience = Math.min(PATIENCE, patience + passed / PATIENCE_PART);
        boolean waited = false;
        boolean waitedPatiently = false;
        boolean isAnyProven = accounts.values().stream().anyMatch(account -> account.link.isProven());
        long probation = isAnyProven ? probation() : 0;
        best = Math.max(best - best / FORGOTTEN, fastestBut(null));
        for (Account account : accounts.values()) {
            boolean was = account.link.isProven();
            if (account.trusted) {
                account.trusted = !account.link.isSlow() && !account.link.isUnsettling();
                account.link.proven(account.trusted);
            } else if (!was) {
                prove(account, passed, probation);
            } else if (!account.isLagging(best) || !isOneAheadOf(account)) {
                account.provenFor += passed;
            } else if (account.provenFor >= STANDING && patience >= passed) {
                waitedPatiently = true;
            } else {
                waited = true;
                account.fairFor = 0;
                account.provenFor = 0;
                account.link.proven(false);
            }
            changed |= was != account.link.isProven();
        }
        purse -= waited ? Math.min(passed, MOST_CHARGED) : 0;
        patience -= waitedPatiently ? Math.min(passed, MOST_CHARGED) : 0;
        if (changed) {
            sources.review();
        }
    }

    private long probation() {
        if (purse < -DEBT) {
            return Long.MAX_VALUE;
        }
        return purse == PURSE ? 0 : purse >= PURSE / 2 ? PROBATION : LONG_PROBATION;
    }

    private void prove(Account account, long passed, long probation) {
        boolean isFair = !account.link.isSlow() && account.isFair(fastestBut(account));
        account.fairFor = isFair ? account.fairFor + passed : 0;
        account.link.proven(isFair && account.fairFor >= probation);
    }

    private long fastestBut(Account account) {
        return accounts.values().stream().filter(other -> other != account && other.link.isProven())
                .mapToLong(other -> other.rate).max().orElse(0);
    }

    private boolean isOneAheadOf(Account account) {
        return accounts.values().stream().anyMatch(other -> other != account && other.link.isProven()
                && other.isAheadOf(account));
    }
}
