// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.cycle;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.Probe;

/**
 * Searches for cycles among the links that carry bodies, {@code docs/protocol.md} §6. A node that gets bodies twice
 * begins a series of rounds. In each a probe runs over all these links: who gets it first sends it on, and a link that
 * brings it to a node that has it closes a cycle. What the first copies came by is a tree, and no link of it closes a
 * cycle in that round: so all nodes may take the others out at once, and are connected still. The next round begins
 * when what comes of the last one is done everywhere. The first only settles which series goes on: of several the one
 * with the lowest number. The spanning tree protocol of bridges (IEEE 802.1D) breaks loops by messages of a root, too;
 * here any node is the root for one series, which needs no election that lasts.
 *
 * <p>Confined to the relay's thread, but for
 * {@link #want()}.
 */
public final class Probes {

    /** Longer than a probe and what comes of it take through the network. */
    private static final long BETWEEN_ROUNDS = TimeUnit.SECONDS.toNanos(1);
    /** What comes sooner after the last one is not passed on: no peer makes this node send more. */
    private static final long CLOSEST = TimeUnit.MILLISECONDS.toNanos(250);
    /** When nothing was heard for so long a series is over. */
    private static final long OVER = TimeUnit.SECONDS.toNanos(2);
    /** The round in which of several series that begin at once one remains. */
    private static final int CLAIM = 1;
    /** As many nodes begin a series at once; of more the lowest number of all does not count everywhere. */
    private static final int MOST_CHANGES = 16;
    /** Nodes that want one at once do not all begin. */
    private static final long SPREAD = TimeUnit.MILLISECONDS.toNanos(500);

    private final GossipContext context;
    private volatile boolean wanted;
    private Probe last = new Probe(0, 1);
    private long heardAt;
    /** How often another series took the place of the last one while that went on. */
    private int changes;
    /** When a peer's request was answered last. */
    private long askedAt;
    private boolean isRoot;
    private long nextAt;

    /** Nothing is searched for yet. */
    public Probes(GossipContext context) {
        this.context = context;
        this.heardAt = context.nanos() - TimeUnit.HOURS.toNanos(1);
        this.askedAt = heardAt;
    }

    /** Bodies come twice: has a search begin if none goes on. Any thread. */
    public void want() {
        if (!wanted) {
            wanted = true;
            context.relay.post(() -> {
                delay(context.nanos());
                context.wake();
            });
        }
    }

    private void delay(long now) {
        if (!isRoot) {
            long over = heardAt + OVER;
            nextAt = (over - now > 0 ? over : now) + context.random.nextLong(SPREAD);
        }
    }

    /** Whether a round is to begin soon. */
    public boolean isBusy() {
        return wanted || isRoot;
    }

    /** Begins a round whose time has come. */
    public void tick(long now) {
        if (!isBusy() || now - nextAt < 0) {
            return;
        }
        if (isRoot) {
            begin(new Probe(last.series(), last.round() + 1), now);
        } else if (now - heardAt < OVER) {
            delay(now);
        } else {
            wanted = false;
            ask(now);
        }
    }

    /**
     * Begins a series or has a peer begin one, by chance: what comes twice here closes its cycle at this node. Probes
     * that began here too would close it opposite, where nothing comes twice.
     */
    private void ask(long now) {
        GossipLink[] others = Arrays.stream(context.links.all()).filter(Probes::carries).toArray(GossipLink[]::new);
        if (others.length == 0 || context.random.nextBoolean()) {
            begin(new Probe(context.random.nextLong(), 1), now);
        } else {
            others[context.random.nextInt(others.length)].offer(Probe.REQUEST.frame());
        }
    }

    private static boolean carries(GossipLink link) {
        return link.isEager() && !link.isSlow();
    }

    private void begin(Probe probe, long now) {
        isRoot = probe.round() < Probe.MOST_ROUNDS;
        nextAt = now + BETWEEN_ROUNDS;
        pass(probe, null, now);
    }

    /**
     * A peer sent a probe over a link that carries bodies.
     *
     * @return whether the link closes a cycle
     */
    public boolean heard(GossipLink from, Probe probe, long now) {
        if (probe.isRequest()) {
            if (now - heardAt >= OVER && now - askedAt >= CLOSEST) {
                askedAt = now;
                ask(now);
            }
            return false;
        }
        boolean same = probe.series() == last.series();
        if (same && probe.round() <= last.round()) {
            return probe.round() == last.round() && probe.round() > CLAIM;
        }
        if (same ? now - heardAt >= CLOSEST : takesOver(probe, now)) {
            isRoot = false;
            pass(probe, from, now);
        }
        return false;
    }

    /**
     * Whether a probe begins a series that counts more than the one that goes on. Who missed its first round takes no
     * part: later ones that come late would run on and on.
     */
    private boolean takesOver(Probe probe, long now) {
        if (probe.round() > CLAIM) {
            return false;
        }
        if (now - heardAt >= OVER) {
            changes = 0;
            return true;
        }
        return Long.compareUnsigned(probe.series(), last.series()) < 0 && ++changes <= MOST_CHANGES;
    }

    private void pass(Probe probe, GossipLink from, long now) {
        last = probe;
        heardAt = now;
        wanted = false;
        if (context.settings().relayMode() == RelayMode.DIRECT && from != null) {
            return;
        }
        OutboundFrame frame = probe.frame();
        for (GossipLink to : context.links.all()) {
            if (to != from && carries(to)) {
                to.offer(frame);
            }
        }
    }
}
