// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The side of a {@link WirePeer} that listens: it counts what it hears on a thread of its own. */
final class WireEar {

    private final DataInputStream in;
    private final Answer answer;
    private final Map<Integer, Integer> heard = new ConcurrentHashMap<>();
    private final Map<Integer, byte[]> last = new ConcurrentHashMap<>();
    private volatile int goodbye;
    private volatile boolean ended;
    private volatile boolean silent;
    private volatile boolean deaf;
    private volatile long restNanos;

    /** Answers a heartbeat. */
    interface Answer {

        void to(byte[] ping) throws IOException;
    }

    WireEar(InputStream in, Answer answer) {
        this.in = new DataInputStream(in);
        this.answer = answer;
    }

    void skip(int length) throws IOException {
        in.readFully(new byte[length]);
    }

    void expect(int type) throws IOException {
        int heardType = header();
        in.readFully(new byte[in.readInt()]);
        if (heardType != type) {
            throw new IOException("expected frame " + type + ", not " + heardType);
        }
    }

    /** Reads a header up to its length. */
    private int header() throws IOException {
        if (in.readUnsignedByte() != WireFrames.MARK) {
            throw new IOException("no frame");
        }
        int type = in.readUnsignedByte();
        in.readUnsignedShort();
        return type;
    }

    void start() {
        deaf = false;
        Thread reader = new Thread(this::read, "wire-peer");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            while (!deaf) {
                int type = header();
                byte[] body = new byte[in.readInt()];
                in.readFully(body);
                last.put(type, body);
                heard.merge(type, 1, Integer::sum);
                if (type == WirePeer.PING && !silent) {
                    answer.to(body);
                } else if (type == WirePeer.GOODBYE) {
                    goodbye = body[0];
                }
                if (restNanos > 0) {
                    LockSupport.parkNanos(restNanos);
                }
            }
        } catch (IOException e) {
            // The end of the stream, one way or the other.
            ended = true;
        }
    }

    void stop() {
        deaf = true;
    }

    void silence() {
        silent = true;
    }

    void restAfterEach(long nanos) {
        restNanos = nanos;
    }

    int heard(int type) {
        return heard.getOrDefault(type, 0);
    }

    byte[] last(int type) {
        return last.getOrDefault(type, new byte[0]).clone();
    }

    int goodbye() {
        return goodbye;
    }

    boolean ended() {
        return ended;
    }
}
