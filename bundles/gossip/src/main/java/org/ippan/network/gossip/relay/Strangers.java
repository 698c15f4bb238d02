// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
 * stranger that lags is not waited for any more, until it keeps up; nor is a new one, until it has standing. Of those
 * of standing a {@link Trial} tells first whether it is they that cost the time. Who brings its part of what is
 * published ({@link Exchange}) has standing at once, and may cost more. Where there are others to wait for, one that
 * never settled anything is not waited for at all. Confined to the relay's thread unless said otherwise.
 */
final class Strangers {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK = 20 * MILLI;
    /** Of what was not looked at for longer only so much counts. */
    private static final long LONGEST_LOOK = 50 * MILLI;
    private static final long WITHOUT_STANDING = 250 * MILLI;
    private static final int WITHOUT_PERCENT = 1;
    /** As this node begins others may, too: programs that are compiled while they run stand still for seconds then. */
    private static final long AT_FIRST = 5000 * MILLI;
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
    private final GossipContext context;
    private final Sources sources;
    private final Announcer announcer;
    private final LongSupplier fullWindow;
    private final Map<Outbound, Watch> watches = new LinkedHashMap<>();
    private final Exchange exchange = new Exchange();
    private final Purse purse = new Purse(WITHOUT_STANDING, WITHOUT_PERCENT, AT_FIRST);
    private final Purse patience = new Purse(OF_STANDING, OF_STANDING_PERCENT, OF_STANDING);
    private volatile boolean spent;
    /** Whether links are waited for that have shown that they take something, or need not. */
    private volatile boolean others;
    private boolean busy;
    /** Null where none is on. */
    private Trial trial;
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
        return link.isLeftOut() || isGivenUp(link);
    }

    private static boolean isGivenUp(GossipLink link) {
        return link.isSlow() && link.patience() != Patience.TOO_SLOW;
    }

    /** A link came up: a stranger is not waited for while those like it have used up their time. Any thread. */
    void admit(GossipLink link) {
        if (!link.isMember()) {
            link.leaveOut(others);
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
            watches.computeIfAbsent(outbound, any -> new Watch(any, exchange, now));
        }
        List<Watch> strangers = Usual.those(watches.values(), Watch::isStranger);
        prove(strangers);
        if (strangers.isEmpty()) {
            endTrial();
            busy = false;
            spent = isSpent(Usual.of(watches.values()));
            return;
        }
        look(links.length, passed, now);
        Usual usual = Usual.of(watches.values());
        judge(strangers, usual, passed);
        pay(Usual.those(strangers, each -> each.lags() && each.isWaitedFor()));
        giveUp(strangers, usual);
        tryThose(strangers, passed);
        takeBack(strangers);
        busy = trial != null || any(strangers, Watch::isBusy);
    }

    /** Those that went pay what they owe, or each identity could hold up others and go just before it lags. */
    private void settle() {
        List<Watch> gone = Usual.those(watches.values(), each -> !each.link().isUp());
        if (!gone.isEmpty()) {
            watches.values().removeAll(gone);
            pay(Usual.those(gone, each -> each.isStranger() && !each.link().isSlow()));
        }
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
            if (each.isUnproven() && (each.hasSettled() || !others)) {
                each.prove();
                sources.review();
            }
        }
    }

    private void look(int links, long passed, long now) {
        long memory = context.cacheLimit();
        long share = Math.max(LEAST_SHARE, memory / SHARE_PART / links);
        long limit = Math.min(MUCH, Math.min(memory / PART, share) * 3 / 4);
        long window = fullWindow.getAsLong();
        exchange.look(sources.appended(), passed);
        watches.values().forEach(each -> each.look(limit, window, passed, now));
    }

    private void judge(List<Watch> strangers, Usual usual, long passed) {
        long time = Math.min(passed, LONGEST_LOOK);
        watches.values().forEach(each -> each.alone(usual.loss(each), time));
        for (Watch each : strangers) {
            each.judge(usual.timeAlone(each), passed);
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

    private void giveUp(List<Watch> strangers, Usual usual) {
        spent = isSpent(usual);
        for (Watch each : strangers) {
            if (each.hasStanding()) {
                continue;
            }
            if (each.isWaitedFor() && each.lags() && purse.isEmpty()) {
                giveUp(each, Patience.STRANGER);
            } else if ((spent || each.isUnproven() && each.isBehindForLong()) && !each.link().isSlow()) {
                each.link().patience(Patience.STRANGER);
            }
        }
    }

    private void giveUp(Watch one, Patience why) {
        one.link().patience(why);
        one.giveUp();
        context.counters.slowed.increment();
    }

    /** Whether those of standing hold up others is tried first: to give up one that does not costs all. */
    private void tryThose(List<Watch> strangers, long passed) {
        if (trial == null) {
            if (patience.isEmpty() && any(strangers, each -> each.hasStanding() && each.isWaitedFor() && each.lags())) {
                begin();
            }
        } else if (trial.passed(passed)) {
            sources.review();
            if (trial.isOver()) {
                judge(trial.guilty());
                trial = null;
            }
        }
    }

    /** Those that are tried went: what a link is, member or stranger, it stays. */
    private void endTrial() {
        if (trial != null) {
            trial.end();
            trial = null;
            sources.review();
        }
    }

    private void begin() {
        List<Watch> waitedFor = Usual.those(watches.values(), Watch::isWaitedFor);
        List<Watch> suspects = Usual.those(waitedFor,
                each -> each.isStranger() && each.hasStanding() && each.excess() > Watch.TOLERANCE);
        if (suspects.size() == waitedFor.size()) {
            // One has to be left to be compared with.
            suspects.remove(Collections.min(suspects, Comparator.comparingLong(Watch::aloneLately)));
        }
        if (!suspects.isEmpty()) {
            waitedFor.removeAll(suspects);
            trial = new Trial(suspects, waitedFor);
            sources.review();
        }
    }

    private void judge(List<Watch> guilty) {
        guilty.forEach(each -> giveUp(each, Patience.STRANGER_OF_STANDING));
        if (guilty.isEmpty()) {
            patience.refill();
        }
    }

    private boolean isSpent(Usual usual) {
        return purse.isEmpty() && usual.isOfNetwork();
    }

    /** Those that keep up; and all when others have time for them again, as one that is far behind never would. */
    private void takeBack(List<Watch> strangers) {
        boolean one = any(watches.values(), Watch::isWaitedFor);
        for (Watch each : strangers) {
            boolean givenUp = isGivenUp(each.link());
            boolean again = (each.link().patience() == Patience.STRANGER ? purse : patience).isFull();
            boolean keepsUp = each.keptUp() >= (each.wasGivenUp() ? KEPT_UP_AGAIN : KEPT_UP);
            if (givenUp && !each.isUnproven() && (!one || again || keepsUp && !(patience.isEmpty() && spent))) {
                takeBack(each, keepsUp && !patience.isEmpty());
            } else if (!givenUp && (keepsUp || each.bringsItsPart()) && !patience.isEmpty()) {
                each.takeBack(true);
            }
        }
    }

    /** It goes on at the head of the logs, unless it is near; what it did not get is announced to it. */
    private void takeBack(Watch one, boolean hasStanding) {
        boolean missed = one.wasGivenUp() || one.isFar();
        if (one.isFar()) {
            one.outbound().jump();
        }
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
