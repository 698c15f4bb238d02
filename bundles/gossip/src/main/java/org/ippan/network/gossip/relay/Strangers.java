// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.ippan.network.api.gossip.OutboundSnapshot.Patience;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;

/**
 * Bounds how long others wait for strangers: peers not known to belong to the network, whose identities cost nothing.
 * Those without standing share a short time, those that kept up for a while a longer one ({@link Purse}). What is
 * counted is the time in which a stranger is behind and others have nothing to do, as far as it is clearly more than
 * with those others: between healthy nodes at full speed one or the other is always last. Where the time is used up a
 * stranger that lags is not waited for any more, until it keeps up; nor is a new one, until it has standing. Where
 * there are others to wait for, one that never settled anything is not waited for at all. Confined to the relay's
 * thread unless said otherwise.
 */
final class Strangers {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK = 20 * MILLI;
    /** Of what was not looked at for longer only so much counts. */
    private static final long LONGEST_LOOK = 50 * MILLI;
    private static final long WITHOUT_STANDING = 250 * MILLI;
    private static final int WITHOUT_PERCENT = 1;
    private static final long OF_STANDING = 5000 * MILLI;
    private static final int OF_STANDING_PERCENT = 3;
    /** Who keeps up for so long has standing. */
    private static final long KEPT_UP = 3000 * MILLI;
    /** The same for who was given up. */
    private static final long KEPT_UP_AGAIN = 10_000 * MILLI;
    /** What a link may have before it: three quarters of that at which publishers go on. */
    private static final long MUCH = 384 * 1024;
    /** The same where there is little memory, and of the share of one of many links. */
    private static final int PART = 8;
    private static final int SHARE_PART = 4;
    private static final long LEAST_SHARE = 64 * 1024;
    /** As many links that have nothing to do show that who is behind is alone. */
    private static final int WITNESSES = 2;
    /** Who takes this part of the most they took only stays behind by what it missed before. */
    private static final double AS_FAST = 0.75;
    /** Part of the links that may be alone less than what is taken for usual, and at most so many. */
    private static final int LOWEST_PART = 3;
    private static final int LOWEST = 2;

    private final GossipContext context;
    private final Sources sources;
    private final Announcer announcer;
    private final LongSupplier fullWindow;
    private final Map<Outbound, Watch> watches = new LinkedHashMap<>();
    private final Purse purse = new Purse(WITHOUT_STANDING, WITHOUT_PERCENT);
    private final Purse patience = new Purse(OF_STANDING, OF_STANDING_PERCENT);
    private volatile boolean spent;
    /** Whether links are waited for that have shown that they take something, or need not. */
    private volatile boolean others;
    private boolean busy;
    private long lookedAt;

    /**
     * No link is up.
     *
     * @param fullWindow of publishers of this node that wait for peers to settle; 0 if none do
     */
    Strangers(GossipContext context, Sources sources, Announcer announcer, LongSupplier fullWindow) {
        this.context = context;
        this.sources = sources;
        this.announcer = announcer;
        this.fullWindow = fullWindow;
        this.lookedAt = context.nanos();
    }

    /** Whether a link is not waited for because of what is decided here. */
    static boolean isLeftOut(GossipLink link) {
        return link.isUnproven() || isGivenUp(link);
    }

    private static boolean isGivenUp(GossipLink link) {
        return link.isSlow() && link.patience() != Patience.TOO_SLOW;
    }

    /** A link came up: a stranger is not waited for while those like it have used up their time. Any thread. */
    void admit(GossipLink link) {
        if (!link.isMember()) {
            link.unproven(others);
            if (spent) {
                link.patience(Patience.STRANGER);
            }
        }
    }

    /** Looks who is waited for. */
    void tick(long now) {
        long passed = now - lookedAt;
        if (passed < LOOK) {
            return;
        }
        lookedAt = now;
        purse.fill(passed);
        patience.fill(passed);
        settle();
        Outbound[] links = sources.readers();
        for (Outbound outbound : links) {
            watches.computeIfAbsent(outbound, any -> new Watch(any, now));
        }
        List<Watch> strangers = those(watches.values(), Watch::isStranger);
        prove(strangers);
        if (strangers.isEmpty()) {
            busy = false;
            spent = isSpent(usual());
            return;
        }
        look(links.length, passed, now);
        List<Watch> usual = usual();
        judge(strangers, usual, passed);
        pay(those(strangers, each -> each.lags() && each.isWaitedFor()));
        giveUp(strangers, usual);
        takeBack(strangers);
        busy = any(strangers, Watch::isBusy);
    }

    /** Those that went pay what they owe, or each identity could hold up others and go just before it lags. */
    private void settle() {
        List<Watch> gone = those(watches.values(), each -> !each.link().isUp());
        if (!gone.isEmpty()) {
            watches.values().removeAll(gone);
            pay(those(gone, each -> each.isStranger() && !each.link().isSlow()));
        }
    }

    /* Loops where streams would do: this runs 40 times a second, for each link. */

