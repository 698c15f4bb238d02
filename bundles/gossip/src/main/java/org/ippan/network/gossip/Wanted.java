// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.ControlCodec.Announcement;

/**
 * Asks for messages that were announced and did not come ({@code docs/protocol.md} §6): after T1 the best announcer,
 * after MISSING or T2 the next. Confined to the relay's thread but for {@link #arrived}. Times are kept in one queue
 * that is looked through at each tick, not as a timer for each id. Ids whose announcers may be asked nothing just now
 * wait at one of them, where the fewest do: who announces much keeps nobody from asking others.
 */
final class Wanted {

    private static final int MAX_WANTS = 65_536;
    /** No peer may fill more than half of the table. */
    private static final int MAX_WANTS_PER_LINK = MAX_WANTS / 2;
    private static final long MAX_REQUESTED_BYTES = 8L << 20;
    private static final long T2_MIN = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long WINDOW_REFRESH = TimeUnit.SECONDS.toNanos(5);
    /** Starved ids of a link that may be in vain before others are not even looked at. */
    private static final int MAX_REFUSED = 16;

    private final GossipContext context;
    private final Tree tree;
    private final ConcurrentHashMap<IdKey, Want> wants = new ConcurrentHashMap<>();
    private final PriorityQueue<Due> byTime = new PriorityQueue<>();
    private final Map<GossipLink, List<Want>> batches = new LinkedHashMap<>();
    final Patience patience;
    private volatile boolean starving;
    private long order;
    private long windowMillis = Long.MAX_VALUE;
    private long windowReadAt;

