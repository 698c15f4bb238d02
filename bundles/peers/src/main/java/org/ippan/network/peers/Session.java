// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.FrameReceiver;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * One connection from dial or accept to its end. Its callbacks come on the connection's I/O thread: frames of an
 * established link go straight to their receivers, everything that needs a decision is posted to the one thread that
 * decides. The rest of its state belongs to that thread.
 */
final class Session implements ConnectionHandler {

    /** How far it is. */
    enum Stage { NEW, OPEN, GREETED, ESTABLISHED, CLOSING, CLOSED }

    /** What both sides said. */
    record Handshake(byte[] ownHello, int maxMessageBytes, byte[] key) {
    }

    private final SessionOwner owner;
    private final Executor decider;
    private final Ticker ticker;
    private final KnownAddress target;
    private final PingBudget pings = new PingBudget();
    private boolean helloSeen;
    private boolean ackSeen;
    private volatile boolean deaf;
    private volatile Connection connection;
    private volatile Link link;
    private volatile Hello theirs;
    private Stage stage = Stage.NEW;
    private Handshake handshake;
    private byte[] theirHello;
    private String endReason;
    private long retryAfterSeconds;

    /**
     * A connection about to be.
     *
     * @param owner decides
     * @param decider the thread that does
     * @param ticker time
     * @param target what is dialled, or null for an accepted one
     */
    Session(SessionOwner owner, Executor decider, Ticker ticker, KnownAddress target) {
        this.owner = owner;
        this.decider = decider;
        this.ticker = ticker;
        this.target = target;
    }

    @Override
    public void dialFailed(PeerAddress address, String reason) {
        decider.execute(() -> owner.dialFailed(this, reason));
    }

    @Override
    public void opened(Connection open) {
        connection = open;
        decider.execute(() -> owner.opened(this));
    }

