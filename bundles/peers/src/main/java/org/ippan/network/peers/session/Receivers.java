// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
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
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.fault.Impairment;

/**
 * Who takes the frames of one link. Looking up is one read of a volatile array; changes are rare and take a lock, so
 * that each receiver hears of the link's end exactly once whichever comes first, the end or a new handler.
 */
public final class Receivers {

    private static final int TYPES = FrameType.values().length;

    private final Map<ProtocolHandler, FrameReceiver> byHandler = new IdentityHashMap<>();
    private final BiConsumer<Object, Throwable> failed;
    private final Object changing = new Object();
    private volatile boolean inChange;
    private volatile FrameReceiver[] byType = new FrameReceiver[TYPES];
    /** As the handlers want it, whatever stands before them. */
    private FrameReceiver[] routed = byType;
    /** Stands before the receiver of messages; null if nothing does, which costs nothing then. */
    private volatile Impairment impairment;
    private boolean down;

    /** None yet; a handler or receiver that throws is reported. */
    public Receivers(BiConsumer<Object, Throwable> failed) {
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
        FrameReceiver receiver = sender();
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

    /** Who takes messages; waits while a handler is just being told of the link: it may have something to send. */
    private FrameReceiver sender() {
        FrameReceiver receiver = at(FrameType.GOSSIP);
        if (receiver != null || !inChange) {
            return receiver;
        }
        synchronized (changing) {
            return at(FrameType.GOSSIP);
        }
    }

    /** Follows the handlers as they come and go. */
    public void route(Routing routing, PeerLink link, boolean fresh) {
        synchronized (changing) {
            inChange = true;
            for (ProtocolHandler handler : routing.handlers()) {
                FrameReceiver receiver = known(handler) ? null : linkUp(handler, link, fresh);
                if (receiver != null && !keep(handler, receiver)) {
                    guarded(handler, receiver);
                }
            }
            swap(routing);
            inChange = false;
        }
    }

    private synchronized boolean known(ProtocolHandler handler) {
        return byHandler.containsKey(handler);
    }

    private synchronized boolean keep(ProtocolHandler handler, FrameReceiver receiver) {
        if (!down) {
            byHandler.put(handler, receiver);
        }
        return !down;
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

    private synchronized void swap(Routing routing) {
        byHandler.keySet().removeIf(handler -> routing.handlers().stream().noneMatch(other -> other == handler));
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
            last = new IdentityHashMap<>(byHandler);
            byHandler.clear();
            routed = new FrameReceiver[TYPES];
            byType = routed;
        }
        last.forEach(this::guarded);
    }
}
