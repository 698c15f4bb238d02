// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Who listens at an address and is no node. They are gone after the test. */
final class Strangers implements AfterEachCallback {

    private static final int BACKLOG = 50;
    private static final int CONNECT_MILLIS = 500;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private ServerSocket listener(int backlog) throws IOException {
        ServerSocket listener = new ServerSocket(0, backlog, InetAddress.getByName(Nodes.LOOPBACK));
        open.push(listener);
        return listener;
    }

    private static String address(ServerSocket listener) {
        return Nodes.LOOPBACK + ":" + listener.getLocalPort();
    }

    /** One that takes connections and says nothing. */
    String mute() throws IOException {
        return address(listener(BACKLOG));
    }

    /** One that speaks another protocol. */
    String mailServer() throws IOException {
        ServerSocket listener = listener(BACKLOG);
        Thread thread = new Thread(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    socket.getOutputStream().write("220 mail.invalid ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The one who dialled has gone, or the test is over.
                    continue;
                }
            }
        }, "mail-server");
        thread.setDaemon(true);
        thread.start();
        return address(listener);
    }

    /** One whose queue of new connections is full: the kernel lets further ones wait without an answer. */
    String busy() throws IOException {
        ServerSocket listener = listener(1);
        boolean answers = true;
        while (answers) {
            Socket socket = new Socket();
            open.push(socket);
            try {
                socket.connect(listener.getLocalSocketAddress(), CONNECT_MILLIS);
            } catch (SocketTimeoutException e) {
                answers = false;
            }
        }
        return address(listener);
    }
}
