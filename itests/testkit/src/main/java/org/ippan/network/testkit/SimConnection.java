// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * One end of a simulated connection. What it sends goes through the queue into a window of bytes under way; what
 * arrives is checked as the real transport checks headers, and handed to the owner while it reads. All callbacks come
 * from the scheduler, never from inside a call of the owner.
 */
public final class SimConnection implements Connection, SimNetwork.Pipe {

    /** The uplink takes frames this far ahead. */
    private static final long UPLINK_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SimTransport local;
    private final SimTransport remote;
    private final ConnectionHandler owner;
    private final boolean dialled;
    private final PeerAddress remoteAddress;
    private final SimNetwork network;
    private final ManualScheduler scheduler;
    private final SimLimits limits;
    private final SimQueue queue;
    private final ArrayDeque<Segment> onTheWay = new ArrayDeque<>();
    private final ArrayDeque<Segment> unread = new ArrayDeque<>();
    private SimConnection other;
    private int maxMessageBytes = -1;
    private boolean reads = true;
    private boolean draining;
    private boolean flushPending;
    private boolean closing;
    private boolean finSent;
    private boolean faulted;
    private boolean closed;
    private OutboundFrame last;
    private long windowUsed;
    private long lastRead;
    private long lastWrite;
    private long lastArrival;

    /** What arrives together: a frame, or the opening, end or break of the stream. */
    private record Segment(Kind kind, OutboundFrame frame, boolean solicited, ByteBuffer body, long arrival) {
    }

    private enum Kind { OPEN, FRAME, FIN }

    SimConnection(SimTransport local, SimTransport remote, ConnectionHandler owner, boolean dialled) {
        this.local = local;
        this.remote = remote;
        this.owner = owner;
        this.dialled = dialled;
        this.network = local.network();
        this.scheduler = network.scheduler();
        this.limits = network.limits();
        this.remoteAddress = dialled ? remote.address()
                : PeerAddress.tcp(remote.address().host(), network.ephemeralPort());
        this.queue = new SimQueue(limits.queueBytes(), limits.queueFrames(),
                frame -> later(() -> owner.dropped(this, frame)), network::unqueued);
        this.lastRead = scheduler.nanos();
        this.lastWrite = lastRead;
    }

    void join(SimConnection otherEnd) {
        this.other = otherEnd;
        local.add(this);
    }

    /** Opens the dialler's end, and the acceptor's with the first bytes that arrive there. */
    void open() {
        if (dialled) {
            send(new Segment(Kind.OPEN, null, false, null, 0));
        }
        scheduler.schedule(this::expireHandshake, limits.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS);
        owner.opened(this);
    }

    private void expireHandshake() {
        if (maxMessageBytes < 0 && !closed && !closing && !local.isDead()) {
            owner.fault(this, ConnectionFault.HANDSHAKE_TIMEOUT, "the handshake took too long");
        }
    }

    @Override
    public PeerAddress remoteAddress() {
        return remoteAddress;
    }

    @Override
    public InetAddress remoteIp() {
        return remote.ip();
    }

    @Override
    public boolean dialled() {
        return dialled;
    }

    @Override
    public Optional<PeerId> provenId() {
        return local.authenticated() ? Optional.of(remote.id()) : Optional.empty();
    }

