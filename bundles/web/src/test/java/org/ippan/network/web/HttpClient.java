// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.ippan.network.api.PeerAddress;

/** A client that sends what it is told, byte by byte, and not what is right. */
final class HttpClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    /** More than a short answer, which comes in one piece. */
    private static final int ANSWER = 4_096;

    final Socket socket;

    HttpClient(PeerAddress server) throws IOException {
        socket = new Socket(server.host(), server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** Sends a request, as much of it as is wanted, and reads what comes until the server closes. */
    static String exchange(PeerAddress server, String request) throws IOException {
        try (HttpClient client = new HttpClient(server)) {
            try {
                client.send(request);
            } catch (SocketException e) {
                // Refused before it was read to its end: the answer says why.
                return client.readAll();
            }
            return client.readAll();
        }
    }

    /** A request line with the headers an honest client sends, and more. */
    static String request(PeerAddress server, String line, String... headers) {
        StringBuilder text = new StringBuilder(line).append(" HTTP/1.1\r\nHost: ").append(server)
                .append("\r\nConnection: close\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        return text.append("\r\n").toString();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** All until the end; a connection that is reset has ended too. */
    String readAll() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
        } catch (SocketException e) {
            return text.toString();
        }
        return text.toString();
    }

    /** Asks on a connection that stays open, and reads so much of the answer as tells that it is there. */
    String ask(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        byte[] answer = new byte[ANSWER];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