    private static List<Watch> those(Collection<Watch> some, Predicate<Watch> which) {
        List<Watch> those = new ArrayList<>(some.size());
        for (Watch each : some) {
            if (which.test(each)) {
                those.add(each);
            }
        }
        return those;
    }

    private static boolean any(Collection<Watch> some, Predicate<Watch> which) {
        for (Watch each : some) {
            if (which.test(each)) {
                return true;
            }
        }
        return false;
    }

    /** What a socket took may lie in buffers of the system: only who settles something is worth a wait. */
    private void prove(List<Watch> strangers) {
        others = any(watches.values(), Watch::isWaitedFor);
        for (Watch each : strangers) {
            if (each.link().isUnproven() && (each.hasSettled() || !others)) {
                each.link().unproven(false);
                sources.review();
            }
        }
    }

    private void look(int links, long passed, long now) {
        long memory = context.cacheLimit();
        long share = Math.max(LEAST_SHARE, memory / SHARE_PART / links);
        long limit = Math.min(MUCH, Math.min(memory / PART, share) * 3 / 4);
        long window = fullWindow.getAsLong();
        watches.values().forEach(each -> each.look(limit, window, passed, now));
    }

    /** The links that show what is usual: members, else strangers of standing, else all. */
    private List<Watch> usual() {
        List<Watch> waitedFor = those(watches.values(), Watch::isWaitedFor);
        List<Watch> members = those(waitedFor, each -> !each.isStranger());
        List<Watch> known = members.isEmpty() ? those(waitedFor, Watch::hasStanding) : members;
        return known.isEmpty() ? waitedFor : known;
    }

    private void judge(List<Watch> strangers, List<Watch> usual, long passed) {
        long time = Math.min(passed, LONGEST_LOOK);
        watches.values().forEach(each -> each.alone(isAlone(each, usual), time));
        for (Watch each : strangers) {
            // Of who was not alone it does not matter what is usual.
            each.judge(each.aloneLately() == 0 ? 0 : usuallyAlone(each, usual), passed);
        }
    }

    private static boolean isAlone(Watch one, List<Watch> usual) {
        if (!one.isBehind()) {
            return false;
        }
        int others = usual.size() - (usual.contains(one) ? 1 : 0);
        List<Watch> witnesses = those(usual, each -> each != one && each.isIdle());
        double most = witnesses.stream().mapToDouble(Watch::peak).max().orElse(0);
        return others > 0 && witnesses.size() >= Math.min(WITNESSES, others) && one.rate() < most * AS_FAST;
    }

    /** How long others were alone, nearly the least: strangers that held up all in turn would show no usual time. */
    private static long usuallyAlone(Watch one, List<Watch> usual) {
        long[] lowest = new long[LOWEST + 1];
        Arrays.fill(lowest, Long.MAX_VALUE);
        int others = 0;
        for (Watch each : usual) {
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

    /** Time in which others waited for several at once counts once. */
    private void pay(List<Watch> some) {
        long without = 0;
        long with = 0;
        for (Watch each : some) {
            long time = each.charge();
            without = each.hasStanding() ? without : Math.max(without, time);
            with = each.hasStanding() ? Math.max(with, time) : with;
        }
        purse.pay(without);
        patience.pay(with);
    }

    private void giveUp(List<Watch> strangers, List<Watch> usual) {
        spent = isSpent(usual);
        for (Watch each : strangers) {
            Purse its = each.hasStanding() ? patience : purse;
            if (each.isWaitedFor() && each.lags() && its.isEmpty()) {
                each.link().patience(each.hasStanding() ? Patience.STRANGER_OF_STANDING : Patience.STRANGER);
                each.giveUp();
                context.counters.slowed.increment();
            } else if (!each.hasStanding() && spent && !each.link().isSlow()) {
                each.link().patience(Patience.STRANGER);
            }
        }
    }

    private boolean isSpent(List<Watch> usual) {
        return purse.isEmpty() && any(usual, each -> !each.isStranger() || each.hasStanding());
    }

    private void takeBack(List<Watch> strangers) {
        boolean one = any(watches.values(), Watch::isWaitedFor);
        for (Watch each : strangers) {
            boolean out = isGivenUp(each.link());
            boolean keepsUp = each.keptUp() >= (each.wasGivenUp() ? KEPT_UP_AGAIN : KEPT_UP);
            if (out && (!one || keepsUp && !(patience.isEmpty() && spent))) {
                takeBack(each, keepsUp && !patience.isEmpty());
            } else if (!out && keepsUp && !patience.isEmpty()) {
                each.takeBack(true);
            }
        }
    }

    /** Messages that left the logs before it had them are announced to it. */
    private void takeBack(Watch one, boolean hasStanding) {
        boolean missed = one.wasGivenUp();
        one.takeBack(hasStanding);
        one.link().patience(Patience.WAITS);
        sources.review();
        if (missed) {
            announcer.digest(one.outbound());
        }
    }

    /** Whether links have to be looked at soon. */
    boolean isBusy() {
        return busy;
    }
}
