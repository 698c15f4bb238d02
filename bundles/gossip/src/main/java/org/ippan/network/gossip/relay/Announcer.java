// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.proof.Owed;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;

/**
 * Tells peers of messages that are not sent to them, so that they can ask ({@code docs/protocol.md} §6): what lazy
 * links pass in the logs, and on a new link a digest of all that is there. Confined to the relay's thread.
 */
public final class Announcer {

    /** Links we opened are chosen first, up to this many: an attacker chooses the others. */
    private static final int MIN_OUTBOUND = 4;
    /** Beyond so many that were lost on one link, a digest tells of all at once. */
    private static final int MOST_LOST = 10 * ControlCodec.MAX_IDS;

    private final GossipContext context;
    private final Sources sources;
    private final DigestBudget budget = new DigestBudget();
    private final Map<Outbound, Digest> digests = new LinkedHashMap<>();
    private final Map<Outbound, Announcing> announcing = new LinkedHashMap<>();
    /** What was lost on the way, to be announced instead. */
    private final Map<Outbound, List<Announcement>> lost = new LinkedHashMap<>();
    private final Withheld withheld;
    private final Owed owed;
    private long nextAt;

    /** Nothing is to be announced. */
    public Announcer(GossipContext context, Sources sources) {
        this.context = context;
        this.sources = sources;
        this.withheld = new Withheld(context, sources);
        this.owed = new Owed(sources, () -> context.settings().validatorTimeoutNanos());
        this.nextAt = context.nanos();
    }

    /** Announces all that is in the logs and the peer is not known to have, soon. */
    public void digest(Outbound outbound) {
        digests.computeIfAbsent(outbound, any -> new Digest(context.nanos())).due();
        context.wake();
        digest(outbound, context.nanos());
    }

    private void digest(Outbound outbound, long now) {
        Digest digest = digests.get(outbound);
        if (digest == null || !digest.isBusy() || !digest.isWorthATry(now)) {
            return;
        }
        if (budget.begins(outbound.link(), now) && digest.begins(now, context.settings().digestNanos())) {
            digest.begin(sources.space().segments());
        }
        List<Announcement> some;
        while (!(some = digest.next(outbound, ControlCodec.MAX_IDS, (int) context.millis())).isEmpty()) {
            if (!announce(outbound.link(), some)) {
                digest.repeat(now);
                return;
            }
            digest.taken();
            budget.told(outbound.link(), some.size(), now);
        }
    }

    /** A message was lost on its way over a link: it is announced there, soon. */
    public void lost(Outbound outbound, Announcement announcement) {
        if (!outbound.link().isUp()) {
            return;
        }
        List<Announcement> some = lost.computeIfAbsent(outbound, any -> new ArrayList<>());
        if (some.size() < MOST_LOST) {
            some.add(announcement);
            context.wake();
        } else {
            digest(outbound);
        }
    }

    /** A peer may lack what came after a number of a publisher up to another: it is announced. */
    void owe(Outbound outbound, SourceLog log, long after, long upTo, long now) {
        owed.add(outbound, log, after, upTo, now);
        context.wake();
    }

    /**
     * A peer may lack all that came after a number of a publisher: it is announced, though the publisher sends it.
     *
     * @param notAfter position of the log behind which all is meant whatever its number
     */
    void oweAll(Outbound outbound, SourceLog log, long after, long notAfter, long now) {
        owed.addAll(outbound, log, Math.min(sources.position(log, after), notAfter), now);
        context.wake();
    }

    /** What a link's queue does not take is announced later. */
    private void announceLost() {
        lost.forEach((outbound, some) -> {
            boolean taken = true;
            while (taken && !some.isEmpty()) {
                List<Announcement> next = some.subList(0, Math.min(some.size(), ControlCodec.MAX_IDS));
                taken = announce(outbound.link(), next);
                if (taken) {
                    next.clear();
                }
            }
        });
        lost.values().removeIf(List::isEmpty);
    }

    /** Does what is due. */
    public void tick(long now) {
        withheld.tick(now, this::lost);
        owed.tick(now, (outbound, segment, entry) -> {
            context.counters.announcedUnproven.increment();
            lost(outbound, Announcing.announcement(segment, entry, (int) context.millis()));
        });
        announceLost();
        for (Outbound outbound : sources.readers()) {
            digest(outbound, now);
        }
        if (now - nextAt >= 0) {
            long interval = TimeUnit.MILLISECONDS.toNanos(context.settings().announceMillis());
            nextAt = now + (long) (interval * (0.5 + context.random.nextDouble()));
            List<Outbound> waiting = new ArrayList<>();
            for (Outbound outbound : sources.readers()) {
                Announcing here = announcing.computeIfAbsent(outbound, Announcing::new);
                here.round();
                if (here.waits()) {
                    waiting.add(outbound);
                }
            }
            chosen(waiting).forEach(this::announce);
        }
    }

    /** All links that something waits for, or a random choice of them. */
    private List<Outbound> chosen(List<Outbound> waiting) {
        int fanout = context.settings().announceFanout();
        if (waiting.size() <= fanout) {
            return waiting;
        }
        for (int i = waiting.size() - 1; i > 0; i--) {
            Collections.swap(waiting, i, context.random.nextInt(i + 1));
        }
        List<Outbound> chosen = new ArrayList<>(waiting.stream().filter(outbound -> outbound.link().dialled())
                .limit(Math.min(MIN_OUTBOUND, fanout)).toList());
        waiting.stream().filter(outbound -> !chosen.contains(outbound)).limit(fanout - chosen.size())
                .forEach(chosen::add);
        return chosen;
    }

    private void announce(Outbound outbound) {
        announcing.get(outbound).announce(context, some -> announce(outbound.link(), some));
    }

    /** Sends one IHAVE. Whether the queue took it. */
    private boolean announce(GossipLink link, List<Announcement> some) {
        if (!link.offer(ControlCodec.ihave(some))) {
            return false;
        }
        context.counters.announced.add(some.size());
        return true;
    }

    /** A link ended: what its peer had from one that may be gone too is announced soon where it was not sent. */
    public void down(Outbound outbound) {
        digests.remove(outbound);
        announcing.remove(outbound);
        lost.remove(outbound);
        owed.down(outbound);
        withheld.down(outbound.link(), context.nanos());
        if (withheld.isBusy()) {
            context.wake();
        }
    }

    /** Whether anything waits. */
    public boolean isBusy() {
        if (!lost.isEmpty() || withheld.isBusy() || owed.isBusy(context.nanos())) {
            return true;
        }
        for (Digest digest : digests.values()) {
            if (digest.isBusy()) {
                return true;
            }
        }
        for (Announcing each : announcing.values()) {
            if (each.isBehind()) {
                return true;
            }
        }
        return false;
    }
}