    @Override
    public boolean offer(OutboundFrame frame, boolean solicited) {
        if (closed || closing || local.isDead()) {
            return false;
        }
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

    @Override
    public boolean congested() {
        return queue.congested();
    }

    @Override
    public long queuedBytes() {
        return queue.bytes();
    }

    @Override
    public void established(int maxMessage) {
        maxMessageBytes = maxMessage;
    }

    @Override
    public void readable(boolean on) {
        reads = on;
        if (on) {
            later(this::drain);
        }
    }

    @Override
    public long lastReadNanos() {
        return lastRead;
    }

    @Override
    public void close(OutboundFrame goodbye) {
        if (closed || closing) {
            return;
        }
        closing = true;
        last = goodbye;
        unread.clear();
        flushSoon(0);
        scheduler.schedule(() -> giveUp("not closed in time"), CLOSE_NANOS, TimeUnit.NANOSECONDS);
    }

    @Override
    public void abort() {
        later(() -> giveUp("aborted"));
    }

    private void giveUp(String detail) {
        if (!closed) {
            end(CloseCause.LOCAL, detail);
            breakOther();
        }
    }

    /** The stream breaks, as by a reset in the network: both ends see it. */
    public void breakStream() {
        later(() -> end(CloseCause.RESET, "connection reset"));
        breakOther();
    }

    private void breakOther() {
        scheduler.schedule(() -> {
            if (!network.isCut(local, remote)) {
                other.end(CloseCause.RESET, "connection reset");
            }
        }, network.oneWayNanos(), TimeUnit.NANOSECONDS);
    }

    /** This end's process or machine is gone. */
    void die(boolean otherIsTold) {
        closed = true;
        queue.clear();
        unread.clear();
        if (otherIsTold) {
            local.remove(this);
            breakOther();
        }
    }

    private void end(CloseCause cause, String detail) {
        if (closed) {
            return;
        }
        closed = true;
        unread.clear();
        local.remove(this);
        if (!local.isDead()) {
            owner.closed(this, cause, detail);
        }
        queue.clear();
    }

    private void later(Runnable callback) {
        scheduler.execute(() -> {
            if (!closed) {
                callback.run();
            }
        });
    }

    private void flushSoon(long delayNanos) {
        if (!flushPending) {
            flushPending = true;
            scheduler.schedule(this::flush, delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Hands queued frames to the network as far as window and uplink allow; then the end of the stream. */
    private void flush() {
        flushPending = false;
        if (closed) {
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
        if (closing && !finSent) {
            finSent = true;
            if (last != null) {
                send(segment(new SimQueue.Item(last, false)));
            }
            send(new Segment(Kind.FIN, null, false, null, 0));
        }
    }

    private void write(SimQueue.Item item) {
        lastWrite = scheduler.nanos();
        local.occupyUplink(item.frame().length());
        send(segment(item));
        if (item.frame().type() == FrameType.GOSSIP) {
            owner.written(this, item.frame());
        }
        if (queue.relieved()) {
            later(() -> owner.writable(this));
        }
    }

    private void watchProgress() {
        long seen = lastWrite;
        scheduler.schedule(() -> {
            if (!closed && !closing && !faulted && lastWrite == seen && !queue.isEmpty()) {
                owner.fault(this, ConnectionFault.WRITE_STALLED, "no write progress");
            }
        }, limits.writeStall().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Segment segment(SimQueue.Item item) {
        OutboundFrame frame = item.frame();
        byte[] body = new byte[frame.head().length + frame.payload().length];
        System.arraycopy(frame.head(), 0, body, 0, frame.head().length);
        System.arraycopy(frame.payload(), 0, body, frame.head().length, frame.payload().length);
        ByteBuffer buffer = ByteBuffer.wrap(body);
        if (frame.ageOffset() >= 0) {
            buffer.putInt(frame.ageOffset(), (int) frame.ageMillisAt(scheduler.nanos()));
        }
        windowUsed += frame.length();
        return new Segment(Kind.FRAME, frame, item.solicited(), buffer, 0);
    }

    /** Puts a segment on its way; the stream keeps its order whatever the jitter. */
    private void send(Segment segment) {
        if (segment.kind() == Kind.FRAME && !network.passes(local, remote, segment.frame().type())) {
            windowUsed -= segment.frame().length();
            return;
        }
        lastArrival = Math.max(lastArrival, scheduler.nanos() + local.uplinkBusyNanos() + network.oneWayNanos());
        onTheWay.add(new Segment(segment.kind(), segment.frame(), segment.solicited(), segment.body(), lastArrival));
        scheduler.schedule(this::arrive, lastArrival - scheduler.nanos(), TimeUnit.NANOSECONDS);
    }

    /** Everything due arrives at the other end, unless the network is cut. */
    private void arrive() {
        if (network.isCut(local, remote)) {
            network.hold(this, this::arrive);
            return;
        }
        while (!onTheWay.isEmpty() && onTheWay.peek().arrival() <= scheduler.nanos()) {
            other.receive(onTheWay.poll());
        }
    }

    private void receive(Segment segment) {
        if (closed || local.isDead()) {
            return;
        }
        if (segment.kind() == Kind.OPEN) {
            open();
        } else if (closing || faulted) {
            discard(segment);
        } else {
            unread.add(segment);
            drain();
        }
    }

    private void discard(Segment segment) {
        if (segment.kind() == Kind.FIN) {
            finish();
        } else {
            other.credit(segment.frame().length());
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (reads && !closed && !closing && !unread.isEmpty()) {
            deliver(unread.poll());
        }
        draining = false;
    }

    private void deliver(Segment segment) {
        lastRead = scheduler.nanos();
        if (segment.kind() == Kind.FIN || faulted) {
            discard(segment);
            return;
        }
        OutboundFrame frame = segment.frame();
        network.delivered(frame.length());
        other.credit(frame.length());
        FrameType type = frame.type();
        boolean established = maxMessageBytes >= 0;
        if (!established && !type.legalBeforeEstablished()) {
            fault(ConnectionFault.BAD_STATE, type + " before the handshake ended");
        } else if (!type.allowsLength(segment.body().remaining(), Math.max(0, maxMessageBytes))) {
            fault(ConnectionFault.BAD_LENGTH, type + " with a body of " + segment.body().remaining() + " bytes");
        } else {
            owner.frame(this, type, segment.solicited() ? FrameType.SOLICITED : 0, segment.body());
        }
    }

    private void fault(ConnectionFault fault, String detail) {
        faulted = true;
        owner.fault(this, fault, detail);
    }

    private void finish() {
        CloseCause cause = closing ? CloseCause.LOCAL : CloseCause.REMOTE;
        if (!finSent) {
            finSent = true;
            send(new Segment(Kind.FIN, null, false, null, 0));
        }
        end(cause, cause == CloseCause.LOCAL ? "closed" : "closed by the peer");
    }

    private void credit(int bytes) {
        windowUsed -= bytes;
        if (!queue.isEmpty()) {
            flushSoon(0);
        }
    }

    /** Both ends of the stream, for the network. */
    @Override
    public SimTransport from() {
        return local;
    }

    @Override
    public SimTransport to() {
        return remote;
    }
}
