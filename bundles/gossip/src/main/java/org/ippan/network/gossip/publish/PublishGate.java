// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.publish;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.ippan.network.api.Priority;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.gossip.deliver.Callback;
import org.ippan.network.gossip.log.SourceLog;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.send.Sources;

/**
 * Decides whether publishers have to wait ({@code docs/protocol.md} §9): while links that are waited for have more of
 * this node's messages before them than a part of the memory of logs, or than 1 MiB for longer than
 * {@code publishDelayMillis}. It opens at half of that. So too while more is under way
 * than the {@link Window} allows. What listeners publish while they are called is admitted up to
 * a third of the memory: a listener that waits for room that only other listeners can make would wait for ever. Safe
 * for any thread.
 */
public final class PublishGate {

    /** Part of the memory of logs that links may have before them of one priority. */
    private static final int PART = 4;
    /** The same of all priorities, also of what listeners publish inside their callbacks; and while memory is full. */
    private static final int ALL_PART = 3;
    private static final int FULL_PART = 8;
    /** So much may always wait, however long it takes. */
    private static final long ALWAYS = 1 << 20;
    /** A listener that waits for room inside its callback for so long is told of. */
    private static final long LONG_WAIT = TimeUnit.SECONDS.toNanos(3);
    private static final Priority[] PRIORITIES = Priority.values();

    private final GossipContext context;
    private final Sources sources;
    private final Sources.Source own;
    private final BooleanSupplier isPressed;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private final boolean[] shut = new boolean[PRIORITIES.length];
    /** That a publisher has to wait is known to the relay. */
    private volatile boolean noticed;
    private final Window[] windows = new Window[PRIORITIES.length];

    /** A publisher that is told when there is room. */
    private static final class Waiting {

        private final Priority priority;
        /** Who waits inside its callback; null for all others. */
        private final Subject listener;
        private final CompletableFuture<Void> future = new CompletableFuture<>();
        /** When it began, or was last told of as one that waits for long. */
        private long since;

        Waiting(Priority priority, Subject listener, long now) {
            this.priority = priority;
            this.listener = listener;
            this.since = now;
        }
    }

    /**
     * A gate that is open.
     *
     * @param isPressed whether there is little room for what links brought
     */
    public PublishGate(GossipContext context, Sources sources, BooleanSupplier isPressed) {
        this.isPressed = isPressed;
        this.context = context;
        this.sources = sources;
        this.own = sources.own();
        Window.Ways ways = new LinkWays(context);
        Arrays.setAll(windows, priority -> new Window(context.nanos(), ways, isPressed));
    }

    /** The logs it watches. */
    public Sources.Source own() {
        return own;
    }

    /** Whether publishers have to wait. */
    public boolean isShut(Priority priority) {
        boolean now = isShut(priority, Callback.isRunning());
        if (now && !noticed) {
            // The relay looks soon for whom they wait, though none of them may ask to be told.
            noticed = true;
            context.relay.post(context::wake);
        }
        return now;
    }

    private boolean isShut(Priority priority, boolean inCallback) {
        SourceLog log = own.of(priority);
        int at = priority.ordinal();
        if (context.isOverloaded() || askedBytes() > context.cacheLimit() / PART || isTooMuch()) {
            return true;
        }
        if (log == null || inCallback) {
            return false;
        }
        if (isFull(windows[at], log)) {
            return true;
        }
        // A race of two publishers may miss one change: the next look makes it.
        long limit = Math.min(context.cacheLimit() / PART, ALWAYS);
        boolean was = shut[at];
        boolean now = was ? log.held(limit / 2) > limit / 2 : log.held(limit) > limit && isLate(log, limit);
        if (was != now) {
            shut[at] = now;
        }
        return now;
    }

    /** Whether links have so much before them, of all priorities, that nothing more fits beside what links brought. */
    private boolean isTooMuch() {
        long memory = context.cacheLimit();
        long most = memory / (sources.space().bytes() > memory ? FULL_PART : ALL_PART);
        return own.held(most) > most;
    }

    private boolean isFull(Window window, SourceLog log) {
        if (window.isFull(log)) {
            window.look(log, context.cacheLimit(), context.nanos());
        }
        return window.isFull(log);
    }

