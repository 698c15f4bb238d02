// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.reputation.Standing;

/**
 * Decides which links carry bodies at once (eager) and which only announcements (lazy), {@code docs/protocol.md} §6.
 *
 * <p>This is Plumtree (Leitão, Pereira, Rodrigues: Epidemic Broadcast Trees, 2007): a link that brings what is known
 * is pruned, one that announces what did not come is grafted, and what remains eager is a spanning tree. With many
 * senders at once that would never settle, since each has another best tree. So it is damped: a link is pruned only
 * when it brought several duplicates more than news, and a node grafts once in a cooldown; what else is missing it just
 * asks for.
 *
 * <p>What a message does to its link happens on the link's I/O thread, everything else on the relay's. Both may write
 * whether a link is eager: a lost change is made again by the next duplicate or the next gap.
 */
final class Tree {

    private static final int REFUSED_SECONDS = 10;
    /** A peer under pressure repeats its PRUNE when the back-off is over: it may be a little late. */
    private static final long LATE = TimeUnit.SECONDS.toNanos(1);
    private static final int REDUNDANT = 0;
    private static final int MOST_PATIENCE = 2;
    /** A link taken in because something was missing is kept so long: what others bring first is under way by then. */
    private static final long PROTECTED = TimeUnit.MILLISECONDS.toNanos(250);
    /** What was under way when a peer was asked to announce is no reason to ask again. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);

    private final GossipContext context;
    private final GossipCore core;
    private long graftedAt;

    Tree(GossipCore core) {
        this.core = core;
        this.context = core.context;
        this.graftedAt = context.ticker.nanos() - TimeUnit.HOURS.toNanos(1);
    }

    /** A link brought a message that is new. On the thread that reads the link. */
    void news(GossipLink link, boolean solicited) {
        Inbound in = link.inbound();
        in.redundancy = Math.max(0, in.redundancy - 1);
        if (solicited) {
            return;
        }
        if (!link.isFeeding() && context.ticker.nanos() - link.inbound().prunedAt >= AGAIN) {
            link.feeding(true);
        }
        if (!link.isEager() && !link.state().isHeld(context.ticker.nanos())) {
            link.eager(true);
        }
    }

    /**
     * A link brought what is known, and neither copy was asked for. On the thread that reads the link. It counts also
     * where the link is lazy at this end: a PRUNE and a GRAFT that crossed leave one end eager.
     */
    void duplicate(GossipLink link) {
        if (!isPruning()) {
            return;
        }
        Inbound in = link.inbound();
        int pruneAfter = context.settings.pruneAfter();
        in.redundancy = Math.min(in.redundancy + 1, MOST_PATIENCE * pruneAfter);
        if (in.redundancy >= pruneAfter * in.patience && isSettled(link)) {
            in.redundancy = 0;
            in.patience = patience(in.probe);
            if (isFedWithout(link)) {
                in.prunedAt = context.ticker.nanos();
                link.eager(false);
                prune(link, REDUNDANT);
            }
        }
    }

    /** Whether what comes over a link shows what was last decided about it, and not what was under way then. */
    private boolean isSettled(GossipLink link) {
        long now = context.ticker.nanos();
        return now - link.inbound().prunedAt >= AGAIN && now - link.state().graftedAt >= PROTECTED;
    }

    /**
     * Takes a link out of those that feed this node, unless it is the last: when many messages come at once, all links
     * bring more duplicates than news, each for a moment. One thread at a time decides: two would spare nobody.
     */
    private synchronized boolean isFedWithout(GossipLink link) {
        for (GossipLink other : context.links.all()) {
            if (other != link && other.isFeeding() && other.isUp()) {
                link.feeding(false);
                return true;
            }
        }
        return false;
    }

    /**
     * Asks a peer to announce instead of sending.
     *
     * @param backoffSeconds how long this node has no room; {@link #REDUNDANT} if the peer just brings what is known
     * @return whether the queue took it
     */
    boolean prune(GossipLink link, int backoffSeconds) {
        context.counters.prunesSent.increment();
        return link.offer(ControlCodec.pruneFor(backoffSeconds));
    }

    /** From 1 to {@link #MOST_PATIENCE}, by chance: of a cycle's links one should go and the others stay. */
    private static float patience(IdKey chance) {
        return 1 + (chance.word0() & 0xFFFF) / 65_536f;
    }

    private boolean isPruning() {
        return context.settings.relayMode() == RelayMode.TREE && !isSmall();
    }

    private boolean isSmall() {
        return context.links.all().length <= context.settings.floodMaxPeers();
    }

    /**
     * Takes a link into the tree because it announced a message that came by no other. Whether that was done: if not,
     * the message is to be asked for without.
     */
    boolean graft(GossipLink link, Want want, long now) {
        GossipSettings settings = context.settings;
        if (settings.relayMode() != RelayMode.TREE || link.state().throttled || link.inbound().paused
                || link.state().isHeld(now) || now - graftedAt < settings.graftCooldownNanos()
                || !link.offer(ControlCodec.graft(want))) {
            return false;
        }
        graftedAt = now;
        link.state().graftedAt = now;
        link.feeding(true);
        link.eager(true);
        context.counters.graftsSent.increment();
        return true;
    }

    /** The peer wants announcements only; with a back-off it has no room for bodies that long. */
    void pruned(GossipLink link, int backoffSeconds) {
        context.counters.prunesReceived.increment();
        link.eager(false);
        if (backoffSeconds == REDUNDANT) {
            link.feeding(false);
        } else {
            link.state().hold(context.ticker.nanos() + TimeUnit.SECONDS.toNanos(backoffSeconds) + LATE);
        }
        context.wake.run();
    }

    /** The peer wants bodies. One that was sent bodies all along says so because its handler is a new one. */
    void grafted(GossipLink link, MessageId id) {
        context.counters.graftsReceived.increment();
        if (id == null) {
            boolean anew = link.isEager();
            takeBack(link);
            core.announcer.digest(link, anew);
            return;
        }
        if (link.congested() || link.standing().standing() != Standing.GOOD) {
            prune(link, REFUSED_SECONDS);
        } else {
            takeBack(link);
            link.feeding(true);
            link.state().graftedAt = context.ticker.nanos();
        }
        core.serving.wanted(link, List.of(id));
    }

    private void takeBack(GossipLink link) {
        link.eager(true);
        link.state().release(context.ticker.nanos());
    }

    /** Settings changed or a link went: where there is no tree, every peer with room gets bodies. */
    void review() {
        if (context.settings.relayMode() == RelayMode.TREE && !isSmall()) {
            return;
        }
        long now = context.ticker.nanos();
        for (GossipLink link : context.links.all()) {
            if (!link.state().isHeld(now)) {
                link.eager(true);
            }
        }
    }
}
