// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Priority;

/**
 * Decides whether publishers have to wait ({@code docs/protocol.md} §9): while a link's queue is congested (full, for
 * urgent messages: a quarter of it is theirs), or while a peer that takes announcements only has much left to fetch,
 * which would leave the cache before it is fetched. A link that stays in trouble for 5 s while another is well is slow:
 * nobody waits for it any more. So is one whose peer takes announcements only again and again: to say in between that
 * it has room does not make publishers wait for ever.
 */
final class Backpressure {

    private static final long SLOW_AFTER = TimeUnit.SECONDS.toNanos(5);
    /** Part of the cache, in bytes and in time, that may be owed to a peer. */
    private static final int OWED_SHARE = 4;

    private final GossipContext context;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean owing;

    /** Somebody who is told when there is room for messages of a priority. */
    private record Waiting(Priority priority, CompletableFuture<Void> future) {
    }

    Backpressure(GossipContext context) {
        this.context = context;
    }

    /** Whether publishers have to wait. A congested link still has room for what is urgent. Any thread. */
    boolean isOn(Priority priority) {
        if (owing || context.isOverloaded()) {
            return true;
        }
        for (GossipLink link : context.links.all()) {
            if (link.isEager() && !link.hasRoomFor(priority) && !link.isSlow()) {
                return true;
            }
        }
        return false;
    }

    /** Completes when publishers need not wait. Any thread. */
    CompletionStage<Void> whenWritable(Priority priority) {
        if (context.stopping || !isOn(priority)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        waiting.add(new Waiting(priority, future));
        context.relay.post(() -> {
            context.wake.run();
            tell();
        });
        return future;
    }

    /** Tells who waits, on threads that may be held up. Confined to the relay. */
    void tell() {
        if (waiting.isEmpty()) {
            return;
        }
        boolean urgent = context.stopping || !isOn(Priority.HIGH);
        boolean others = context.stopping || !isOn(Priority.NORMAL);
        waiting.removeIf(one -> {
            boolean told = one.priority() == Priority.HIGH ? urgent : others;
            if (told) {
                context.callbacks.execute(() -> one.future().complete(null));
            }
            return told;
        });
    }

    void tick(long now) {
        int well = 0;
        for (GossipLink link : context.links.all()) {
            LinkState state = link.state();
            state.countFetching(now);
            boolean troubled = link.congested() || state.isHeld(now);
            if (troubled != state.troubled) {
                state.troubled = troubled;
                state.troubleChangedAt = now;
            }
            if (!troubled && !isRecent(state, now) && !state.isFetching(now)) {
                state.settleAll();
            }
            well += troubled ? 0 : 1;
        }
        boolean owes = endangersOwed(now);
        for (GossipLink link : context.links.all()) {
            LinkState state = link.state();
            boolean othersAreWell = well > (state.troubled ? 0 : 1);
            link.slow(othersAreWell && (state.troubled && !isRecent(state, now) || state.isFetchingTooOften()));
            owes |= state.isHeld(now) && owesMuch(state, now) && !link.isSlow();
        }
        owing = owes;
        tell();
    }

    /** Whether a link's trouble, or its end, is less than 5 s old. */
    private static boolean isRecent(LinkState state, long now) {
        return now - state.troubleChangedAt < SLOW_AFTER;
    }

    /** Whether publishers wait until a peer has fetched a message: it stays in the cache until then, or is too old. */
    boolean isOwed(HeldMessage message, long now) {
        if (message.ageMillisAt(now) > context.settings.maxAgeMillis()) {
            return false;
        }
        for (GossipLink link : context.links.all()) {
            if (!link.isSlow() && message.isOwed(link.slot()) && link.state().isFetching(now)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the next messages would push one out of the cache that a peer is still to fetch. */
    private boolean endangersOwed(long now) {
        HeldMessage oldest = context.cache.oldest();
        long limit = context.cacheLimit();
        return oldest != null && context.cache.bytes() > limit - limit / OWED_SHARE && isOwed(oldest, now);
    }

    /** Stops publishers at once, and not at the next tick, when the cache is full of what is owed. */
    void protectOwed(long now) {
        owing |= endangersOwed(now);
    }

    private boolean owesMuch(LinkState state, long now) {
        long oldest = state.owedNanos(now);
        return oldest > context.settings.cacheNanos() / OWED_SHARE
                || state.owedBytes() > context.cacheLimit() / OWED_SHARE;
    }

    /** Whether somebody waits or a link is in trouble. */
    boolean isBusy() {
        if (owing || !waiting.isEmpty()) {
            return true;
        }
        for (GossipLink link : context.links.all()) {
            if (link.congested() || link.state().isFetching(context.ticker.nanos())) {
                return true;
            }
        }
        return false;
    }
}
