// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.itests.web;

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
import java.util.concurrent.locks.LockSupport;
import org.ippan.network.api.PeerAddress;

/** The line between two halves of a network, which a test cuts and mends: it passes connections on to a node. */
final class Cable implements AutoCloseable {

    private static final int SEGMENT = 16 * 1024;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PeerAddress target;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile ServerSocket plug;
    private volatile boolean silent;

    Cable(PeerAddress target) throws IOException {
        this.target = target;
        plug = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        port = plug.getLocalPort();
        threads.execute(this::accept);
    }

    /** Where it begins. */
    String address() {
        return "127.0.0.1:" + port;
    }

    void cut() throws IOException {
        plug.close();
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    /** Nothing gets through any more, and neither end is told: as behind a firewall that drops what comes. */
    void silence() {
        silent = true;
    }

    void mend() throws IOException {
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
