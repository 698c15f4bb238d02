// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/** The sending side of a {@link SimConnection}: from the queue through a window of bytes under way to the other end. */
final class SimSender implements SimNetwork.Pipe {

    /** The uplink takes frames this far ahead. */
    private static final long UPLINK_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

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
        this.queue = new SimQueue(limits.queueBytes(), limits.queueFrames(),
                frame -> connection.later(() -> owner.dropped(connection, frame)), network::unqueued);
        this.lastWrite = scheduler.nanos();
    }

    void join(SimReceiver otherEnd) {
        far = otherEnd;
    }

    /** Has the other end open. */
    void open() {
        send(SimSegment.of(SimSegment.Kind.OPEN));
    }

    boolean offer(OutboundFrame frame, boolean solicited) {
        if (queue.isEmpty()) {
            lastWrite = scheduler.nanos();
        }
        network.queued(frame);
        if (!queue.offer(frame, solicited)) {
            network.unqueued(frame);
            return false;
        }
        flushSoon(0);
        return true;
    }

    boolean congested() {
        return queue.congested();
    }

    boolean full() {
        return queue.full();
    }

    long queuedBytes() {
        return queue.bytes();
    }

    /** Closing: what is queued, then this frame unless it is null, then the end of the stream. */
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

    /** Nothing that is queued is sent any more. */
    void clear() {
        queue.clear();
    }

    /** The other end has read so many bytes. */
    void credit(int bytes) {
        windowUsed -= bytes;
        if (!queue.isEmpty()) {
            flushSoon(0);
        }
    }

    private void flushSoon(long delayNanos) {
        if (!flushPending) {
            flushPending = true;
            scheduler.after(delayNanos, this::flush);
        }
    }

    /** Hands queued frames to the network as far as window and uplink allow; then the end of the stream. */
    private void flush() {
        flushPending = false;
        if (connection.isClosed()) {
            return;
        }
        for (SimQueue.Item next = queue.peek(); next != null; next = queue.peek()) {
            if (windowUsed > 0 && windowUsed + next.frame().length() > limits.windowBytes()) {
                watchProgress();
                return;
            }
            if (local.uplinkBusyNanos() > UPLINK_AHEAD_NANOS) {
                flushSoon(local.uplinkBusyNanos() - UPLINK_AHEAD_NANOS);
                return;
            }
            write(queue.poll());
        }
        if (connection.isClosing() && !finSent) {
            if (last != null) {
                sendFrame(last, false);
            }
            end();
        }
    }

    private void write(SimQueue.Item item) {
        lastWrite = scheduler.nanos();
        local.occupyUplink(item.frame().length());
        sendFrame(item.frame(), item.solicited());
        if (item.frame().type() == FrameType.GOSSIP) {
            owner.written(connection, item.frame());
        }
        if (queue.relieved()) {
            connection.later(() -> owner.writable(connection));
        }
    }

    private void watchProgress() {
        long seen = lastWrite;
        scheduler.after(limits.writeStall().toNanos(), () -> {
            if (connection.isWorking() && lastWrite == seen && !queue.isEmpty()) {
                owner.fault(connection, ConnectionFault.WRITE_STALLED, "no write progress");
            }
        });
    }

    /** Sends a frame unless the network loses it. */
    private void sendFrame(OutboundFrame frame, boolean solicited) {
        if (network.passes(local, remote, frame.type())) {
            windowUsed += frame.length();
            send(SimSegment.of(frame, solicited, scheduler.nanos()));
        }
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
