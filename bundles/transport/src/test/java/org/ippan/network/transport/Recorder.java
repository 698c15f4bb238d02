// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.transport.sending.Bodies;

/** Writes down what a connection's owner is told, and does to it what a test asks for. */
final class Recorder implements ConnectionHandler {

    final List<String> events = new CopyOnWriteArrayList<>();
    /** What it sends. */
    final Bodies bodies = new Bodies();
    volatile Connection connection;
    volatile CloseCause cause;
    volatile long queuedAtTheEnd;
    volatile RuntimeException throwing;
    volatile Consumer<Connection> onOpened = opened -> opened.established(1024 * 1024);
    volatile Consumer<Connection> onFrame = any -> { };
    /** Run once, when it was asked for messages and has not answered. */
    volatile Runnable onFill = () -> { };
    volatile Predicate<InetAddress> mayLeadTo = any -> true;
    volatile int frames;
    volatile int batches;
    volatile long bytes;

    @Override
    public boolean mayLeadTo(InetAddress ip) {
        return mayLeadTo.test(ip);
    }

    @Override
    public void dialFailed(PeerAddress address, String reason) {
        events.add("dialFailed " + reason);
    }

    @Override
    public void opened(Connection opened) {
        connection = opened;
        events.add("opened");
        onOpened.accept(opened);
    }

    @Override
    public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
        bytes += body.remaining();
        frames++;
        if (type != FrameType.GOSSIP) {
            events.add(type + " " + body.remaining());
        }
        onFrame.accept(from);
    }

    @Override
    public void fault(Connection from, ConnectionFault fault, String detail) {
        events.add(fault.name());
    }

    @Override
    public void readComplete(Connection from) {
        batches++;
    }

    @Override
    public Fill fill(Connection to, FrameTarget target, FrameClass lowest) {
        if (throwing != null) {
            throw throwing;
        }
        Fill fill = bodies.fill(target, lowest);
        Runnable next = onFill;
        onFill = () -> { };
        next.run();
        return fill;
    }

    /** Sends a message. */
    void send(FrameClass frameClass, int length) {
        bodies.add(frameClass, length);
        connection.wake();
    }

    @Override
    public void closed(Connection from, CloseCause how, String detail) {
        cause = how;
        queuedAtTheEnd = from.queuedBytes();
        events.add("closed " + how + " " + detail);
    }

    Recorder awaitOpened() {
        TestNode.await(() -> connection != null || has("dialFailed") || has("closed"), "an open connection");
        if (connection == null) {
            throw new AssertionError(events.toString());
        }
        return this;
    }

    Recorder awaitEvent(String prefix) {
        TestNode.await(() -> has(prefix), prefix + " in " + events);
        return this;
    }

    Recorder awaitThat(Predicate<Recorder> condition, String what) {
        TestNode.await(() -> condition.test(this), what);
        return this;
    }

    boolean has(String prefix) {
        return events.stream().anyMatch(event -> event.startsWith(prefix));
    }
}