    @Override
    public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
        if (deaf) {
            return;
        }
        try {
            switch (type) {
                case HELLO, HELLO_ACK -> handshakeFrame(type, body);
                case GOODBYE -> goodbye(Goodbye.decode(body));
                case PING -> ping(body);
                case PONG -> pong(body.getLong());
                default -> protocolFrame(type, flags, body);
            }
        } catch (ProtocolException e) {
            violated(DropReason.MALFORMED, e.getMessage());
        }
    }

    /** Reading stops until the handshake frame was dealt with: what follows it must not overtake it. */
    private void handshakeFrame(FrameType type, ByteBuffer body) {
        boolean hello = type == FrameType.HELLO;
        if (hello ? helloSeen : ackSeen || !helloSeen) {
            violated(DropReason.BAD_FRAME, type + " out of turn");
            return;
        }
        helloSeen = true;
        ackSeen |= !hello;
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        connection.readable(false);
        decider.execute(() -> {
            if (hello) {
                owner.hello(this, bytes);
            } else {
                owner.acknowledged(this, bytes);
            }
        });
    }

    private void goodbye(Goodbye goodbye) {
        deaf = true;
        decider.execute(() -> owner.goodbye(this, goodbye));
    }

    private void ping(ByteBuffer body) {
        if (pings.take(connection.lastReadNanos())) {
            byte[] nonce = new byte[body.remaining()];
            body.get(nonce);
            connection.offer(OutboundFrame.control(FrameType.PONG, nonce), false);
        } else if (pings.exhausted()) {
            deaf = true;
            decider.execute(() -> owner.flooded(this));
        }
    }

    private void pong(long nonce) {
        Link current = link;
        if (current != null && current.heartbeat().answers(nonce)) {
            long roundTrip = ticker.nanos() - current.heartbeat().sentNanos();
            decider.execute(() -> owner.answered(this, roundTrip));
        }
    }

    private void protocolFrame(FrameType type, int flags, ByteBuffer body) throws ProtocolException {
        Link current = link;
        if (current == null) {
            violated(DropReason.BAD_FRAME, type + " before the handshake ended");
            return;
        }
        FrameReceiver receiver = current.receivers().at(type);
        if (receiver == null) {
            owner.skipped();
            return;
        }
        try {
            receiver.frame(type, flags, body);
        } catch (RuntimeException e) {
            owner.threw(receiver, e);
        }
    }

    private void violated(DropReason drop, String detail) {
        deaf = true;
        decider.execute(() -> owner.violated(this, drop, detail));
    }

    @Override
    public void fault(Connection from, ConnectionFault fault, String detail) {
        if (!deaf) {
            deaf = true;
            decider.execute(() -> owner.faulted(this, fault, detail));
        }
    }

    @Override
    public void dropped(Connection from, OutboundFrame frame) {
        FrameReceiver receiver = receiverOf(frame);
        if (receiver != null) {
            try {
                receiver.dropped(frame);
            } catch (RuntimeException e) {
                owner.threw(receiver, e);
            }
        }
    }

    @Override
    public void written(Connection to, OutboundFrame frame) {
        FrameReceiver receiver = receiverOf(frame);
        if (receiver != null) {
            try {
                receiver.written(frame);
            } catch (RuntimeException e) {
                owner.threw(receiver, e);
            }
        }
    }

    private FrameReceiver receiverOf(OutboundFrame frame) {
        Link current = link;
        return current == null ? null : current.receivers().settled(frame.type());
    }

    @Override
    public void writable(Connection to) {
        Link current = link;
        if (current != null) {
            current.receivers().each(FrameReceiver::writable);
        }
    }

    @Override
    public void closed(Connection ended, CloseCause cause, String detail) {
        deaf = true;
        connection = ended;
        long queued = ended.queuedBytes();
        Link current = link;
        if (current != null) {
            current.receivers().down();
        }
        decider.execute(() -> owner.closed(this, cause, queued, detail));
    }

    /* From here on: the deciding thread, but for the getters of volatile fields. */

    void greet(Handshake own) {
        handshake = own;
        stage = Stage.OPEN;
    }

    void greeted(Hello hello, byte[] body) {
        theirs = hello;
        theirHello = body;
        stage = Stage.GREETED;
    }

    void establish(Link established) {
        link = established;
        stage = Stage.ESTABLISHED;
    }

    /** Closes in good order; true if that is news. */
    boolean close(GoodbyeReason reason, long retryAfterSeconds, String text) {
        if (stage == Stage.CLOSING || stage == Stage.CLOSED) {
            return false;
        }
        boolean greeted = handshake != null;
        end(reason + (text.isEmpty() ? "" : ": " + text));
        if (connection != null) {
            connection.close(greeted ? new Goodbye(reason, retryAfterSeconds, text).frame() : null);
        }
        return greeted;
    }

    /** Closes without a word, as the answer to a GOODBYE. */
    void leave(Goodbye goodbye) {
        if (stage != Stage.CLOSING && stage != Stage.CLOSED) {
            retryAfterSeconds = goodbye.retryAfterSeconds();
            end("the peer says " + goodbye.reason() + (goodbye.text().isEmpty() ? "" : ": " + goodbye.text()));
            connection.close(null);
        }
    }

    /** How long the peer does not want us back. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    private void end(String reason) {
        deaf = true;
        stage = Stage.CLOSING;
        endReason = reason;
    }

    void gone() {
        stage = Stage.CLOSED;
    }

    Stage stage() {
        return stage;
    }

    /** Why it ends or ended, or what the transport says about that. */
    String endReason(String otherwise) {
        return endReason == null ? otherwise : endReason;
    }

    Handshake handshake() {
        return handshake;
    }

    byte[] theirHello() {
        return theirHello;
    }

    /** Their HELLO, or null before it came. */
    Hello theirs() {
        return theirs;
    }

    /** The open connection, or null before that. */
    Connection connection() {
        return connection;
    }

    /** The link, or null before the connection is established. */
    Link link() {
        return link;
    }

    /** What was dialled, or null. */
    KnownAddress target() {
        return target;
    }

    boolean dialled() {
        return target != null;
    }

    /** Who is there, as far as that is proved; null before. */
    PeerId provenId() {
        Connection current = connection;
        if (current != null && current.provenId().isPresent()) {
            return current.provenId().get();
        }
        return link == null ? null : link.peer();
    }
}
