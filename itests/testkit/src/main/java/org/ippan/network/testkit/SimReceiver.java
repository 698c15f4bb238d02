// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;

/**
 * The receiving side of a {@link SimConnection}: cuts what arrives into frames, checks them as the real transport
 * checks headers, and hands them to the owner while it reads.
 */
final class SimReceiver {

    private final SimConnection connection;
    private final SimTransport local;
    private final SimTransport remote;
    private final ConnectionHandler owner;
    private final SimNetwork network;
    private final ArrayDeque<SimSegment> unread = new ArrayDeque<>();
    private SimSender far;
    /** Where the next frame of the first unread segment begins, if that is a fill. */
    private int next;
    private int maxMessageBytes = -1;
    private boolean reads = true;
    private boolean draining;
    private boolean handedOver;
    private boolean faulted;
    private long lastRead;
    private long pausedUntil;

    SimReceiver(SimConnection connection, SimTransport local, SimTransport remote, ConnectionHandler owner) {
        this.connection = connection;
        this.local = local;
        this.remote = remote;
        this.owner = owner;
        this.network = local.network();
        this.lastRead = network.scheduler().nanos();
        this.pausedUntil = lastRead;
    }

    void join(SimSender otherEnd) {
        far = otherEnd;
    }

    /** The handshake succeeded. */
    void established(int maxMessage) {
        maxMessageBytes = maxMessage;
    }

    boolean isEstablished() {
        return maxMessageBytes >= 0;
    }

    /** Whether what arrived was wrong: then nothing more is handed over. */
    boolean isFaulted() {
        return faulted;
    }

    void readable(boolean on) {
        pausedUntil = lastPaused();
        reads = on;
        if (on) {
            connection.later(() -> {
                drain();
                readComplete();
            });
        }
    }

    long lastRead() {
        return lastRead;
    }

    /** Now while the owner does not want to read, else until when it did not. */
    long lastPaused() {
        return reads ? pausedUntil : network.scheduler().nanos();
    }

    /** Nothing that waits is handed over any more. */
    void clear() {
        unread.clear();
        next = 0;
    }

    /** Something arrived. */
    void receive(SimSegment segment) {
        if (connection.isClosed() || local.isDead()) {
            return;
        }
        if (segment.kind() == SimSegment.Kind.OPEN) {
            connection.open();
        } else if (connection.isWorking()) {
            unread.add(segment);
            drain();
        } else {
            discard(segment);
        }
    }

    /** All that arrived together was handed over, or waits. */
    void readComplete() {
        if (handedOver && !connection.isClosed()) {
            handedOver = false;
            owner.readComplete(connection);
        }
    }

    private void discard(SimSegment segment) {
        if (segment.kind() == SimSegment.Kind.FIN) {
            readComplete();
            connection.finish();
        } else {
            far.credit(segment.length() - next);
            next = 0;
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (reads && !connection.isClosed() && !connection.isClosing() && !unread.isEmpty()) {
            lastRead = network.scheduler().nanos();
            SimSegment segment = unread.peek();
            if (segment.kind() == SimSegment.Kind.FILL && !faulted) {
                cut(segment);
            } else {
                unread.poll();
                if (segment.kind() == SimSegment.Kind.FIN || faulted) {
                    discard(segment);
                } else {
                    deliver(segment.control().type(), 0, ByteBuffer.wrap(segment.control().body()));
                }
            }
        }
        draining = false;
    }

    /** Hands over the next frame of a fill. */
    private void cut(SimSegment segment) {
        ByteBuffer header = ByteBuffer.wrap(segment.bytes(), next, segment.length() - next);
        int mark = header.get() & 0xFF;
        FrameType type = FrameType.of(header.get() & 0xFF);
        int flags = header.get();
        header.get();
        int length = header.getInt();
        if (mark != FrameType.MARK || type == null || length < 0 || length > header.remaining()) {
            fault(ConnectionFault.BAD_FRAME, "no whole frame of a known type at byte " + next + " of a fill");
            return;
        }
        ByteBuffer body = header.slice(header.position(), length);
        next += FrameType.HEADER_LENGTH + length;
        if (next == segment.length()) {
            unread.poll();
            next = 0;
        }
        deliver(type, flags, body);
    }

    private void deliver(FrameType type, int flags, ByteBuffer body) {
        int length = FrameType.HEADER_LENGTH + body.remaining();
        far.credit(length);
        if (!network.passes(remote, local, type)) {
            return;
        }
        network.delivered(type, length);
        if (!isEstablished() && !type.legalBeforeEstablished()) {
            fault(ConnectionFault.BAD_STATE, type + " before the handshake ended");
        } else if (!type.allowsLength(body.remaining(), Math.max(0, maxMessageBytes))) {
            fault(ConnectionFault.BAD_LENGTH, type + " with a body of " + body.remaining() + " bytes");
        } else {
            handedOver = true;
            owner.frame(connection, type, flags, body);
        }
    }

    private void fault(ConnectionFault fault, String detail) {
        faulted = true;
        owner.fault(connection, fault, detail);
    }
}
