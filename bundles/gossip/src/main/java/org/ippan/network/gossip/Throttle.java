// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.ippan.network.api.event.EventType;

/**
 * Receiver back-pressure ({@code docs/protocol.md} §7). Confined to the relay's thread.
 *
 * <p>A short burst fills the room too, and is best met by not reading for a few milliseconds. So a peer is asked to
 * announce instead of sending (PRUNE) only when less than a quarter of its share, or of the whole, was free and at no
 * time within 100 ms half of it. It is taken back (GRAFT without an id) when three quarters are free and nothing waits
 * for room to be asked of it, unless it brings nothing anyway. While that lasts PRUNE is repeated every 10 s: the peer
 * may have forgotten.
 */
final class Throttle {

    private static final int BACKOFF_SECONDS = 10;
    private static final long BACKOFF = TimeUnit.SECONDS.toNanos(BACKOFF_SECONDS);
    private static final long LASTING = TimeUnit.MILLISECONDS.toNanos(100);
    /** Requests in vain from which on a peer is taken for one that cannot keep what it announces. */
    private static final int MANY_UNANSWERED = 16;
    private static final double PRESSED = 0.75;
    private static final double RELIEVED = 0.25;

    private final GossipContext context;
    private final GossipCore core;
    private final BiConsumer<EventType, String> events;
    private final AtomicBoolean relief = new AtomicBoolean();
    private final List<GossipLink> paused = new ArrayList<>();
    private volatile int pausedLinks;
    private volatile boolean active;

    Throttle(GossipCore core, BiConsumer<EventType, String> events) {
        this.core = core;
        this.context = core.context;
        this.events = events;
    }

    /** Room was given back; any thread. Worth a look only if somebody waits for it. */
    void relieved() {
        if ((pausedLinks > 0 || core.wanted.isStarved()) && relief.compareAndSet(false, true)) {
            context.relay.post(() -> {
                relief.set(false);
                resume();
                core.wanted.tick(context.ticker.nanos());
            });
        }
    }

    /** A link is not read for want of room. */
    void paused(GossipLink link) {
        paused.add(link);
        pausedLinks = paused.size();
        context.wake.run();
        resume();
    }

    /** Reads the links again that there is room for. */
    private void resume() {
        paused.removeIf(link -> {
            if (link.isUp() && (context.isOverloaded() || !core.intake.retry(link))) {
                return false;
            }
            link.inbound().paused = false;
            link.readable(true);
            return true;
        });
        pausedLinks = paused.size();
    }

    /** Reads every link again, whatever becomes of it: there will be nobody to do it later. */
    void letGo() {
        paused.forEach(link -> link.readable(true));
        paused.clear();
        pausedLinks = 0;
    }

    void tick(long now) {
        resume();
        boolean any = false;
        for (GossipLink link : context.links.all()) {
            check(link, now);
            any |= link.state().throttled;
        }
        if (any != active) {
            active = any;
            events.accept(any ? EventType.OVERLOAD_STARTED : EventType.OVERLOAD_ENDED, any
                    ? "Messages come faster than validators and listeners take them; peers announce instead of sending"
                    : "Validators and listeners keep up again");
        }
    }

    private void check(GossipLink link, long now) {
        LinkState state = link.state();
        double used = link.share().used();
        if (link.share().wasCalm()) {
            state.calmAt = now;
        }
        if (state.throttled && used <= RELIEVED
                && (state.starved.isEmpty() || state.unanswered >= MANY_UNANSWERED)) {
            state.throttled = !link.offer(ControlCodec.GRAFT_NONE);
        } else if (state.throttled ? now - state.throttledAt >= BACKOFF
                : link.isEager() && used > PRESSED && now - state.calmAt >= LASTING) {
            state.throttled = core.tree.prune(link, BACKOFF_SECONDS);
            state.throttledAt = now;
        }
    }

    /** Whether pressure is being watched. */
    boolean isBusy() {
        if (active || pausedLinks > 0) {
            return true;
        }
        for (GossipLink link : context.links.all()) {
            if (link.share().messagesHeld() > 0) {
                return true;
            }
        }
        return false;
    }

    boolean isActive() {
        return active;
    }

    int pausedLinks() {
        return pausedLinks;
    }
}
