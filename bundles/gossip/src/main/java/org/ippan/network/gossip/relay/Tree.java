// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.gossip.cycle.Probes;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.settings.GossipSettings;
import org.ippan.network.gossip.wire.ControlCodec;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.Probe;

/**
 * Decides which links carry bodies at once (eager) and which only announcements (lazy), {@code docs/protocol.md} §6.
 *
 * <p>This is Plumtree (Leitão, Pereira, Rodrigues: Epidemic Broadcast Trees, 2007): a link that brings what is known
 * is pruned, one that announces what did not come is grafted, and what remains eager is a spanning tree. With many
 * senders at once that would never settle, since each has another best tree. So it is damped: a link is pruned only
 * where {@link Probes} show a cycle, and a node grafts once in a cooldown; what else is missing it just asks for.
 *
 * <p>What a message does to its link happens on the link's I/O thread, everything else on the relay's. Both may write
 * whether a link is eager: a lost change is made again by the next duplicate or the next gap.
 */
public final class Tree {

    private static final int REFUSED_SECONDS = 10;
    private static final int REDUNDANT = 0;
    /** What was under way when a peer was asked to announce is no reason to ask again. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(1);
    /** A link among nodes that are all linked with each other is pruned for so long. */
    private static final long HEALED = TimeUnit.SECONDS.toNanos(5);
    /** A link with more than this to send is not taken in for what is missing: it would come late. */
    private static final long BUSY_BYTES = 1 << 20;

    private final GossipContext context;
    private final Sources sources;
    private final Announcer announcer;
    private final Serving serving;
    private final Map<GossipLink, TreeLink> links = new ConcurrentHashMap<>();
    private final Probes probes;
    private long graftedAt;

    /** A tree without links. */
    public Tree(GossipContext context, Sources sources, Announcer announcer, Serving serving) {
        this.context = context;
        this.sources = sources;
        this.announcer = announcer;
        this.serving = serving;
        this.graftedAt = context.nanos() - TimeUnit.HOURS.toNanos(1);
        this.probes = new Probes(context);
    }

    /** A link came up. */
    public TreeLink up(Outbound outbound) {
        Level level = new Level(() -> context.relay.post(context::wake),
                context.proofs.share(outbound.link().dialled()));
        TreeLink link = new TreeLink(outbound, level, context.nanos());
        links.put(outbound.link(), link);
        return link;
    }

    /** A link ended. */
    public void down(GossipLink link) {
        TreeLink ended = links.remove(link);
        if (ended != null) {
            ended.level.end();
        }
        review();
    }

    /**
     * A link brought a message that is new. On the thread that reads the link.
     *
     * @param solicited whether it was asked for
     * @param direct whether the peer published it
     */
    public void news(TreeLink in, boolean solicited, boolean direct) {
        in.redundancy.news();
        GossipLink link = in.outbound.link();
        if (solicited || link.isFeeding() && link.isEager() || direct && encloses(link)) {
            return;
        }
        long now = context.nanos();
        if (!link.isEager() && now - in.lazySince < AGAIN) {
            return;
        }
        link.feeding(true);
        if (!link.isEager() && now - in.refusedUntil >= 0) {
            eager(in, true);
        }
    }

    /** Whether the peer is linked to all peers of this node: it sends what it publishes over a pruned link, too. */
    private boolean encloses(GossipLink link) {
        return link.neighbours() != 0 && Long.bitCount(link.neighbours()) == context.links.all().length - 1;
    }

    private void eager(TreeLink in, boolean on) {
        GossipLink link = in.outbound.link();
        if (link.isEager() != on) {
            link.eager(on);
            in.redundancy.clear();
            if (!on) {
                in.lazySince = context.nanos();
            }
            sources.review();
            in.outbound.wake();
        }
    }

    /**
     * A link brought what is known, and neither copy was asked for. On the thread that reads the link. It counts also
     * where the link is lazy at this end: a PRUNE and a GRAFT that crossed leave one end eager.
     */
    public void duplicate(TreeLink in, IdKey chance) {
        if (!isPruning()) {
            return;
        }
        long now = context.nanos();
        int many = context.settings().pruneAfter();
        in.redundancy.duplicate(now, many);
        if (in.redundancy.count() >= many) {
            probes.want();
        }
        if (in.redundancy.lasts(now, many, in.outbound.link().isEager()) && isSettled(in, now)) {
            in.redundancy.beginAnew(chance);
            takeOut(in);
        }
    }

    /** Whether what comes over a link shows what was last decided about it, and not what was under way then. */
    private static boolean isSettled(TreeLink in, long now) {
        return now - in.prunedAt >= AGAIN && !in.isKept(now);
    }

    private void takeOut(TreeLink in) {
        if (isFedWithout(in)) {
            in.prunedAt = context.nanos();
            eager(in, false);
            prune(in.outbound.link(), REDUNDANT);
        }
    }

