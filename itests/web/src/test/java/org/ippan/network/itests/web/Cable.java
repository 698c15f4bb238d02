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
import org.ippan.network.api.PeerAddress;

/** The line between two halves of a network, which a test cuts and mends: it passes connections on to a node. */
final class Cable implements AutoCloseable {

    private final PeerAddress target;
    private final int port;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile ServerSocket plug;

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

    void mend() throws IOException {
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

    private static void carry(Socket from, Socket to) {
        try (from; to; InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            return; // Either end went, or it is cut.
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        threads.shutdownNow();
    }
}
