// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;

/** The owner of a simulated connection: writes down what it is told, and sends what it is told to. */
class Recorder implements ConnectionHandler, ConnectionAcceptor {

    final List<String> events = new ArrayList<>();
    private final Deque<byte[]> bodies = new ArrayDeque<>();
    Connection connection;

    @Override
    public boolean admits(InetAddress remote) {
        return true;
    }

    @Override
    public ConnectionHandler newHandler() {
        return this;
    }

    @Override
    public void dialFailed(PeerAddress address, String reason) {
        events.add("dialFailed " + reason);
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        events.add("opened");
    }

    @Override
    public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
        events.add(type + " " + body.remaining() + (flags == FrameType.SOLICITED ? " solicited" : ""));
    }

    @Override
    public void fault(Connection from, ConnectionFault fault, String detail) {
        events.add(fault.name());
    }

    @Override
    public void readComplete(Connection from) {
        events.add("complete");
    }

    /** Writes as many messages as there is room for. */
    @Override
    public Fill fill(Connection to, FrameTarget target, FrameClass lowest) {
        while (!bodies.isEmpty() && (target.length() == 0 || target.room() >= bodies.peek().length)) {
            byte[] frame = bodies.poll();
            int half = frame.length / 2;
            target.copy(frame, 0, half);
            target.lend(frame, half, frame.length - half);
            target.setByte(target.length() - frame.length + 2, FrameType.SOLICITED);
        }
        return target.length() == 0 ? null : new Taken(target.length());
    }

    void send(int length) {
        bodies.add(ByteBuffer.allocate(FrameType.HEADER_LENGTH + length).put((byte) FrameType.MARK)
                .put((byte) FrameType.GOSSIP.code()).putShort((short) 0).putInt(length).array());
        connection.wake();
    }

    private final class Taken implements Fill {

        private final int length;

        Taken(int length) {
            this.length = length;
        }

        @Override
        public FrameClass frameClass() {
            return FrameClass.NORMAL;
        }

        @Override
        public void taken() {
            events.add("taken " + length);
        }
    }

    @Override
    public void closed(Connection from, CloseCause cause, String detail) {
        events.add("closed " + cause);
    }
}
