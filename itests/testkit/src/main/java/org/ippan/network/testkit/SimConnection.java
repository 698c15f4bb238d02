// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * One end of a simulated connection, from its opening to its end; what it sends and what it receives have classes of
 * their own. All callbacks come from the scheduler, never from inside a call of the owner.
 */
public final class SimConnection implements Connection {

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final SimTransport local;
    private final SimTransport remote;
    private final ConnectionHandler owner;
    private final boolean dialled;
    private final PeerAddress remoteAddress;
    private final SimNetwork network;
    private final ManualScheduler scheduler;
    private final SimLimits limits;
    private final SimSender sender;
    private final SimReceiver receiver;
    private SimConnection other;
    private boolean closing;
    private boolean closed;

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
        this.sender = new SimSender(this, local, remote, owner);
        this.receiver = new SimReceiver(this, local, remote, owner);
    }

    void join(SimConnection otherEnd) {
        other = otherEnd;
        sender.join(otherEnd.receiver);
        receiver.join(otherEnd.sender);
        local.add(this);
    }

    /** Opens the dialler's end, and the acceptor's with the first bytes that arrive there. */
    void open() {
        if (dialled) {
            sender.open();
        }
        scheduler.after(limits.handshakeTimeout().toNanos(), this::expireHandshake);
        owner.opened(this);
    }

    private void expireHandshake() {
        if (!receiver.isEstablished() && !closed && !closing && !local.isDead()) {
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
    public Optional<InetAddress> localIp() {
        return Optional.of(local.ip());
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
    public boolean offer(OutboundFrame frame) {
        return !closed && !closing && !local.isDead() && sender.offer(frame);
    }

    @Override
    public void wake() {
        if (!closed && !local.isDead()) {
            sender.wake();
        }
    }

    @Override
    public long queuedBytes() {
        return sender.queuedBytes();
    }

    @Override
    public void established(int maxMessage) {
        receiver.established(maxMessage);
    }

    @Override
    public void readable(boolean on) {
        receiver.readable(on);
    }

    @Override
    public void execute(Runnable task) {
        later(task);
    }

    @Override
    public long lastReadNanos() {
        return receiver.lastRead();
    }

    @Override
    public long lastPausedNanos() {
        return receiver.lastPaused();
    }

    @Override
    public void close(OutboundFrame goodbye) {
        if (closed || closing) {
            return;
        }
        closing = true;
        receiver.clear();
        sender.finish(goodbye);
        scheduler.after(CLOSE_NANOS, () -> giveUp("not closed in time"));
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

    private void breakOther() {
        scheduler.after(network.oneWayNanos(local, remote), () -> {
            if (!network.isCut(local, remote)) {
                other.end(CloseCause.RESET, "connection reset");
            }
        });
    }

    /** This end's process or machine is gone. */
    void die(boolean otherIsTold) {
        closed = true;
        sender.clear();
        receiver.clear();
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
        receiver.clear();
        local.remove(this);
        if (!local.isDead()) {
            owner.closed(this, cause, detail);
        }
        sender.clear();
    }

    /** The stream of the other end came to its end. */
    void finish() {
        sender.end();
        if (closing) {
            end(CloseCause.LOCAL, "closed");
        } else {
            end(CloseCause.REMOTE, "closed by the peer");
        }
    }

    boolean isClosing() {
        return closing;
    }

    boolean isClosed() {
        return closed;
    }

    /** The same connection as the other node has it. */
    public SimConnection otherEnd() {
        return other;
    }

    /** Whether frames are sent and handed over: it neither ends nor is at fault. */
    public boolean isWorking() {
        return !closed && !closing && !receiver.isFaulted();
    }

    /** Calls the owner back, from the scheduler, unless it is all over by then. */
    void later(Runnable callback) {
        scheduler.execute(() -> {
            if (!closed) {
                callback.run();
            }
        });
    }
}