    /** Takes a link out of those that feed this node, unless it is the last. Of two threads one would spare none. */
    private synchronized boolean isFedWithout(TreeLink in) {
        GossipLink link = in.outbound.link();
        boolean fed = !link.isFeeding() || links.values().stream().anyMatch(other -> other != in && other.feeds());
        if (fed) {
            link.feeding(false);
        }
        return fed;
    }

    /** A peer looks for cycles. Only a link that brought duplicates is taken out where one is. */
    public void probed(TreeLink in, Probe probe) {
        long now = context.nanos();
        GossipLink link = in.outbound.link();
        if (link.isEager() && link.isUp() && probes.heard(link, probe, now) && isPruning()
                && in.redundancy.isLately(now) && !in.isKept(now)) {
            takeOut(in);
        }
    }

    /** Looks for cycles when it is time. */
    public void tick(long now) {
        probes.tick(now);
    }

    /** Whether it is time soon. */
    public boolean isBusy() {
        return probes.isBusy();
    }

    private void prune(GossipLink link, int backoffSeconds) {
        context.counters.prunesSent.increment();
        link.offer(ControlCodec.pruneFor(backoffSeconds));
    }

    private boolean isPruning() {
        return context.settings().relayMode() == RelayMode.TREE && !isSmall();
    }

    private boolean isSmall() {
        return context.links.all().length <= context.settings().floodMaxPeers();
    }

    /**
     * Takes a link into the tree because it announced a message that came by no other. Whether that was done: if not,
     * the message is to be asked for without.
     */
    public boolean graft(GossipLink link, IdKey id, long now) {
        GossipSettings settings = context.settings();
        TreeLink in = links.get(link);
        if (in == null || settings.relayMode() != RelayMode.TREE || link.isPaused() || now - in.refusedUntil < 0
                || now - graftedAt < settings.graftCooldownNanos() || !link.offer(ControlCodec.graft(id))) {
            return false;
        }
        graftedAt = now;
        in.keep(now);
        link.feeding(true);
        eager(in, true);
        context.counters.graftsSent.increment();
        return true;
    }

    /** The peer wants announcements only; with a back-off it does not want to be asked for more that long. */
    public void pruned(TreeLink in, int backoffSeconds) {
        context.counters.prunesReceived.increment();
        eager(in, false);
        if (backoffSeconds == REDUNDANT) {
            in.outbound.link().feeding(false);
        } else {
            in.refusedUntil = context.nanos() + TimeUnit.SECONDS.toNanos(backoffSeconds);
        }
        context.wake();
    }

    /** The peer wants bodies. One that was sent bodies all along says so because its handler is a new one. */
    public void grafted(TreeLink in, MessageId id) {
        context.counters.graftsReceived.increment();
        GossipLink link = in.outbound.link();
        if (id == null) {
            boolean anew = link.isEager();
            takeBack(in);
            if (anew) {
                announcer.digest(in.outbound);
            }
            return;
        }
        if (link.isSlow() || in.outbound.lagBytes() > BUSY_BYTES || link.standing().standing() != Standing.GOOD) {
            prune(link, REFUSED_SECONDS);
        } else {
            takeBack(in);
            link.feeding(true);
            in.keep(context.nanos());
        }
        serving.wanted(in.outbound, List.of(id));
    }

    private void takeBack(TreeLink in) {
        in.refusedUntil = context.nanos();
        eager(in, true);
    }

    /**
     * Notes the peers of a peer, by the bits of this node's links with them, and whether all are peers of this node: if
     * so, it is sent what this node publishes.
     */
    void knows(Outbound outbound, long neighbours, boolean enclosed) {
        GossipLink link = outbound.link();
        boolean sent = link.sendsOwn();
        boolean changed = link.isEnclosed() != enclosed;
        link.neighbours(neighbours);
        link.enclosed(enclosed);
        if (changed || link.sendsOwn() != sent) {
            sources.review();
            outbound.wake();
        }
    }

    /**
     * All peers are linked with each other, so that each gets from a publisher what it publishes, and nothing is to be
     * relayed: links that were pruned while some were late carry bodies again. Where that was wrong they are pruned
     * again.
     */
    void heal(long now) {
        for (TreeLink in : links.values()) {
            if (!in.outbound.link().isEager() && now - in.lazySince >= HEALED && now - in.refusedUntil >= 0) {
                eager(in, true);
            }
        }
    }

    /** Settings changed or a link went: where there is no tree, every peer gets bodies. */
    public void review() {
        if (context.settings().relayMode() == RelayMode.TREE && !isSmall()) {
            return;
        }
        long now = context.nanos();
        for (GossipLink link : context.links.all()) {
            TreeLink in = links.get(link);
            if (in != null && now - in.refusedUntil >= 0) {
                eager(in, true);
            }
        }
    }
}
