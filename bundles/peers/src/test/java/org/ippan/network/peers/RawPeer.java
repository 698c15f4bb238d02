// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;
import org.ippan.network.peers.wire.Goodbye;
import org.ippan.network.peers.wire.HandshakeCodec;
import org.ippan.network.peers.wire.Hello;
import org.ippan.network.testkit.SimTransport;

/** A peer that says exactly what a test wants, and writes down what it hears. */
final class RawPeer implements ConnectionHandler, ConnectionAcceptor {

    final List<String> heard = new ArrayList<>();
    final SimTransport transport;
    final PeerId id;
    Connection connection;
    byte[] ownHello;
    byte[] theirHello;
    byte[] theirMac;
    GoodbyeReason goodbye;
    long retryAfter;
    long nonce;
    boolean answersPings = true;
    private boolean mute;

    RawPeer(SimTransport transport) {
        this.transport = transport;
        this.id = transport.identity().id();
        this.ownHello = hello(id).encode();
    }

    /** A HELLO of the default network. */
    static Hello hello(PeerId id) {
        return new Hello(1, 1, HandshakeCodec.networkTag("default"), 0, 0, 1 << 20, id, id.word1(), new byte[32], 9700,
                "raw/1");
    }

    /** Dials; says HELLO when it is open unless it is mute. */
    RawPeer dial(PeerAddress address) {
        transport.connect(address, this);
        return this;
    }

    RawPeer mute() {
        mute = true;
        return this;
    }

    void send(FrameType type, byte[] body) {
        connection.offer(OutboundFrame.control(type, body));
    }

    void ack() {
        connection.established(1 << 20);
        send(FrameType.HELLO_ACK, HandshakeCodec.mac(null, connection.dialled(), ownHello, theirHello));
    }

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
        heard.add("dialFailed");
    }

    @Override
    public void opened(Connection open) {
        connection = open;
        if (!mute) {
            send(FrameType.HELLO, ownHello);
        }
    }

    @Override
    public void frame(Connection from, FrameType type, int flags, ByteBuffer body) {
        heard.add(type.name());
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        switch (type) {
            case HELLO -> theirHello = bytes;
            case HELLO_ACK -> {
                theirMac = bytes;
                if (!mute) {
                    ack();
                }
            }
            case GOODBYE -> bid(bytes);
            case PING -> {
                nonce = ByteBuffer.wrap(bytes).getLong();
                if (answersPings) {
                    send(FrameType.PONG, bytes);
                }
            }
            default -> { }
        }
    }

    private void bid(byte[] bytes) {
        try {
            Goodbye read = Goodbye.decode(ByteBuffer.wrap(bytes));
            goodbye = read.reason();
            retryAfter = read.retryAfterSeconds();
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void fault(Connection from, ConnectionFault fault, String detail) {
        heard.add(fault.name());
    }

    @Override
    public void readComplete(Connection from) {
        // it deals with each frame as it comes
    }

    @Override
    public Fill fill(Connection to, FrameTarget target, FrameClass lowest) {
        return null;
    }

    @Override
    public void closed(Connection from, CloseCause cause, String detail) {
        heard.add("closed");
    }
}