    /** When to look at an id again; equal times in order of arming. */
    record Due(Want want, long at, long order) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at - other.at, 0);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    Wanted(GossipContext context, Tree tree) {
        this.context = context;
        this.tree = tree;
        this.windowReadAt = context.ticker.nanos() - WINDOW_REFRESH;
        this.patience = new Patience(context.ticker.nanos());
    }

    /** A peer announced messages. */
    void announced(GossipLink link, List<Announcement> announcements) {
        long now = context.ticker.nanos();
        long oldest = oldestWanted(now);
        long wait = patience.nanos(context.links.all(), now);
        // Newest first on the wire; what is older leaves the caches sooner and is asked for first.
        for (int i = announcements.size() - 1; i >= 0; i--) {
            Announcement announcement = announcements.get(i);
            HeldMessage held = context.cache.get(announcement);
            if (held != null) {
                held.knownTo(link.slot());
                link.state().settle(held);
            } else if (announcement.ageMillis() <= oldest && !context.services.hasSeen(announcement)) {
                want(link, announcement, now + wait);
            }
        }
        context.wake.run();
    }

    private void want(GossipLink link, Announcement announcement, long due) {
        Want want = wants.get(announcement);
        if (want != null) {
            want.alsoAnnouncedBy(link, announcement.rawLength());
        } else if (link.isUp() && wants.size() < MAX_WANTS && link.state().wants < MAX_WANTS_PER_LINK) {
            want = new Want(announcement, link);
            wants.put(want, want);
            link.state().wants++;
            wait(want, due + nanosFor(want.length(), 4 << 20));
        }
    }

    private static long nanosFor(long bytes, long bytesPerSecond) {
        return bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    /** Age in milliseconds up to which messages are wanted: older ones were forgotten, or would be ignored. */
    private long oldestWanted(long now) {
        if (now - windowReadAt >= WINDOW_REFRESH) {
            windowReadAt = now;
            MessageDeduplicator dedup = context.services.dedup;
            windowMillis = dedup == null ? Long.MAX_VALUE : (long) (dedup.snapshot().reachedWindowSeconds() * 1000);
        }
        return Math.min(windowMillis, context.settings.maxAgeMillis());
    }

    /** A new message came. Any thread. */
    void arrived(HeldMessage message) {
        if (wants.isEmpty()) {
            return;
        }
        Want want = wants.get(message);
        if (want != null) {
            GossipLink asked = want.asked();
            if (asked == message.from) {
                context.counters.repaired.increment();
            } else if (asked != null) {
                patience.needless();
                message.alsoAskedOf(asked);
            }
            context.relay.post(() -> {
                if (want.asked() == message.from && message.from != null) {
                    message.from.state().unanswered = 0;
                }
                forget(want);
            });
        }
    }

    /** Whether a message is asked for over a link just now. Any thread. */
    boolean isAsked(IdKey id, GossipLink link) {
        Want want = wants.get(id);
        return want != null && want.asked() == link;
    }

    private void forget(Want want) {
        want.unask();
        if (!want.isDone()) {
            want.done();
            wants.remove(want);
            want.first.state().wants--;
        }
    }

    /** A peer cannot serve what it was asked for. What it was not asked for is ignored. */
    void missing(GossipLink link, List<MessageId> ids) {
        IdKey probe = new IdKey();
        for (MessageId id : ids) {
            probe.set(id);
            Want want = wants.get(probe);
            if (want != null && want.asked() == link) {
                link.state().unanswered++;
                want.unask();
                request(want);
            }
        }
        sendBatches();
    }

    /** A link is gone: its requests go to others. */
    void down(GossipLink link) {
        for (Want want : List.copyOf(wants.values())) {
            if (want.asked() == link) {
                want.unask();
                request(want);
            }
        }
        List.copyOf(link.state().starved).forEach(this::request);
        sendBatches();
    }

    /** Asks for what is due. */
    void tick(long now) {
        feedStarved();
        while (!byTime.isEmpty() && byTime.peek().at() - now <= 0) {
            Due due = byTime.remove();
            Want want = due.want();
            GossipLink asked = want.asked();
            if (want.isDone() || want.timer() != due) {
                continue;
            }
            if (asked != null && asked.inbound().paused) {
                wait(want, now + T2_MIN);
            } else {
                if (asked != null) {
                    asked.state().unanswered++;
                }
                want.unask();
                request(want);
            }
        }
        sendBatches();
    }

    /** Asks for what waits for room, link by link in order, until too many of a link may not be asked for. */
    private void feedStarved() {
        for (GossipLink link : context.links.all()) {
            int refused = 0;
            Iterator<Want> each = link.state().starved.iterator();
            while (each.hasNext() && refused < MAX_REFUSED) {
                Want want = each.next();
                if (want.isDone() || tryRequest(want)) {
                    each.remove();
                } else {
                    refused++;
                }
            }
        }
    }

    /** Arms the one timer that counts for an id. */
    private void wait(Want want, long until) {
        Due due = new Due(want, until, order++);
        want.timer(due);
        byTime.add(due);
    }

    /** Asks for an id; keeps it waiting if nobody may be asked now. */
    private void request(Want want) {
        if (!tryRequest(want)) {
            want.timer(null);
            want.starve();
        }
    }

    /** Asks the best announcer that may be asked now. Whether that, or the lack of any, settled the matter. */
    private boolean tryRequest(Want want) {
        List<GossipLink> candidates = want.candidates();
        if (candidates.isEmpty()) {
            context.counters.missed.increment();
            forget(want);
            return true;
        }
        long now = context.ticker.nanos();
        for (GossipLink link : candidates) {
            if (mayAsk(link, want.length(), now)) {
                want.ask(link);
                patience.requested();
                wait(want, now + Math.max(T2_MIN, 2 * link.timeoutNanos())
                        + nanosFor(link.state().requestedBytes, 1 << 20));
                if (!tree.graft(link, want, now)) {
                    batches.computeIfAbsent(link, any -> new ArrayList<>()).add(want);
                }
                return true;
            }
        }
        return false;
    }

    private static boolean mayAsk(GossipLink link, int length, long now) {
        LinkState state = link.state();
        if (state.requested > 0 && state.requestedBytes + length > MAX_REQUESTED_BYTES) {
            return false;
        }
        if (state.throttled || link.inbound().paused) {
            Room.Share share = link.share();
            boolean fits = state.requested < share.freeMessages()
                    && state.requestedBytes + length <= share.freeBytes();
            if (!fits && (state.requested > 0 || share.messagesHeld() > 0)) {
                return false;
            }
        }
        return state.asking.allow(1, now);
    }

    private void sendBatches() {
        batches.forEach((link, asked) -> {
            for (int from = 0; from < asked.size(); from += ControlCodec.MAX_IDS) {
                List<Want> some = asked.subList(from, Math.min(asked.size(), from + ControlCodec.MAX_IDS));
                context.counters.wantedSent.add(some.size());
                link.offer(ControlCodec.ids(FrameType.IWANT, some));
            }
        });
        batches.clear();
        starving = Arrays.stream(context.links.all()).anyMatch(link -> !link.state().starved.isEmpty());
    }

    /** Whether ids wait for room to be asked for. Any thread. */
    boolean isStarved() {
        return starving;
    }

    boolean isBusy() {
        return !wants.isEmpty();
    }

    int size() {
        return wants.size();
    }
}
