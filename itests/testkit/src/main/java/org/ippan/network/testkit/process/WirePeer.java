// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A peer that speaks {@code ippan-net/1} over a socket of its own, written from {@code docs/protocol.md} and without
 * the product's codecs and TLS: it can say what they never would. It shakes hands as itself, answers heartbeats, and
 * counts what it hears on a thread of its own; what else it says is up to the test, which may use any thread.
 */
public final class WirePeer implements AutoCloseable {

    /** Types of frames. */
    public static final int HELLO = 0x01;
    public static final int HELLO_ACK = 0x02;
    public static final int GOODBYE = 0x03;
    public static final int PING = 0x04;
    public static final int PONG = 0x05;
    public static final int GOSSIP = 0x10;
    public static final int IHAVE = 0x11;
    public static final int IWANT = 0x12;
    public static final int GRAFT = 0x13;
    public static final int PRUNE = 0x14;
    public static final int PEERS_REQ = 0x18;
    public static final int PEERS = 0x19;
    public static final int NEIGHBOURS = 0x80;
    public static final int SETTLE = 0x84;

    /** Reasons of GOODBYE. */
    public static final int RATE_LIMIT = 9;
    public static final int PROTOCOL_ERROR = 10;

    private static final int MAC_LENGTH = 32;

    /** Whatever address of this machine leads there. */
    private static final String ANY = "";

    private final Socket line;
    private final Socket socket;
    private final DataOutputStream out;
    private final boolean plain;
    private final byte[] id;
    private final WireEar ear;

    private WirePeer(String from, String address, WireKey key) throws IOException {
        int colon = address.lastIndexOf(':');
        this.plain = key == null;
        this.line = new Socket();
        line.bind(from.isEmpty() ? null : new InetSocketAddress(from, 0));
        line.connect(new InetSocketAddress(address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1))));
        this.socket = plain ? line : key.tls(line);
        this.id = plain ? WireFrames.random(WireFrames.HASH_LENGTH) : key.id();
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
        this.ear = new WireEar(socket.getInputStream(), this::pong);
    }

    private void pong(byte[] ping) throws IOException {
        send(PONG, ping);
        flush();
    }

    /**
     * Connects and shakes hands, with a new id and without a key.
     *
     * @param address of a node that speaks plaintext, {@code host:port}
     * @param networkId of the network
     * @return the peer, established
     */
    public static WirePeer connect(String address, String networkId) {
        try {
            WirePeer peer = new WirePeer(ANY, address, null);
            peer.preface();
            peer.shakeHands(networkId, 0);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Connects and says nothing of the protocol yet but how it begins.
     *
     * @param address of a node, {@code host:port}
     * @param tls whether to speak TLS, with a new key
     * @return the peer, before the handshake
     * @throws IOException if the node refuses
     */
    public static WirePeer dial(String address, boolean tls) throws IOException {
        return dial(ANY, address, tls);
    }

    /**
     * The same from an address of its own, as which any of 127.0.0.0/8 will do on Linux.
     *
     * @param from address of this machine, without a port
     * @param address of a node, {@code host:port}
     * @param tls whether to speak TLS, with a new key
     * @return the peer, before the handshake
     * @throws IOException if the node refuses
     */
    public static WirePeer dial(String from, String address, boolean tls) throws IOException {
        WirePeer peer = new WirePeer(from, address, tls ? new WireKey() : null);
        peer.preface();
        return peer;
    }

    private void preface() throws IOException {
        if (plain) {
            out.write(WireFrames.PREFACE);
        }
    }

    /**
     * Shakes hands, and listens from then on.
     *
     * @param networkId of the network
     * @param codecs it names
     * @throws IOException if the node does not
     */
    public void shakeHands(String networkId, int codecs) throws IOException {
        send(HELLO, WireFrames.hello(networkId, codecs, id));
        out.flush();
        ear.skip(plain ? WireFrames.PREFACE.length : 0);
        ear.expect(HELLO);
        send(HELLO_ACK, new byte[MAC_LENGTH]);
        out.flush();
        ear.expect(HELLO_ACK);
        ear.start();
    }

    /**
     * Listens without a handshake.
     *
     * @throws IOException if the connection has ended
     */
    public void listen() throws IOException {
        out.flush();
        ear.skip(plain ? WireFrames.PREFACE.length : 0);
        ear.start();
    }

    /**
     * Sends a frame, soon: {@link #flush()} sends it now. Blocks while the node does not read.
     *
     * @param type any number
     * @param body any bytes
     * @throws IOException if the connection has ended
     */
    public void send(int type, byte[] body) throws IOException {
        synchronized (out) {
            out.write(WireFrames.header(type, 0, 0, body.length));
            out.write(body);
        }
    }

    /**
     * Sends any bytes, now.
     *
     * @param bytes whatever they are
     * @throws IOException if the connection has ended
     */
    public void raw(byte[] bytes) throws IOException {
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    /** Answers no heartbeat from now on. */
    public void silence() {
        ear.silence();
    }

    /** Reads at most one more frame, and nothing after it. */
    public void stopReading() {
        ear.stop();
    }

    /** Reads again after {@link #stopReading()}, from where it stopped. */
    public void readAgain() {
        ear.start();
    }

    /** Rests after each frame that it reads. */
    public void readSlowly(Duration rest) {
        ear.restAfterEach(rest.toNanos());
    }

    /**
     * Ends what it sends, and goes on reading.
     *
     * @throws IOException if the connection has ended
     */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /**
     * Sends what waits.
     *
     * @throws IOException if the connection has ended
     */
    public void flush() throws IOException {
        synchronized (out) {
            out.flush();
        }
    }

    /**
     * Who it says it is.
     *
     * @return its id
     */
    public byte[] id() {
        return id.clone();
    }

    /**
     * How many frames came.
     *
     * @param type of these
     * @return their number
     */
    public int heard(int type) {
        return ear.heard(type);
    }

    /**
     * The last frame of a type that came.
     *
     * @param type of the frame
     * @return its body; empty if none came
     */
    public byte[] last(int type) {
        return ear.last(type);
    }

    /**
     * Why the node closed.
     *
     * @return the code of the reason; 0 if it did not say goodbye
     */
    public int goodbye() {
        return ear.goodbye();
    }

    /**
     * The same in words.
     *
     * @return the text of the GOODBYE; empty if there was none
     */
    public String goodbyeText() {
        byte[] body = last(GOODBYE);
        return body.length <= WireFrames.GOODBYE_LENGTH ? ""
                : new String(body, WireFrames.GOODBYE_LENGTH, body.length - WireFrames.GOODBYE_LENGTH,
                        StandardCharsets.UTF_8);
    }

    /**
     * Whether nothing can come any more.
     *
     * @return true once the stream ended
     */
    public boolean ended() {
        return ear.ended();
    }

    /** Ends the connection without a word, also while another thread waits to send. */
    public void cut() {
        try {
            line.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
