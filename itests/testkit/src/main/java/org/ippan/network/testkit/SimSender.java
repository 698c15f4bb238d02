// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * The sending side of a {@link SimConnection}: control frames from a queue, then fills pulled from the owner, through
 * a window of bytes under way to the other end. One segment at most waits for room in the window: it is what the real
 * transport has handed to the socket and the socket has not taken.
 */
final class SimSender implements SimNetwork.Pipe {

    /** The uplink takes frames this far ahead. */
    private static final long UPLINK_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int FILL_BYTES = 64 * 1024;

    private final SimConnection connection;
    private final SimTransport local;
    private final SimTransport remote;
    private final ConnectionHandler owner;
    private final SimNetwork network;
    private final ManualScheduler scheduler;
    private final SimLimits limits;
    private final SimQueue queue;
    private final ArrayDeque<SimSegment> onTheWay = new ArrayDeque<>();
    private SimReceiver far;
    private SimSegment held;
    private Fill heldFill;
    private boolean flushPending;
    private boolean finSent;
    private OutboundFrame last;
    private long windowUsed;
    private long lastWrite;
    private long lastArrival;

    SimSender(SimConnection connection, SimTransport local, SimTransport remote, ConnectionHandler owner) {
        this.connection = connection;
        this.local = local;
        this.remote = remote;
        this.owner = owner;
        this.network = local.network();
        this.scheduler = network.scheduler();
        this.limits = network.limits();
        this.queue = new SimQueue(limits.queueBytes(), limits.queueFrames());
        this.lastWrite = scheduler.nanos();
    }

    void join(SimReceiver otherEnd) {
        far = otherEnd;
    }

    /** Has the other end open. */
    void open() {
        send(SimSegment.of(SimSegment.Kind.OPEN));
    }

    boolean offer(OutboundFrame frame) {
        if (!queue.offer(frame)) {
            return false;
        }
        network.queued(frame.length());
        flushSoon(0);
        return true;
    }

    /** The owner has something to send. */
    void wake() {
        flushSoon(0);
    }

    long queuedBytes() {
        return queue.bytes() + (held == null ? 0 : held.length());
    }

    /** Closing: what there is to send, then this frame unless it is null, then the end of the stream. */
    void finish(OutboundFrame lastOrNull) {
        last = lastOrNull;
        flushSoon(0);
    }

    /** The end of the stream, unless it was sent. */
    void end() {
        if (!finSent) {
            finSent = true;
            send(SimSegment.of(SimSegment.Kind.FIN));
        }
    }

    /** Nothing that waits is sent any more. */
    void clear() {
        network.queued(-queuedBytes());
        queue.clear();
        held = null;
        heldFill = null;
    }

    /** The other end has read so many bytes. */
    void credit(int bytes) {
        windowUsed -= bytes;
        if (held != null) {
            flushSoon(0);
        }
    }

    private void flushSoon(long delayNanos) {
        if (!flushPending) {
            flushPending = true;
            scheduler.after(delayNanos, this::flush);
        }
    }

    /** Hands to the network what window and uplink allow; then the end of the stream. */
    private void flush() {
        flushPending = false;
        if (connection.isClosed()) {
            return;
        }
        while (local.uplinkBusyNanos() <= UPLINK_AHEAD_NANOS) {
            if (held == null && !pull()) {
                finishIfClosing();
                return;
            }
            if (windowUsed > 0 && windowUsed + held.length() > limits.windowBytes()) {
                watchProgress();
                return;
            }
            write();
        }
        flushSoon(local.uplinkBusyNanos() - UPLINK_AHEAD_NANOS);
    }

    /** Takes the next control frame, or else has the owner fill a segment; false if there is neither. */
    private boolean pull() {
        OutboundFrame control = queue.poll();
        if (control != null) {
            held = SimSegment.of(control);
            return true;
        }
        SimFill target = new SimFill((int) Math.min(FILL_BYTES, limits.windowBytes()));
        heldFill = owner.fill(connection, target, FrameClass.LOW);
        if (heldFill != null) {
            held = SimSegment.of(target);
            network.queued(held.length());
        }
        return heldFill != null;
    }

    private void write() {
        SimSegment segment = held;
        Fill fill = heldFill;
        held = null;
        heldFill = null;
        lastWrite = scheduler.nanos();
        local.occupyUplink(segment.length());
        network.queued(-segment.length());
        windowUsed += segment.length();
        send(segment);
        if (fill != null) {
            fill.taken();
        }
    }

    private void finishIfClosing() {
        if (connection.isClosing() && !finSent) {
            if (last != null) {
                send(SimSegment.of(last));
            }
            end();
        }
    }

    private void watchProgress() {
        long seen = lastWrite;
        scheduler.after(limits.writeStall().toNanos(), () -> {
            if (connection.isWorking() && lastWrite == seen && held != null) {
                owner.fault(connection, ConnectionFault.WRITE_STALLED, "no write progress");
                watchProgress();
            }
        });
    }

    /** Puts a segment on its way; the stream keeps its order whatever the jitter. */
    private void send(SimSegment segment) {
        lastArrival = Math.max(lastArrival,
                scheduler.nanos() + local.uplinkBusyNanos() + network.oneWayNanos(local, remote));
        onTheWay.add(segment.arrivingAt(lastArrival));
        if (onTheWay.size() == 1) {
            scheduler.after(lastArrival - scheduler.nanos(), this::arrive);
        }
    }

    /** Everything due arrives at the other end, unless the network is cut. */
    private void arrive() {
        if (network.isCut(local, remote)) {
            network.hold(this, this::arrive);
            return;
        }
        while (!onTheWay.isEmpty() && onTheWay.peek().arrival() <= scheduler.nanos()) {
            far.receive(onTheWay.poll());
        }
        far.readComplete();
        if (!onTheWay.isEmpty()) {
            scheduler.after(onTheWay.peek().arrival() - scheduler.nanos(), this::arrive);
        }
    }

    @Override
    public SimTransport from() {
        return local;
    }

    @Override
    public SimTransport to() {
        return remote;
    }
}
