// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Who listens at an address and is no node. They are gone after the test. */
final class Strangers implements AfterEachCallback {

    private static final int BACKLOG = 50;
    private static final int CONNECT_MILLIS = 500;
    /** Longer than a handshake takes. */
    private static final int LISTEN_MILLIS = 10_000;

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
        return says("220 mail.invalid ESMTP\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** One that says this to each that dials, and then listens until the other end has gone. */
    String says(byte[] words) throws IOException {
        return says(listener(BACKLOG), words);
    }

    /** The same at a socket that the test made. */
    String says(ServerSocket listener, byte[] words) {
        return meets(listener, socket -> {
            socket.setSoTimeout(LISTEN_MILLIS);
            socket.getOutputStream().write(words);
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }

    /** One that speaks HTTP inside TLS. */
    String tlsServer() throws IOException, NoSuchAlgorithmException {
        SSLServerSocket listener = (SSLServerSocket) SSLContext.getDefault().getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getByName(Nodes.LOOPBACK));
        SSLParameters parameters = listener.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        listener.setSSLParameters(parameters);
        return meets(listener, socket -> ((SSLSocket) socket).startHandshake());
    }

    /** One that closes each connection at once. */
    String closing() throws IOException {
        return meets(listener(BACKLOG), socket -> { });
    }

    /** What a stranger does with a connection before it is closed. */
    private interface Meeting {

        void with(Socket socket) throws IOException;
    }

    private String meets(ServerSocket listener, Meeting meeting) {
        open.push(listener);
        Thread thread = new Thread(() -> {
            while (!listener.isClosed()) {
                try (Socket socket = listener.accept()) {
                    meeting.with(socket);
                } catch (IOException e) {
                    // The one who dialled has gone, or the test is over.
                    continue;
                }
            }
        }, "stranger");
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
