// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;
import org.ippan.network.api.gossip.RelayMode;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.proof.Key;
import org.ippan.network.gossip.proof.Keys;
import org.ippan.network.gossip.proof.Level;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;
import org.ippan.network.gossip.wire.Fetch;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;

/**
 * Keeps this node from sending what publishers send themselves ({@code docs/protocol.md} §6). What came from its
 * publisher P is neither sent nor announced to a peer L while P says that it sends everything to L, and L that
 * everything of P comes: self-pruning (Lim and Kim 2001, Peng and Lu 2000). L watches by P's numbers that this is so:
 * where others have more and it does not come, or the link with P ends, L says so, asks one of the others to send what
 * it has of P, and all announce it. Confined to the relay's thread.
 */
public final class Neighbours {

    private static final int PRIORITIES = Priority.values().length;
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);
    /** What is news is said at once, but not more often than this. */
    private static final long SOON = LOOK / 8;
    /** How long what others have may take to come. */
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    /** How long it is said how far a publisher came whose link ended. */
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(5);
    /** Of so many that had opened their links: each is told to all peers. */
    private static final int MOST_GONE = 32;
    /** A link that is not waited for loses nothing while it has less than this part of the cache before it. */
    private static final int BEHIND_PART = 8;
    private static final long[] UNTOLD = {Level.NONE, Level.NONE, Level.NONE};

    private final GossipContext context;
    private final Tree tree;
    private final int epoch;
    private final Map<GossipLink, NeighbourLink> links = new LinkedHashMap<>();
    private final Map<Long, Gone> gone = new LinkedHashMap<>();
    private final Agreements agreements;
    private final Keys keys;
    private long nextAt;
    private long saidAt;
    /** Whether anybody said something new, came or went since it was last looked at. */
    private boolean changed;
    private boolean busy;

    /** A publisher whose link ended. */
    private record Gone(Sources.Source source, boolean dialled, int epoch, long[] numbers, long at) {
    }

    /** No peer is known; of the secret no peer knows. */
    public Neighbours(GossipContext context, Tree tree, Announcer announcer, long secret) {
        this.context = context;
        this.tree = tree;
        this.epoch = context.random.nextInt();
        this.agreements = new Agreements(context, announcer);
        this.keys = new Keys(secret);
        this.nextAt = context.nanos();
        this.saidAt = nextAt - SOON;
    }

    /** A link came up; or is one that was there before this node's gossip. */
    public void up(Outbound outbound, Sources.Source source, Level level, boolean fresh) {
        NeighbourLink link = new NeighbourLink(outbound, source, level, fresh, context.nanos());
        links.put(outbound.link(), link);
        gone.remove(link.peer);
        changed = true;
        lookSoon();
    }

    /** A link ended: what its publisher sent last may have reached others only. */
    public void down(GossipLink link) {
        NeighbourLink ended = links.remove(link);
        if (ended == null || !ended.isTold()) {
            return;
        }
        long now = context.nanos();
        agreements.down(ended, now);
        // Not where another link leads to it, as when both ends dialled at once.
        if (links.values().stream().noneMatch(other -> other.peer == ended.peer)) {
            remember(ended, now);
        }
        if (now - saidAt >= SOON) {
            say(now);
        } else {
            changed = true;
            lookSoon();
        }
        fetch(ended.peer, ended.epoch(), ended.numbers());
    }

    private void remember(NeighbourLink ended, long now) {
        gone.remove(ended.peer);
        gone.put(ended.peer, new Gone(ended.source, ended.outbound.link().dialled(), ended.epoch(), ended.numbers(),
                now));
        List<Long> others = gone.keySet().stream().filter(peer -> !gone.get(peer).dialled).toList();
        if (others.size() > MOST_GONE) {
            gone.remove(others.get(0));
        }
    }

    /** A peer said who its neighbours are. */
    public void told(GossipLink link, Neighbourhood news) {
        NeighbourLink known = links.get(link);
        if (known == null) {
            return;
        }
        boolean more = known.told(news, context.mostNeighbours());
        if (more || links.values().stream().anyMatch(each -> each.lacks(known.neighbour(each.peer)))) {
            lookSoon();
        } else if (!changed && !busy) {
            // It is looked at when it is time: if each node answered numbers soon, all would do so for ever.
            context.wake();
        }
        changed = true;
    }

    private void lookSoon() {
        long soon = context.nanos() + SOON;
        if (nextAt - soon > 0) {
            nextAt = soon;
        }
        context.wake();
    }

    /** Does what is due. */
    public void tick(long now) {
        boolean full = now - saidAt >= SOON && links.values().stream().anyMatch(link -> link.level.isFull());
        if (now - nextAt >= 0 || full) {
            nextAt = now + LOOK;
            look(now);
        } else {
            for (NeighbourLink link : links.values()) {
                if (link.isWaiting()) {
                    repair(link, now);
                }
            }
        }
    }

    private void look(long now) {
        changed |= gone.values().removeIf(each -> now - each.at >= REMEMBERED);
        long mostBehind = context.cacheLimit() / BEHIND_PART;
        busy = false;
        for (NeighbourLink link : List.copyOf(links.values())) {
            boolean news = link.hasChanged(now, context.settings().maxMessageBytes(), mostBehind);
            repair(link, now);
            changed |= news;
            busy |= news || link.isLost(now);
        }
        if (changed) {
            changed = false;
            say(now);
            serve(now);
        }
        agreements.look(now);
        if (!links.isEmpty() && links.values().stream().allMatch(link -> link.isLinkedTo(links.values()))) {
            tree.heal(now);
        }
    }

    private void repair(NeighbourLink link, long now) {
        if (link.isBehind(most(link), now, PATIENCE)) {
            link.lose(now);
            say(now);
            fetch(link.peer, link.epoch(), link.numbers());
        }
    }

    /** Whether something is waited for. */
    public boolean isBusy() {
        return links.values().stream().anyMatch(NeighbourLink::isWaiting);
    }

    /** For how long, from now on, it has nothing else to do. */
    public long rest(long now) {
        return busy || changed ? nextAt - now : LOOK;
    }

    /** The highest numbers that others have of a publisher. */
    private long[] most(NeighbourLink publisher) {
        long[] most = UNTOLD.clone();
        for (NeighbourLink other : links.values()) {
            Neighbour seen = other == publisher ? null : other.neighbour(publisher.peer);
            if (seen != null && seen.epoch() == publisher.epoch()) {
                for (int i = 0; i < PRIORITIES; i++) {
                    most[i] = Math.max(most[i], seen.numbers()[i]);
                }
            }
        }
        return most;
    }

    /** Asks the one that has most of a publisher for what is missing. */
    private void fetch(long publisher, int publisherEpoch, long[] numbers) {
        NeighbourLink best = null;
        long most = Long.MIN_VALUE;
        for (NeighbourLink other : links.values()) {
            Neighbour seen = other.neighbour(publisher);
            if (seen != null && seen.epoch() == publisherEpoch && !other.outbound.link().isPaused()) {
                long sum = Arrays.stream(seen.numbers()).sum();
                if (sum > most) {
                    most = sum;
                    best = other;
                }
            }
        }
        if (best != null) {
            best.outbound.link().offer(new Fetch(publisher, publisherEpoch, numbers).frame());
        }
    }

    /** A peer asks for what this node has of a publisher. */
    public void fetched(Outbound outbound, Fetch fetch) {
        for (NeighbourLink link : links.values()) {
            if (link.peer == fetch.peer() && link.epoch() == fetch.epoch()) {
                // It may ask before this node has looked at what it said: nothing would be sent.
                outbound.link().served(outbound.link().served() & ~link.outbound.link().bit());
                link.source.back(outbound, fetch.numbers(), true);
                return;
            }
        }
        Gone ended = gone.get(fetch.peer());
        if (ended != null && ended.epoch == fetch.epoch()) {
            ended.source.back(outbound, fetch.numbers(), true);
        }
    }

    /** Tells every peer what changed. */
    private void say(long now) {
        saidAt = now;
        long bits = keys.next();
        Key key = new Key(bits);
        Map<NeighbourLink, Neighbour> all = new LinkedHashMap<>();
        for (NeighbourLink link : links.values()) {
            // Before it is looked for gaps: a number behind one may be of another epoch.
            long[] numbers = link.numbers();
            all.put(link, new Neighbour(link.peer, link.sendsAll(), link.isLevel(now), link.epoch(), numbers));
        }
        for (NeighbourLink to : all.keySet()) {
            List<Neighbour> others = new ArrayList<>();
            all.forEach((link, seen) -> {
                if (link != to) {
                    others.add(to.neighbour(link.peer) != null ? agreements.proved(seen, link, to, key)
                            : new Neighbour(seen.peer(), false, false, 0, UNTOLD));
                }
            });
            gone.forEach((peer, ended) -> others.add(new Neighbour(peer, false, false, ended.epoch, ended.numbers)));
            to.say(new Neighbourhood(bits, epoch, to.outbound.beganAfter(), others));
        }
    }

    /** Notes for each peer whose messages it gets without us, and goes back to what it does not get any more. */
    private void serve(long now) {
        for (NeighbourLink to : links.values()) {
            long served = 0;
            long neighbours = 0;
            for (NeighbourLink publisher : links.values()) {
                Neighbour there = publisher.neighbour(to.peer);
                Neighbour here = to.neighbour(publisher.peer);
                long bit = publisher.outbound.link().bit();
                neighbours |= there != null && here != null ? bit : 0;
                if (there != null && here != null && there.sends() && here.level()
                        && here.epoch() == publisher.epoch() && context.settings().relayMode() != RelayMode.FLOOD) {
                    served |= bit;
                    to.outbound.carriage().servedAfter(publisher.outbound.link(), here.numbers());
                    agreements.begin(to, publisher, here, now);
                }
            }
            long ended = to.outbound.link().served() & ~served;
            to.outbound.link().served(served);
            tree.knows(to.outbound, neighbours, Long.bitCount(neighbours) == to.neighbourCount());
            if (ended != 0) {
                announceInstead(to, ended);
            }
        }
    }

    /** Goes back to what a peer has of publishers that do not serve it any more, a bit each. */
    private void announceInstead(NeighbourLink to, long ended) {
        for (NeighbourLink publisher : links.values()) {
            Neighbour here = to.neighbour(publisher.peer);
            if (here != null && (ended & publisher.outbound.link().bit()) != 0) {
                publisher.source.back(to.outbound, agreements.end(to, publisher, here.numbers()), false);
            }
        }
    }
}
