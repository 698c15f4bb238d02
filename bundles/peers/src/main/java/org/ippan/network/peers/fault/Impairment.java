// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.chaos.FrameFault.LinkFault;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/**
 * Stands between one link and the receiver of its messages while a fault befalls it. The receiver is told of what is
 * lost, so that what both ends count of the link stays the same. What is held keeps its order, whatever its type; heart
 * beats are not held. Confined to the link's I/O thread unless a method says otherwise.
 */
public final class Impairment implements FrameReceiver {

    /** So much is handed over in one go, as much as a read brings. */
    private static final int BATCH = 64 * 1024;
    /** Fills in a row of which nothing is left, before others get their turn on this thread. */
    private static final int MOST_LOST_FILLS = 16;

    private final Faults faults;
    private final Connection connection;
    private final BooleanSupplier wanted;
    private final Consumer<String> violated;
    private final Runnable over;
    private final HeldFrames held = new HeldFrames();
    private final Fills fills = new Fills();
    private LinkFault fault;
    private volatile FrameReceiver receiver;
    private boolean full;
    private boolean ended;
    private boolean reminded;

    /**
     * One that does nothing yet.
     *
     * @param faults time, and who is told of services that throw
     * @param connection of the link
     * @param wanted whether the receiver wants the link to be read; asked on any thread
     * @param violated is told if something that was held is malformed
     * @param over is told when this is not needed any more
     */
    public Impairment(Faults faults, Connection connection, BooleanSupplier wanted, Consumer<String> violated,
            Runnable over) {
        this.faults = faults;
        this.connection = connection;
        this.wanted = wanted;
        this.violated = violated;
        this.over = over;
    }

    /** From now on this fault befalls the link; null for none: what is held is handed over then. */
    public void by(LinkFault next) {
        fault = next;
        if (next == null) {
            release(true);
        }
    }

    /** Whether a fault befalls the link, or something is still held. */
    public boolean isNeeded() {
        return fault != null || !held.isEmpty();
    }

    /** Any thread: the receiver of what comes from now on; null for none. */
    public void before(FrameReceiver next) {
        receiver = next;
    }

    /** Any thread: the receiver of what comes. */
    public FrameReceiver receiver() {
        return receiver;
    }

    @Override
    public void frame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        FrameReceiver to = receiver;
        if (to == null) {
            return;
        }
        boolean reads = wanted.getAsBoolean();
        // What the receiver does not want yet waits as it is: it cannot be told of a loss.
        long verdict = reads && type == FrameType.GOSSIP ? comes(body.remaining()) : FrameFault.PASS;
        if (verdict < 0) {
            to.lostInbound(flags, body);
        } else if (verdict == FrameFault.PASS && held.isEmpty() && reads) {
            to.frame(type, flags, body);
        } else {
            held.add(type, flags, body, faults.nanos() + verdict);
            if (held.bytes() >= FrameFault.MOST_HELD) {
                full = true;
                connection.readable(false);
            }
            remind();
        }
    }

    private long comes(int bytes) {
        try {
            return fault == null ? FrameFault.PASS : fault.comes(bytes);
        } catch (RuntimeException | Error e) {
            faults.failed(fault, e);
            return FrameFault.PASS;
        }
    }

    @Override
    public void readComplete() throws ProtocolException {
        FrameReceiver to = receiver;
        if (to != null && wanted.getAsBoolean()) {
            to.readComplete();
        }
    }

    /** Any thread: the receiver wants the link to be read, or not; {@code wanted} says so already. */
    public void readable(boolean on) {
        if (on) {
            connection.execute(() -> {
                release(fault == null);
                read();
            });
        } else {
            connection.readable(false);
        }
    }

    private void read() {
        if (!full && wanted.getAsBoolean()) {
            connection.readable(true);
        }
    }

    /** Has the rest handed over in time. */
    private void remind() {
        if (!reminded && !held.isEmpty()) {
            reminded = true;
            faults.later(() -> connection.execute(() -> {
                reminded = false;
                release(fault == null);
            }), Math.max(0, held.nextDue() - faults.nanos()));
        }
    }

    /** Hands over what is due, or all, until the receiver wants no more. */
    private void release(boolean all) {
        boolean more = !ended;
        while (more && wanted.getAsBoolean()) {
            more = batch(all);
        }
        if (full && held.bytes() <= FrameFault.MOST_HELD / 2) {
            full = false;
            read();
        }
        if (!isNeeded()) {
            over.run();
        } else if (!ended && wanted.getAsBoolean()) {
            remind();
        }
    }

    /** Hands over some of what is due, as one read. Whether there may be more. */
    private boolean batch(boolean all) {
        FrameReceiver to = receiver;
        long now = faults.nanos();
        int bytes = 0;
        HeldFrames.Held next = null;
        try {
            while (bytes < BATCH && (next = held.take(all && !held.isEmpty() ? held.nextDue() : now)) != null) {
                bytes += FrameType.HEADER_LENGTH + next.body().remaining();
                hand(next, to);
            }
            if (bytes > 0 && to != null) {
                to.readComplete();
            }
        } catch (ProtocolException e) {
            held.clear();
            violated.accept(e.getMessage());
            return false;
        } catch (RuntimeException | Error e) {
            faults.failed(to, e);
        }
        return next != null;
    }

    private void hand(HeldFrames.Held frame, FrameReceiver to) throws ProtocolException {
        try {
            if (to != null) {
                to.frame(frame.type(), frame.flags(), frame.body());
            }
        } catch (RuntimeException | Error e) {
            faults.failed(to, e);
        }
    }

    @Override
    public Fill fill(FrameTarget target, FrameClass lowest) {
        FrameReceiver from = receiver;
        if (from == null || fault == null) {
            return from == null ? null : from.fill(target, lowest);
        }
        for (int i = 0; i < MOST_LOST_FILLS; i++) {
            Draft draft = new Draft(target.room());
            Fill fill = from.fill(draft, lowest);
            if (fill == null) {
                return null;
            }
            draft.write(target, (flags, body) -> passes(flags, body, from));
            if (target.length() > 0) {
                return fills.sent(fill);
            }
            fills.lost(fill);
        }
        connection.wake();
        return null;
    }

    private boolean passes(int flags, Draft.Body body, FrameReceiver from) {
        if (sends(body.length()) != FrameFault.DROP) {
            return true;
        }
        from.lostOutbound(flags, body.bytes());
        return false;
    }

    private long sends(int bytes) {
        try {
            return fault.sends(bytes);
        } catch (RuntimeException | Error e) {
            faults.failed(fault, e);
            return FrameFault.PASS;
        }
    }

    /** The link ended: what came before is handed over, as far as it is wanted. */
    @Override
    public void down() {
        fault = null;
        release(true);
        ended = true;
        held.clear();
    }
}
