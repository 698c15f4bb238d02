// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerAddress;

/**
 * The line between two halves of a network, which a test cuts, mends, makes narrow and disturbs: it passes connections
 * on to a node.
 */
public final class Cable implements AutoCloseable {

    private static final int SEGMENT = 16 * 1024;
    /** What a narrow line keeps under way. With less, packets of loopback do not fit, and TCP waits for its timers. */
    private static final int NARROW_BUFFER = 128 * 1024;
    /** Shorter segments carry no message. */
    private static final int SPOILT = 600;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PeerAddress target;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger spoiling = new AtomicInteger();
    private volatile ServerSocket plug;
    private volatile boolean silent;
    private volatile int bytesPerSecond;

    /**
     * A line that carries what comes.
     *
     * @param target a node
     * @throws IOException if there is no port for it
     */
    public Cable(PeerAddress target) throws IOException {
        this.target = target;
        plug = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        port = plug.getLocalPort();
        threads.execute(this::accept);
    }

    /**
     * Where it begins.
     *
     * @return {@code host:port}
     */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * Ends all connections, and lets none in.
     *
     * @throws IOException if that fails
     */
    public void cut() throws IOException {
        plug.close();
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    /** Nothing gets through any more, and neither end is told: as behind a firewall that drops what comes. */
    public void silence() {
        silent = true;
    }

    /**
     * From now on the next connections carry little in each direction, and no burst.
     *
     * @param bytes a second
     */
    public void narrow(int bytes) {
        bytesPerSecond = bytes;
    }

    /** Changes one bit of the next segment that is long enough to carry messages. */
    public void spoil() {
        spoiling.incrementAndGet();
    }

    /**
     * Whether there is a segment yet to spoil.
     *
     * @return false once every bit that was to be changed is
     */
    public boolean isSpoiling() {
        return spoiling.get() > 0;
    }

    /**
     * Carries again what comes, after a cut or a silence.
     *
     * @throws IOException if its port was taken meanwhile
     */
    public void mend() throws IOException {
        if (silent) {
            silent = false;
            return;
        }
        plug = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    private void accept() {
        ServerSocket accepting = plug;
        try {
            while (true) {
                Socket near = accepting.accept();
                Socket far = new Socket(target.host(), target.port());
                if (bytesPerSecond > 0) {
                    near.setReceiveBufferSize(NARROW_BUFFER);
                    far.setReceiveBufferSize(NARROW_BUFFER);
                }
                ends.add(near);
                ends.add(far);
                threads.execute(() -> carry(near, far));
                threads.execute(() -> carry(far, near));
            }
        } catch (SocketException e) {
            return; // It is cut.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] bytes = new byte[SEGMENT];
        try (from; to; InputStream in = from.getInputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (silent) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                if (read >= SPOILT && spoiling.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    bytes[read / 2] ^= 1;
                }
                int rate = bytesPerSecond;
                if (rate > 0) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(read) / rate);
                }
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException e) {
            return; // Either end went, or it is cut.
        }
    }

    @Override
    public void close() throws IOException {
        silent = false;
        cut();
        threads.shutdownNow();
    }
}