    /** Whether what is held has waited for too long, or is too much however long it has. */
    private boolean isLate(SourceLog log, long limit) {
        long allowed = TimeUnit.MILLISECONDS.toNanos(context.settings().publishDelayMillis());
        long most = context.cacheLimit() / PART;
        return allowed == 0 || limit >= most || log.held(most) > most
                || log.heldNanos(context.nanos()) > allowed;
    }

    private long askedBytes() {
        long asked = 0;
        for (Outbound outbound : sources.readers()) {
            asked += outbound.link().isSlow() || outbound.link().isLeftOut() ? 0 : outbound.askedBytes();
        }
        return asked;
    }

    /** Completes when publishers need not wait. */
    public CompletionStage<Void> whenWritable(Priority priority) {
        Subject listener = Callback.current();
        if (context.isStopping() || !isShut(priority, listener != null)) {
            return CompletableFuture.completedFuture(null);
        }
        Waiting one = new Waiting(priority, listener, context.nanos());
        waiting.add(one);
        context.relay.post(() -> {
            context.wake();
            tell();
        });
        if (context.isStopping()) {
            // The relay may look at nothing more.
            one.future.complete(null);
        }
        return one.future;
    }

    /** Links have passed something, or their peers have settled it. */
    public void moved() {
        look();
        if (!waiting.isEmpty() && due.compareAndSet(false, true)) {
            context.relay.post(() -> {
                due.set(false);
                tell();
            });
        }
    }

    private void look() {
        long memory = context.cacheLimit();
        long now = context.nanos();
        for (Priority priority : PRIORITIES) {
            SourceLog log = own.of(priority);
            if (log != null) {
                windows[priority.ordinal()].look(log, memory, now);
            }
        }
    }

    /** Looks at everything again. Confined to the relay. */
    public void tick() {
        noticed = false;
        look();
        tell();
    }

    /** Tells who waits, on threads that may be held up. Confined to the relay. */
    private void tell() {
        if (waiting.isEmpty()) {
            return;
        }
        waiting.removeIf(one -> {
            boolean told = context.isStopping() || !isShut(one.priority, one.listener != null);
            if (told) {
                context.publishers.executor().execute(() -> one.future.complete(null));
            } else if (one.listener != null) {
                stuck(one);
            }
            return told;
        });
    }

    /** A listener waits for long: perhaps for room that only other listeners which wait can make. */
    private void stuck(Waiting one) {
        long now = context.nanos();
        if (now - one.since >= LONG_WAIT) {
            one.since = now;
            context.faults().record(one.listener, CallbackProblem.WAITING, 1, "heldBytes=" + heldBytes()
                    + " waitedSeconds=" + TimeUnit.NANOSECONDS.toSeconds(LONG_WAIT), null);
        }
    }

    /** The largest window that is full, so that publishers wait for peers to settle messages; 0 if none is. */
    public long fullWindow() {
        long largest = 0;
        for (Priority priority : PRIORITIES) {
            SourceLog log = own.of(priority);
            Window window = windows[priority.ordinal()];
            if (log != null && window.isFull(log)) {
                largest = Math.max(largest, window.size());
            }
        }
        return largest;
    }

    /** Whether peers were only told of what was published just now, as no link sends it: they may still ask for it. */
    public boolean isOnlyAnnounced() {
        look();
        for (Priority priority : PRIORITIES) {
            SourceLog log = own.of(priority);
            boolean announced = log != null && log.readers().length > 0 && !log.isSent();
            if (announced && windows[priority.ordinal()].underWay() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of this node's messages that links which are waited for have not taken. */
    public long heldBytes() {
        return own.held(0);
    }

    /** Bytes of this node's messages that are not settled everywhere, as far as that is known. */
    public long underWayBytes() {
        return Arrays.stream(windows).mapToLong(Window::underWay).sum();
    }

    /** Bytes that may be under way of the priority of which most are. */
    public long windowBytes() {
        Window most = windows[Priority.NORMAL.ordinal()];
        for (Window window : windows) {
            most = window.underWay() > most.underWay() ? window : most;
        }
        return most.size();
    }

    /** Whether a publisher waits. */
    public boolean isBusy() {
        return !waiting.isEmpty();
    }
}
