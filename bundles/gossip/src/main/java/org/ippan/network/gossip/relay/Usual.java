// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** The links that show what is usual, at one look: members, else strangers of standing, else all waited for. */
final class Usual {

    /** As many links that have nothing to do show that who is behind is alone. */
    private static final int WITNESSES = 2;
    /** Who takes this part of the most they took only stays behind by what it missed before. */
    private static final double AS_FAST = 0.75;
    /** The same of those that bring their part. */
    private static final double AS_FAST_IN_EXCHANGE = 0.2;
    /** Part of the links that may be alone less than what is taken for usual, and at most so many. */
    private static final int LOWEST_PART = 3;
    private static final int LOWEST = 2;

    private final List<Watch> links;
    private final boolean network;

    private Usual(List<Watch> links, boolean network) {
        this.links = links;
        this.network = network;
    }

    /** What is usual of these. */
    static Usual of(Collection<Watch> all) {
        List<Watch> members = those(all, each -> each.isWaitedFor() && !each.isStranger());
        List<Watch> known = members.isEmpty() ? those(all, each -> each.isWaitedFor() && each.hasStanding()) : members;
        return known.isEmpty() ? new Usual(those(all, Watch::isWaitedFor), false) : new Usual(known, true);
    }

    /* Loops where streams would do: this runs 40 times a second, for each link. */

    static List<Watch> those(Collection<Watch> some, Predicate<Watch> which) {
        List<Watch> those = new ArrayList<>(some.size());
        for (Watch each : some) {
            if (which.test(each)) {
                those.add(each);
            }
        }
        return those;
    }

    /** Whether it is members or strangers of standing that show it. */
    boolean isOfNetwork() {
        return network;
    }

    /**
     * What part of the time others lose by one link: that is behind while they have nothing to do, and takes less than
     * they could, or has been behind for long. 0 if it is not alone with that.
     */
    double loss(Watch one) {
        if (!one.isBehind()) {
            return 0;
        }
        int others = links.size() - (links.contains(one) ? 1 : 0);
        List<Watch> witnesses = those(links, each -> each != one && each.isIdle());
        if (others == 0 || witnesses.size() < Math.min(WITNESSES, others)) {
            return 0;
        }
        if (one.isBehindForLong()) {
            // Those that were waiting for it all the time show no more what they could take.
            return 1;
        }
        double most = witnesses.stream().mapToDouble(Watch::peak).max().orElse(0);
        return one.rate() < most * (one.bringsItsPart() ? AS_FAST_IN_EXCHANGE : AS_FAST) ? 1 - one.rate() / most : 0;
    }

    /**
     * How long others than one were alone, nearly the least: strangers that held up all in turn would show no usual
     * time. 0 also for one that was not alone, as it does not matter then.
     */
    long timeAlone(Watch one) {
        if (one.aloneLately() == 0) {
            return 0;
        }
        long[] lowest = new long[LOWEST + 1];
        Arrays.fill(lowest, Long.MAX_VALUE);
        int others = 0;
        for (Watch each : links) {
            if (each != one) {
                others++;
                insert(lowest, each.aloneLately());
            }
        }
        return others == 0 ? 0 : lowest[Math.min(LOWEST, others / LOWEST_PART)];
    }

    /** Into those that are in order; the highest of them falls out. */
    private static void insert(long[] lowest, long time) {
        long next = time;
        for (int i = 0; i < lowest.length; i++) {
            long here = lowest[i];
            lowest[i] = Math.min(here, next);
            next = Math.max(here, next);
        }
    }
}
