// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A proxy of HTTP on loopback, in threads that block: for CONNECT, or as one in front of a server, which adds a header
 * to the first request and then passes bytes on, the first of which it keeps.
 */
final class HttpProxy implements AutoCloseable {

    private static final int KEPT = 64 * 1024;

    final List<String> requests = new CopyOnWriteArrayList<>();
    final StringBuffer passed = new StringBuffer();
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final int server;
    private final String header;
    private final String refusal;
    private final int length;

    private HttpProxy(int server, String header, String refusal, int length) throws IOException {
        this.server = server;
        this.header = header;
        this.refusal = refusal;
        this.length = length;
        threads.execute(this::accept);
    }

    /** Connects to whatever it is asked for, if the request has this header; any will do if it is empty. */
    static HttpProxy connecting(String header) throws IOException {
        return new HttpProxy(0, header, "", 0);
    }

    /** Answers every request the same. */
    static HttpProxy answering(String status) throws IOException {
        return answering(status, 0);
    }

    /** As above, with a page of so many bytes. */
    static HttpProxy answering(String status, int length) throws IOException {
        return new HttpProxy(0, "", status, length);
    }

    /** Stands before a server on this machine, and adds a header. */
    static HttpProxy before(int server, String header) throws IOException {
        return new HttpProxy(server, header, "", 0);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            threads.shutdown(); // It was closed.
        }
    }

    private void serve(Socket client) {
        try {
            List<String> head = head(client.getInputStream());
            requests.add(String.join("\n", head));
            if (server > 0) {
                Socket behind = connect(server);
                head.add(1, header);
                behind.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n").getBytes(
                        StandardCharsets.US_ASCII));
                pass(client, behind);
            } else if (!refusal.isEmpty()) {
                answer(client, refusal, length);
                client.close();
            } else if (!header.isEmpty() && !head.contains(header)) {
                answer(client, "407 Proxy Authentication Required", 0);
                client.close();
            } else {
                String target = head.get(0).split(" ")[1];
                Socket behind = connect(Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)));
                answer(client, "200 Connection established", 0);
                pass(client, behind);
            }
        } catch (IOException e) {
            requests.add("failed: " + e);
        }
    }

    private Socket connect(int port) throws IOException {
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(behind);
        return behind;
    }

    private static void answer(Socket client, String status, int length) throws IOException {
        client.getOutputStream().write(("HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n\r\n"
                + "x".repeat(length)).getBytes(StandardCharsets.US_ASCII));
    }

    /** The lines of the first request, byte by byte, so that nothing behind it is taken. */
    private static List<String> head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client left");
            }
            text.append((char) next);
        }
        return new ArrayList<>(List.of(text.toString().strip().split("\r\n")));
    }

    private void pass(Socket client, Socket behind) {
        threads.execute(() -> copy(client, behind));
        copy(behind, client);
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try (from; to) {
            OutputStream out = to.getOutputStream();
            for (int length = from.getInputStream().read(buffer); length >= 0;
                    length = from.getInputStream().read(buffer)) {
                if (passed.length() < KEPT) {
                    passed.append(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                }
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            passed.append(' '); // An end closed; so does the other.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    /** What a server answers to a request, up to the end of the first line and with its headers and body. */
    static String ask(int port, String... lines) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(
                    StandardCharsets.US_ASCII));
            BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(),
                    StandardCharsets.US_ASCII));
            return String.join("\n", answer.lines().toList());
        }
    }
}
