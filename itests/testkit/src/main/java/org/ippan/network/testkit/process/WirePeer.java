// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A peer that speaks plaintext {@code ippan-net/1} over a socket of its own, written from {@code docs/protocol.md} and
 * without the product's codecs: it can say what they never would. It shakes hands as itself, answers heartbeats, and
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

    /** A reason of GOODBYE. */
    public static final int RATE_LIMIT = 9;

    private static final byte[] PREFACE = "IPPAN/1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MARK = 0xA7;
    private static final int HELLO_LENGTH = 106;
    private static final int MAC_LENGTH = 32;
    private static final int TAG_LENGTH = 16;
    private static final int HASH_LENGTH = 32;
    private static final int MAX_MESSAGE = 1 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final byte[] id = new byte[HASH_LENGTH];
    private final Map<Integer, Integer> heard = new ConcurrentHashMap<>();
    private final Thread reader = new Thread(this::read, "wire-peer");
    private volatile int goodbye;
    private volatile boolean ended;

    private WirePeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    /**
     * Connects and shakes hands, with a new id and without a key.
     *
     * @param address of a node that speaks plaintext, {@code host:port}
     * @param networkId of the network
     * @return the peer, established
     */
    public static WirePeer connect(String address, String networkId) {
        int colon = address.lastIndexOf(':');
        try {
            WirePeer peer = new WirePeer(new Socket(address.substring(0, colon),
                    Integer.parseInt(address.substring(colon + 1))));
            peer.shakeHands(networkId);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shakeHands(String networkId) throws IOException {
        out.write(PREFACE);
        send(HELLO, hello(networkId));
        out.flush();
        in.readFully(new byte[PREFACE.length]);
        expect(HELLO);
        send(HELLO_ACK, new byte[MAC_LENGTH]);
        out.flush();
        expect(HELLO_ACK);
        reader.setDaemon(true);
        reader.start();
    }

    private byte[] hello(String networkId) {
        SecureRandom random = new SecureRandom();
        byte[] nonce = new byte[HASH_LENGTH];
        random.nextBytes(id);
        random.nextBytes(nonce);
        byte[] tag = sha256("ippan-net/1" + networkId);
        return ByteBuffer.allocate(HELLO_LENGTH).put((byte) 1).put((byte) 1).put(tag, 0, TAG_LENGTH).putLong(0)
                .put((byte) 0).putInt(MAX_MESSAGE).put(id).putLong(random.nextLong()).put(nonce).putShort((short) 0)
                .put((byte) 0).array();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void expect(int type) throws IOException {
        int heardType = header();
        in.readFully(new byte[in.readInt()]);
        if (heardType != type) {
            throw new IOException("expected frame " + type + ", not " + heardType);
        }
    }

    /** Reads a header up to its length. */
    private int header() throws IOException {
        if (in.readUnsignedByte() != MARK) {
            throw new IOException("no frame");
        }
        int type = in.readUnsignedByte();
        in.readUnsignedShort();
        return type;
    }

    private void read() {
        try {
            while (true) {
                int type = header();
                byte[] body = new byte[in.readInt()];
                in.readFully(body);
                heard.merge(type, 1, Integer::sum);
                if (type == PING) {
                    send(PONG, body);
                    flush();
                } else if (type == GOODBYE) {
                    goodbye = body[0];
                }
            }
        } catch (IOException e) {
            // The end of the stream, one way or the other.
            ended = true;
        }
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
            out.write(MARK);
            out.write(type);
            out.writeShort(0);
            out.writeInt(body.length);
            out.write(body);
        }
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
     * The body of a GOSSIP frame with a payload of zeros.
     *
     * @param topic ASCII
     * @param nonce what tells it from others, its number too
     * @param length of the payload
     * @return the body
     */
    public static byte[] message(String topic, long nonce, int length) {
        byte[] name = topic.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(28 + name.length + length).put((byte) 0).put((byte) 1).put((byte) 0)
                .put((byte) name.length).putInt(length).putInt(0).putLong(nonce).putLong(nonce)
                .put(name).array();
    }

    /**
     * The body of an IHAVE frame that announces one message.
     *
     * @param number what tells its id from others
     * @return the body
     */
    public static byte[] announcement(long number) {
        return ByteBuffer.allocate(2 + HASH_LENGTH + 8).putShort((short) 1).put(sha256("announced " + number))
                .putInt(100).putInt(0).array();
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
     * How many frames of a type came.
     *
     * @param type of the frames
     * @return their number
     */
    public int heard(int type) {
        return heard.getOrDefault(type, 0);
    }

    /**
     * Why the node closed.
     *
     * @return the code of the reason; 0 if it did not say goodbye
     */
    public int goodbye() {
        return goodbye;
    }

    /**
     * Whether nothing can come any more.
     *
     * @return true once the stream ended
     */
    public boolean ended() {
        return ended;
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
