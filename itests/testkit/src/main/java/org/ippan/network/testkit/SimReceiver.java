// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.ArrayDeque;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * The receiving side of a {@link SimConnection}: checks what arrives as the real transport checks headers, and hands it
 * to the owner while it reads.
 */
final class SimReceiver {

    private final SimConnection connection;
    private final SimTransport local;
    private final ConnectionHandler owner;
    private final SimNetwork network;
    private final ArrayDeque<SimSegment> unread = new ArrayDeque<>();
    private SimSender far;
    private int maxMessageBytes = -1;
    private boolean reads = true;
    private boolean draining;
    private boolean faulted;
    private long lastRead;
    private long pausedUntil;

    SimReceiver(SimConnection connection, SimTransport local, ConnectionHandler owner) {
        this.connection = connection;
        this.local = local;
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
            connection.later(this::drain);
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

    private void discard(SimSegment segment) {
        if (segment.kind() == SimSegment.Kind.FIN) {
            connection.finish();
        } else {
            far.credit(segment.frame().length());
        }
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (reads && !connection.isClosed() && !connection.isClosing() && !unread.isEmpty()) {
            deliver(unread.poll());
        }
        draining = false;
    }

    private void deliver(SimSegment segment) {
        lastRead = network.scheduler().nanos();
        if (segment.kind() == SimSegment.Kind.FIN || faulted) {
            discard(segment);
            return;
        }
        OutboundFrame frame = segment.frame();
        network.delivered(frame);
        far.credit(frame.length());
        FrameType type = frame.type();
        if (!isEstablished() && !type.legalBeforeEstablished()) {
            fault(ConnectionFault.BAD_STATE, type + " before the handshake ended");
        } else if (!type.allowsLength(segment.body().remaining(), Math.max(0, maxMessageBytes))) {
            fault(ConnectionFault.BAD_LENGTH, type + " with a body of " + segment.body().remaining() + " bytes");
        } else {
            owner.frame(connection, type, segment.solicited() ? FrameType.SOLICITED : 0, segment.body());
        }
    }

    private void fault(ConnectionFault fault, String detail) {
        faulted = true;
        owner.fault(connection, fault, detail);
    }
}
