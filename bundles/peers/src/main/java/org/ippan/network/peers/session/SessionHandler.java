// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.session;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.rate.Rate;
import org.ippan.network.api.rate.RateLimit;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.wire.Goodbye;

/**
 * What comes in over the connection of a {@link Session}. Called on the connection's I/O thread, to which its state
 * belongs: frames of an established link go straight to their receivers, everything that needs a decision is posted to
 * the one thread that decides.
 */
final class SessionHandler implements ConnectionHandler {

    /** Signs of life: 2 a second, 10 at once. */
    private static final Rate PINGS = Rate.oneIn(TimeUnit.MILLISECONDS.toNanos(500), 10);

    private final Session session;
    private final SessionOwner owner;
    private final Executor decider;
    private final Ticker ticker;
    private final RateLimit pings;
    private boolean helloSeen;
    private boolean ackSeen;
    private volatile boolean deaf;

    /**
     * The handler of a new connection.
     *
     * @param session what it belongs to
     * @param owner decides
     * @param decider the thread that does
     * @param ticker time
     */
    SessionHandler(Session session, SessionOwner owner, Executor decider, Ticker ticker) {
        this.session = session;
        this.owner = owner;
        this.decider = decider;
        this.ticker = ticker;
        this.pings = new RateLimit(PINGS, ticker.nanos());
    }

    /** Any thread: nothing more is heard. */
    void deafen() {
        deaf = true;
    }

    @Override
    public boolean mayLeadTo(InetAddress ip) {
        return session.target() == null || session.target().mayLeadTo(ip);
    }

    @Override
    public void dialFailed(PeerAddress address, String reason) {
        decider.execute(() -> owner.dialFailed(session, reason));
    }

    @Override
    public void opened(Connection open) {
        session.connection(open);
        decider.execute(() -> owner.opened(session));
    }

    @Override
    public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
        if (deaf) {
            return;
        }
        try {
            switch (type) {
                case HELLO, HELLO_ACK -> handshakeFrame(from, type, body);
                case GOODBYE -> goodbye(Goodbye.decode(body));
                case PING -> ping(from, body);
                case PONG -> pong(body.getLong());
                default -> protocolFrame(type, flags, body);
            }
        } catch (ProtocolException e) {
            malformed(e.getMessage());
        }
    }

    /** Reading stops until the handshake frame was dealt with: what follows it must not overtake it. */
    private void handshakeFrame(Connection from, FrameType type, ByteBuffer body) {
        boolean hello = type == FrameType.HELLO;
        if (hello ? helloSeen : ackSeen || !helloSeen) {
            violated(DropReason.BAD_FRAME, type + " out of turn");
            return;
        }
        helloSeen = true;
        ackSeen |= !hello;
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        from.readable(false);
        decider.execute(() -> {
            if (hello) {
                owner.hello(session, bytes);
            } else {
                owner.acknowledged(session, bytes);
            }
        });
    }

    private void goodbye(Goodbye goodbye) {
        deaf = true;
        decider.execute(() -> owner.goodbye(session, goodbye));
    }

    private void ping(Connection from, ByteBuffer body) {
        if (pings.allow(1, from.lastReadNanos())) {
            byte[] nonce = new byte[body.remaining()];
            body.get(nonce);
            from.offer(OutboundFrame.control(FrameType.PONG, nonce));
        } else if (pings.isOffence()) {
            deaf = true;
            decider.execute(() -> owner.flooded(session));
        }
    }

    private void pong(long nonce) {
        Link current = session.link();
        if (current != null && current.heartbeat().answers(nonce)) {
            long roundTrip = ticker.nanos() - current.heartbeat().sentNanos();
            decider.execute(() -> owner.answered(session, roundTrip));
        }
    }

    private void protocolFrame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        Link current = session.link();
        if (current == null) {
            violated(DropReason.BAD_FRAME, type + " before the handshake ended");
            return;
        }
        if (!current.receivers().frame(type, flags, body) && !type.isExtension()) {
            owner.skipped();
        }
    }

    void malformed(String detail) {
        violated(DropReason.MALFORMED, detail);
    }

    private void violated(DropReason drop, String detail) {
        deaf = true;
        decider.execute(() -> owner.violated(session, drop, detail));
    }

    @Override
    public void fault(Connection from, ConnectionFault fault, String detail) {
        if (!deaf && (fault != ConnectionFault.WRITE_STALLED || !isAlive())) {
            deaf = true;
            decider.execute(() -> owner.faulted(session, fault, detail));
        }
    }

    /** A peer that takes nothing and is alive is slow: the protocol that sends to it deals with that. */
    private boolean isAlive() {
        Link current = session.link();
        return current != null && current.isAlive(ticker.nanos());
    }

    @Override
    public void readComplete(Connection from) {
        Link current = session.link();
        if (current != null) {
            try {
                current.receivers().readComplete();
            } catch (ProtocolException e) {
                malformed(e.getMessage());
            }
        }
    }

    @Override
    public Fill fill(Connection to, FrameTarget target, FrameClass lowest) {
        Link current = session.link();
        return current == null ? null : current.receivers().fill(target, lowest);
    }

    @Override
    public void closed(Connection ended, CloseCause cause, String detail) {
        deaf = true;
        session.connection(ended);
        long queued = ended.queuedBytes();
        Link current = session.link();
        if (current != null) {
            current.receivers().down();
        }
        decider.execute(() -> owner.closed(session, cause, queued, detail));
    }
}
