// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.gossip.log.EntryIndex;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.relay.Tree;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;

/**
 * Asks for messages that were announced and did not come ({@code docs/protocol.md} §6): after T1 the best announcer,
 * after MISSING or T2 the next. Ids whose announcers may be asked nothing just now wait at one of them, where the
 * fewest do: a peer that announces much keeps no other from being asked. Confined to the relay's thread unless
 * said otherwise.
 */
public final class Wanted {

    private static final long T2_MIN = TimeUnit.MILLISECONDS.toNanos(500);
    /** Starved ids of a link that may be in vain before others are not even looked at. */
    private static final int MAX_REFUSED = 16;

    private final GossipContext context;
    private final Tree tree;
    private final EntryIndex index;
    private final Predicate<IdKey> pending;
    private final EntryIndex.Found found = new EntryIndex.Found();
    private final AskedLinks links;
    private final ConcurrentHashMap<IdKey, Want> wants = new ConcurrentHashMap<>();
    private final Timers timers = new Timers();
    private final Batches batches;
    private final Patience patience;
    private final OldestWanted oldest;
    private volatile boolean starving;

    /**
     * Nothing is wanted yet.
     *
     * @param tree takes links in that have what is missing
     * @param index finds what is there
     * @param pending whether a message is here but has not been validated
     */
    public Wanted(GossipContext context, Tree tree, EntryIndex index, Predicate<IdKey> pending) {
        this.context = context;
        this.tree = tree;
        this.index = index;
        this.pending = pending;
        this.links = new AskedLinks(context.mostEntries());
        this.batches = new Batches(context.counters.wantedSent);
        this.oldest = new OldestWanted(context);
        this.patience = new Patience(context.nanos());
    }

    /** A peer announced messages. */
    public void announced(GossipLink link, List<Announcement> announcements) {
        long now = context.nanos();
        long mostAge = oldest.millis(now);
        long wait = patience.nanos(context.links.all(), now);
        // Newest first on the wire; what is older leaves the caches sooner and is asked for first.
        for (int i = announcements.size() - 1; i >= 0; i--) {
            Announcement announcement = announcements.get(i);
            if (!isHere(announcement, link.bit()) && announcement.ageMillis() <= mostAge) {
                want(link, announcement, now, wait);
            }
        }
        AskedLink announcer = links.get(link);
        if (announcer != null && announcer.breaksPromises(now)) {
            link.standing().recordFailure(Cause.PROMISE_BROKEN);
        }
        context.wake();
    }

    /** Whether a message is in a log, where it is noted which links have it too, or was seen and is in none. */
    private boolean isHere(IdKey id, long links) {
        if (!index.find(id.word0(), id.word1(), id.word2(), id.word3(), found)) {
            return pending.test(id) || context.services.hasSeen(id);
        }
        found.segment().addKnown(found.entry(), links);
        found.unpin();
        return true;
    }

    private void want(GossipLink announcer, Announcement announcement, long now, long wait) {
        Want want = wants.get(announcement);
        AskedLink link = links.of(announcer, now);
        if (want != null) {
            want.alsoAnnouncedBy(link, announcement.rawLength());
        } else if (announcer.isUp() && hasRoom(link)) {
            want = new Want(announcement, link, now);
            wants.put(want, want);
            link.promised.add(want);
            timers.arm(want, now + wait + nanosFor(want.length(), 4 << 20));
        }
    }

    /** Whether there is room for one more id of a link, perhaps as one of another gives way. */
    private boolean hasRoom(AskedLink link) {
        Want oldest = links.toGiveWay(link, wants.size());
        if (oldest != null) {
            oldest.unstarve();
            forget(oldest);
        }
        return links.mayPromise(link, wants.size());
    }

