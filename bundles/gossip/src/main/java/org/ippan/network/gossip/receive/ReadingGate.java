// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.ippan.network.api.event.EventType;
import org.ippan.network.gossip.model.GossipContext;

/**
 * Stops reading links, as the last resort: one whose messages wait for validators and listeners beyond its share, and
 * one whose log others have not passed within theirs. The peer is stopped by its own log then, and its publishers by
 * that. Each pause is looked at again right after it was set, whenever room is given back, and by a timer. Confined to
 * the relay's thread unless said otherwise.
 */
public final class ReadingGate {

    /** All links together may hold this part of the logs' memory. */
    private static final int PART = 2;
    private static final long LEAST_SHARE = 128 * 1024;
    /** After so long without progress a link may have more than its share, by this part. */
    private static final long STUCK = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int MORE_PART = 2;
    /** After so long what waits is announced: a busy machine stops programs for shorter than that. */
    private static final long STUCK_FOR_LONG = TimeUnit.SECONDS.toNanos(1);
    /** For so long links have to be paused before that is called overload. */
    private static final long LASTING = TimeUnit.MILLISECONDS.toNanos(100);

    private final GossipContext context;
    private final BiConsumer<EventType, String> events;
    private final AtomicBoolean due = new AtomicBoolean();
    private final List<Paused> paused = new ArrayList<>();
    private volatile Predicate<Inbound> retry = in -> true;
    private volatile int pausedLinks;
    private volatile boolean active;
    private long calmAt;

    /** A link that is not read, and how far those had come then or lately who are waited for. */
    private static final class Paused {

        private final Inbound in;
        private long passed;
        private long passedAt;

        Paused(Inbound in, long now) {
            this.in = in;
            this.passed = in.source.passed();
            this.passedAt = now;
        }
    }

    /** A gate that is open. */
    public ReadingGate(GossipContext context, BiConsumer<EventType, String> events) {
        this.context = context;
        this.events = events;
        this.calmAt = context.nanos();
    }

    /** Says what goes on with messages that were set aside, and whether all were taken in. */
    public void onResume(Predicate<Inbound> takesAside) {
        retry = takesAside;
    }

    /** Bytes of one link that may wait for others to send them on. */
    private long share() {
        return Math.max(LEAST_SHARE, context.cacheLimit() / PART / Math.max(1, context.links.all().length));
    }

    /** Whether a reader has not passed what came by a link, beyond what it may have. Any thread. */
    boolean isBehind(Inbound in) {
        long share = share();
        if (in.mayExceedShare) {
            in.mayExceedShare = isCrowded(in);
            share += share / MORE_PART;
        }
        return in.source.held(share) > share;
    }

    /** Whether a link has more than half of its share before it, or is not read for another reason. Any thread. */
    boolean isPressed(Inbound in) {
        return in.link.isPaused() || isCrowded(in);
    }

    /** Whether a link has more than half of its share before it. Any thread. */
    boolean isCrowded(Inbound in) {
        long half = share() / 2;
        return in.source.held(half) > half;
    }

    /** Stops reading a link. The thread that reads it. */
    void pause(Inbound in) {
        in.link.paused(true);
        in.link.readable(false);
        context.relay.post(() -> {
            paused.add(new Paused(in, context.nanos()));
            pausedLinks = paused.size();
            if (context.isStopping()) {
                letGo();
            } else {
                context.wake();
                resume();
            }
        });
    }

    /** Room was given back, or a log was read on; any thread. Worth a look only if a link waits for it. */
    public void relieved() {
        if (pausedLinks > 0 && due.compareAndSet(false, true)) {
            context.relay.post(() -> {
                due.set(false);
                resume();
            });
        }
    }

    /** Reads the links again that there is room for. */
    private void resume() {
        long half = share() / 2;
        paused.removeIf(each -> {
            Inbound in = each.in;
            boolean full = in.mayExceedShare ? isBehind(in) : in.source.held(half) > half;
            if (in.link.isUp() && (context.isOverloaded() || !retry.test(in) || full)) {
                return false;
            }
            in.link.paused(false);
            in.link.readable(true);
            return true;
        });
        pausedLinks = paused.size();
    }

    /** Reads every link again, whatever becomes of it: it will not be done later. */
    public void letGo() {
        paused.forEach(each -> each.in.link.readable(true));
        paused.clear();
        pausedLinks = 0;
    }

    /** Looks at everything again. */
    public void tick(long now) {
        paused.forEach(each -> valve(each, now));
        resume();
        if (paused.stream().allMatch(each -> each.in.rationed)) {
            calmAt = now;
        }
        boolean overload = now - calmAt >= LASTING;
        if (overload != active) {
            active = overload;
            events.accept(overload ? EventType.OVERLOAD_STARTED : EventType.OVERLOAD_ENDED, overload
                    ? "Messages come faster than validators, listeners and other links take them; reading pauses"
                    : "Validators, listeners and other links keep up again");
        }
    }

    /**
     * The last resort against circles of full nodes that wait for each other: where no reader has passed anything for a
     * while, more is read than the share, so that one of the circle can go on. Where that does not help, what came over
     * that link is announced instead.
     */
    private void valve(Paused each, long now) {
        long passed = each.in.source.passed();
        if (passed != each.passed || each.in.source.held(0) == 0) {
            each.passed = passed;
            each.passedAt = now;
        } else if (now - each.passedAt >= STUCK_FOR_LONG) {
            each.passedAt = now;
            each.in.source.announceInstead();
        } else if (now - each.passedAt >= STUCK) {
            each.in.mayExceedShare = true;
        }
    }

    /** Whether a pause is to be looked at. */
    public boolean isBusy() {
        return active || pausedLinks > 0;
    }

    /** Whether links have been paused for a while. Any thread. */
    public boolean isActive() {
        return active;
    }

    /** Links that are not read now. Any thread. */
    public int pausedLinks() {
        return pausedLinks;
    }
}
