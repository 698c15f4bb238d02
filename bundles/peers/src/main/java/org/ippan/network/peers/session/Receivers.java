// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.PeerLink;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.peers.context.HandlerCalls;
import org.ippan.network.peers.context.HandlerCalls.Telling;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.fault.Impairment;

/**
 * Who takes the frames of one link. Looking up is one read of a volatile array; changes are rare and take a lock, so
 * that each receiver hears of the link's end exactly once whichever comes first, the end or a new handler. Handlers are
 * told of the link on threads of their own, and have no frames before they have said who takes them.
 */
public final class Receivers {

    private static final int TYPES = FrameType.values().length;

    private final Map<ProtocolHandler, FrameReceiver> byHandler = new IdentityHashMap<>();
    private final HandlerCalls calls;
    private final BiConsumer<Object, Throwable> failed;
    /** Handlers that have not returned from being told of the link. */
    private final Map<ProtocolHandler, Telling> pending = new IdentityHashMap<>();
    private Routing routing = Routing.NONE;
    private volatile FrameReceiver[] byType = new FrameReceiver[TYPES];
    /** As the handlers want it, whatever stands before them. */
    private FrameReceiver[] routed = byType;
    /** Stands before the receiver of messages; null if nothing does, which costs nothing then. */
    private volatile Impairment impairment;
    private boolean down;

    /** None yet; a handler or receiver that throws is reported. */
    public Receivers(HandlerCalls calls, BiConsumer<Object, Throwable> failed) {
        this.calls = calls;
        this.failed = failed;
    }

    /** Hands a frame to the receiver of its type; false if there is none. */
    boolean frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        FrameReceiver receiver = at(type);
        if (receiver == null) {
            return false;
        }
        try {
            receiver.frame(type, flags, body);
        } catch (ProtocolException e) {
            throw e;
        } catch (Throwable e) {
            // The handler's mistake, whatever it is.
            failed.accept(culprit(receiver), e);
        }
        return true;
    }

    /**
     * Has the receiver of messages write what it wants to send; null if there is nothing. A receiver that throws has
     * perhaps left half a frame: the transport gives the connection up.
     */
    public Fill fill(FrameTarget target, FrameClass lowest) {
        FrameReceiver receiver = at(FrameType.GOSSIP);
        if (receiver == null) {
            return null;
        }
        try {
            return receiver.fill(target, lowest);
        } catch (Throwable e) {
            failed.accept(culprit(receiver), e);
            throw e;
        }
    }

    /** What was read in one go was handed over: the receiver of messages is told. */
    void readComplete() throws ProtocolException {
        FrameReceiver receiver = at(FrameType.GOSSIP);
        if (receiver != null) {
            try {
                receiver.readComplete();
            } catch (ProtocolException e) {
                throw e;
            } catch (Throwable e) {
                // As above.
                failed.accept(culprit(receiver), e);
            }
        }
    }

    private FrameReceiver at(FrameType type) {
        return byType[type.ordinal()];
    }

    /** Follows the handlers as they come and go; tells those that are new of the link. */
    public void route(Routing next, PeerLink link, boolean fresh) {
        List<Runnable> news = new ArrayList<>();
        synchronized (this) {
            routing = next;
            pending.entrySet().stream().filter(each -> !isRouted(each.getKey()))
                    .forEach(each -> each.getValue().cancel());
            pending.keySet().removeIf(handler -> !isRouted(handler));
            byHandler.keySet().removeIf(handler -> !isRouted(handler));
            for (ProtocolHandler handler : next.handlers()) {
                if (!down && !byHandler.containsKey(handler) && !pending.containsKey(handler)) {
                    news.add(handler == next.own() ? () -> tell(handler, link, fresh, null)
                            : telling(handler, link, fresh));
                }
            }
            swap();
        }
        news.forEach(Runnable::run);
    }

    private boolean isRouted(ProtocolHandler handler) {
        return routing.handlers().stream().anyMatch(other -> other == handler);
    }

    private Runnable telling(ProtocolHandler handler, PeerLink link, boolean fresh) {
        Telling telling = calls.of(handler, self -> tell(handler, link, fresh, self));
        pending.put(handler, telling);
        return telling::tell;
    }

    /** On a thread that the handler may hold up; its own bundle's on the one that decides. */
    private void tell(ProtocolHandler handler, PeerLink link, boolean fresh, Telling telling) {
        FrameReceiver receiver = linkUp(handler, link, fresh);
        if (keep(handler, receiver, telling)) {
            // It may have had something to send before it could be asked for that.
            link.wake();
        } else if (receiver != null) {
            guarded(handler, receiver);
        }
    }

    private synchronized boolean keep(ProtocolHandler handler, FrameReceiver receiver, Telling telling) {
        // Else it went while it was told; perhaps it has come again, and is told once more.
        boolean due = pending.get(handler) == telling && isRouted(handler);
        if (due) {
            pending.remove(handler);
        }
        if (!due || down || receiver == null) {
            return false;
        }
        byHandler.put(handler, receiver);
        swap();
        return true;
    }

    private FrameReceiver linkUp(ProtocolHandler handler, PeerLink link, boolean fresh) {
        try {
            return handler.linkUp(link, fresh);
        } catch (Throwable e) {
            // Its mistake, whatever it is.
            failed.accept(handler, e);
            return null;
        }
    }

    private void swap() {
        FrameReceiver[] next = new FrameReceiver[TYPES];
        routing.byType().forEach((type, handler) -> next[type.ordinal()] = byHandler.get(handler));
        routed = next;
        install();
    }

    /** I/O thread: something stands before the receiver of messages from now on, or nothing if that is null. */
    public synchronized void impair(Impairment before) {
        if (impairment == before) {
            return;
        }
        if (impairment != null) {
            // The link keeps it for the next fault, and must not keep a handler that may go meanwhile.
            impairment.before(null);
        }
        impairment = before;
        if (!down) {
            install();
        }
    }

    /** All types of the receiver of messages go the same way, so that they keep their order. */
    private void install() {
        FrameReceiver messages = routed[FrameType.GOSSIP.ordinal()];
        FrameReceiver[] next = routed.clone();
        if (impairment != null) {
            impairment.before(messages);
            Arrays.setAll(next, type -> messages != null && next[type] == messages ? impairment : next[type]);
        }
        byType = next;
    }

    /** Whose mistake it is if this receiver throws: each link has its own, and peers choose how many there are. */
    private synchronized Object culprit(FrameReceiver receiver) {
        FrameReceiver behind = receiver instanceof Impairment before ? before.receiver() : receiver;
        return byHandler.entrySet().stream().filter(each -> each.getValue() == behind)
                .<Object>map(Map.Entry::getKey).findFirst().orElse(behind == null ? receiver : behind);
    }

    private void guarded(ProtocolHandler handler, FrameReceiver receiver) {
        try {
            receiver.down();
        } catch (Throwable e) {
            // Its mistake, whatever it is.
            failed.accept(handler, e);
        }
    }

    /** The link ended: each receiver is told, and gets nothing any more. */
    void down() {
        Impairment before = impairment;
        if (before != null) {
            before.down();
        }
        Map<ProtocolHandler, FrameReceiver> last;
        synchronized (this) {
            if (down) {
                return;
            }
            down = true;
            pending.values().forEach(Telling::cancel);
            pending.clear();
            last = new IdentityHashMap<>(byHandler);
            byHandler.clear();
            routed = new FrameReceiver[TYPES];
            byType = routed;
        }
        last.forEach(this::guarded);
    }
}
