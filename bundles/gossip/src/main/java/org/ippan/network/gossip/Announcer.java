// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ippan.network.gossip.ControlCodec.Announcement;

/**
 * Tells peers of messages that were not sent to them, so that they can ask ({@code docs/protocol.md} §6): what a full
 * queue, a congested link or a throttled peer kept back, and on a new link a digest of all that is cached. Confined to
 * the relay's thread.
 */
final class Announcer {

    /** Links we opened are chosen first, up to this many: an attacker chooses the others. */
    private static final int MIN_OUTBOUND = 4;
    /** How many intervals the end that was dialled leaves the other to be first. */
    private static final int HEARING = 2;
    /** How often lazy links are told of all that is recent, and how far back that goes. */
    private static final long DIGEST_INTERVAL = TimeUnit.SECONDS.toNanos(30);
    private static final long DIGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);

    private final GossipContext context;
    private final GossipCore core;
    private long nextAt;

    Announcer(GossipCore core) {
        this.core = core;
        this.context = core.context;
        this.nextAt = context.ticker.nanos();
    }

    /** A message is to be announced to everyone who was not sent it. */
    void add(HeldMessage message) {
        for (GossipLink link : context.links.all()) {
            if (isNews(message, link) && !message.sent.has(link.slot())) {
                add(link, message);
            }
        }
    }

    /** A message is to be announced to a link. */
    void add(GossipLink link, HeldMessage message) {
        if (!link.isUp() || !context.cache.isServable(message)) {
            return;
        }
        LinkState state = link.state();
        if (state.announce(message, link.isEager() || state.isHeld(context.ticker.nanos()))) {
            context.counters.announcementsDropped.increment();
        }
        context.wake.run();
        if (state.toAnnounce.size() >= ControlCodec.MAX_IDS) {
            flush(link, true);
        }
    }

    /**
     * Announces all that is cached and the peer is not known to have.
     *
     * @param link to whom
     * @param full whether what was sent to it counts as not received: its handler is a new one
     */
    void digest(GossipLink link, boolean full) {
        LinkState state = link.state();
        state.digestDue = true;
        state.digestNanos = Long.MAX_VALUE;
        state.digestFull |= full;
        context.wake.run();
        digest(link, context.ticker.nanos());
    }

    /**
     * With more lazy links than are told of each message, some peer may hear of one from nobody: each is told from time
     * to time of all that is recent.
     */
    private void remind(long now) {
        int lazy = 0;
        for (GossipLink link : context.links.all()) {
            lazy += link.isEager() ? 0 : 1;
        }
        for (GossipLink link : context.links.all()) {
            LinkState state = link.state();
            if (now - state.nextDigestAt >= 0) {
                state.nextDigestAt = now + DIGEST_INTERVAL;
                if (lazy > context.settings.announceFanout() && !link.isEager()) {
                    state.digestDue = true;
                    state.digestNanos = Math.max(state.digestNanos, DIGEST_INTERVAL);
                }
            }
        }
    }

    /** Does what is due. */
    void tick(long now) {
        remind(now);
        for (GossipLink link : context.links.all()) {
            digest(link, now);
        }
        if (now - nextAt >= 0) {
            nextAt = now + (long) (interval() * (0.5 + context.random.nextDouble()));
            chosen().forEach(link -> flush(link, false));
        }
    }

    /** Whether anything waits. */
    boolean isBusy() {
        for (GossipLink link : context.links.all()) {
            LinkState state = link.state();
            if (state.digestDue || !state.digest.isEmpty() || !state.toAnnounce.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The links to be told now: all that something waits for, or a random choice of them. */
    private List<GossipLink> chosen() {
        List<GossipLink> waiting = new ArrayList<>();
        for (GossipLink link : context.links.all()) {
            if (!link.state().toAnnounce.isEmpty()) {
                waiting.add(link);
            }
        }
        int fanout = context.settings.announceFanout();
        if (waiting.size() <= fanout) {
            return waiting;
        }
        for (int i = waiting.size() - 1; i > 0; i--) {
            Collections.swap(waiting, i, context.random.nextInt(i + 1));
        }
        List<GossipLink> chosen = new ArrayList<>(
                waiting.stream().filter(GossipLink::dialled).limit(Math.min(MIN_OUTBOUND, fanout)).toList());
        waiting.stream().filter(link -> !chosen.contains(link)).limit(fanout - chosen.size()).forEach(chosen::add);
        return chosen;
    }

    /**
     * Announces what waits. The end that was dialled waits longer: both ends of a lazy link get a message at about the
     * same time, and who hears of it first need not announce it back.
     *
     * @param all whether also what came just now
     */
    private void flush(GossipLink link, boolean all) {
        LinkState state = link.state();
        state.toAnnounce.removeIf(message -> !isNews(message, link) || message.sent.has(link.slot()));
        long latest = context.ticker.nanos() - (all || link.dialled() ? 0 : HEARING * interval());
        List<HeldMessage> newestFirst = new ArrayList<>(state.toAnnounce);
        newestFirst.removeIf(message -> message.bornNanos() - latest > 0);
        Collections.reverse(newestFirst);
        for (int from = 0; from < newestFirst.size(); from += ControlCodec.MAX_IDS) {
            List<HeldMessage> some = newestFirst.subList(from,
                    Math.min(newestFirst.size(), from + ControlCodec.MAX_IDS));
            if (!announce(link, some)) {
                return;
            }
            some.forEach(state.toAnnounce::remove);
        }
    }

    private long interval() {
        return TimeUnit.MILLISECONDS.toNanos(context.settings.announceMillis());
    }

    private void digest(GossipLink link, long now) {
        LinkState state = link.state();
        if (state.digestDue && state.digest.isEmpty() && now - state.digestAllowedAt >= 0) {
            for (HeldMessage message : context.cache.newestFirst()) {
                if (now - message.bornNanos() > state.digestNanos) {
                    break;
                }
                if (isNews(message, link) && (state.digestFull || !message.sent.has(link.slot()))) {
                    state.digest.add(message);
                }
            }
            state.digestDue = false;
            state.digestNanos = 0;
            state.digestFull = false;
            state.digestAllowedAt = now + DIGEST_PAUSE;
        }
        List<HeldMessage> some = new ArrayList<>();
        while (!state.digest.isEmpty() && !link.congested()) {
            some.clear();
            state.digest.stream().limit(ControlCodec.MAX_IDS).forEach(some::add);
            if (!announce(link, some)) {
                return;
            }
            some.forEach(sent -> state.digest.remove());
        }
    }

    /** Whether a link should hear of a message. */
    private boolean isNews(HeldMessage message, GossipLink link) {
        return context.cache.get(message) == message && !message.known.has(link.slot())
                && core.relay.mayCarry(message, link);
    }

    /** Sends one IHAVE. Whether the queue took it. */
    private boolean announce(GossipLink link, List<HeldMessage> messages) {
        if (messages.isEmpty()) {
            return true;
        }
        long now = context.ticker.nanos();
        List<Announcement> announcements = new ArrayList<>(messages.size());
        for (HeldMessage message : messages) {
            announcements.add(new Announcement(message.id(), message.length(), message.ageMillisAt(now)));
        }
        if (!link.offer(ControlCodec.ihave(announcements))) {
            return false;
        }
        context.counters.announced.add(announcements.size());
        return true;
    }
}