    private static long nanosFor(long bytes, long bytesPerSecond) {
        return bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    /** A new message came. Any thread. Whether another peer was asked for it: then its copy is no fault. */
    public boolean arrived(IdKey id, GossipLink from, long now) {
        Want want = wants.isEmpty() ? null : wants.get(id);
        if (want == null) {
            return false;
        }
        GossipLink asked = want.asked();
        if (asked == from) {
            context.counters.repaired.increment();
        } else if (asked != null) {
            patience.needless();
        }
        context.relay.post(() -> {
            // While something is asked for it may come over a link that was told to send just now.
            patience.came(links.requested() == 0 ? now - want.since : 0);
            countNeeded(want.cameFrom(from));
            forget(want);
        });
        return asked != null && asked != from;
    }

    private void countNeeded(boolean needed) {
        if (needed) {
            patience.needed();
        }
    }

    /** What was asked for came by itself too. Any thread. */
    public void needless() {
        patience.needless();
    }

    /** Whether a message is asked for over a link just now. Any thread. */
    public boolean isAsked(IdKey id, GossipLink link) {
        Want want = wants.isEmpty() ? null : wants.get(id);
        return want != null && want.asked() == link;
    }

    private void forget(Want want) {
        want.unask();
        if (!want.isDone()) {
            want.done();
            wants.remove(want);
        }
    }

    /** A peer cannot serve what it was asked for. What it was not asked for is ignored. */
    public void missing(GossipLink link, List<MessageId> ids) {
        IdKey probe = new IdKey();
        for (MessageId id : ids) {
            probe.set(id);
            Want want = wants.get(probe);
            if (want != null && want.asked() == link) {
                want.unask();
                request(want);
            }
        }
        sendBatches();
    }

    /** A link is gone: its requests go to others. */
    public void down(GossipLink link) {
        AskedLink gone = links.remove(link);
        if (gone != null) {
            for (Want want : gone.asked.stream().sorted().toList()) {
                want.unask();
                request(want);
            }
            List.copyOf(gone.starved).forEach(id -> request((Want) id));
            List.copyOf(gone.promised).stream().filter(want -> !want.handOver()).forEach(this::request);
        }
        sendBatches();
    }

    /** Asks for what is due. */
    public void tick(long now) {
        feedStarved();
        Want want;
        while ((want = timers.next(now)) != null) {
            GossipLink asked = want.asked();
            if (asked != null && asked.isPaused()) {
                timers.arm(want, now + T2_MIN);
            } else {
                countNeeded(want.late());
                request(want);
            }
        }
        sendBatches();
    }

    /** Asks for what waits for room, link by link in order, until too many of a link may not be asked for. */
    private void feedStarved() {
        for (AskedLink link : links.all()) {
            if (link.starved.isEmpty()) {
                continue;
            }
            Iterator<IdKey> each = link.starved.iterator();
            for (int refused = 0; each.hasNext() && refused < MAX_REFUSED;) {
                Want want = (Want) each.next();
                if (want.isDone() || tryRequest(want)) {
                    each.remove();
                } else {
                    refused++;
                }
            }
        }
    }

    /** Asks for an id; keeps it waiting if no peer may be asked now. */
    private void request(Want want) {
        if (!tryRequest(want)) {
            want.timer(null);
            want.starve();
        }
    }

    /** Asks the best announcer that may be asked now. Whether that, the lack of any or the message itself did it. */
    private boolean tryRequest(Want want) {
        List<AskedLink> candidates = want.candidates();
        // It may have come just as it was announced: then it was not known to be wanted.
        boolean here = isHere(want, 0);
        if (here || candidates.isEmpty()) {
            context.counters.missed.add(here ? 0 : 1);
            forget(want);
            return true;
        }
        long now = context.nanos();
        for (AskedLink link : candidates) {
            if (link.mayAsk(want.length(), patience.atOnce(), now)) {
                want.ask(link);
                patience.requested();
                timers.arm(want, now + Math.max(T2_MIN, 2 * link.link.timeoutNanos())
                        + nanosFor(link.requestedBytes, 1 << 20));
                if (!tree.graft(link.link, want, now)) {
                    batches.add(link.link, want);
                }
                return true;
            }
        }
        return false;
    }

    private void sendBatches() {
        batches.send();
        starving = links.starve();
    }

    /** Whether ids wait for room to be asked for. Any thread. */
    public boolean isStarved() {
        return starving;
    }

    /** Whether anything is wanted. */
    public boolean isBusy() {
        return !wants.isEmpty();
    }

    /** How many ids are wanted. Any thread. */
    public int size() {
        return wants.size();
    }

    /** Requests outstanding; what must be 0 when all is over. */
    public int requested() {
        return links.requested();
    }

    /** Ids wanted of the peer of which most are. */
    public int mostOfOnePeer() {
        return links.mostOfOnePeer();
    }

    /** Bytes asked of the peer of which most are. */
    public long mostBytesOfOnePeer() {
        return links.mostBytesOfOnePeer();
    }
}
