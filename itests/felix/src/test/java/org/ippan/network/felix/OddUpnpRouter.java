// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers searches for Internet Gateway Devices on loopback, and describes itself as no real one would. It maps any
 * port, and does not tell its outer address.
 */
final class OddUpnpRouter implements AutoCloseable {

    private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 1900);
    private static final int LONGEST = 2048;
    private static final int PAUSE_MILLIS = 100;

    /** Of one that can map ports; orders come to the place where it describes itself. */
    static final String MAPS = "<root><device><serviceList><service><serviceType>urn:schemas-upnp-org:service:"
            + "WANIPConnection:1</serviceType><controlURL>/order</controlURL></service></serviceList></device></root>";

    private static final String ANSWER = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/>"
            + "</s:Envelope>";

    /** What it says it is. */
    volatile String description = "";
    /** Whether the description comes byte for byte. */
    volatile boolean slow;
    private final MulticastSocket searches;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    OddUpnpRouter() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::describe);
        http.start();
        searches = new MulticastSocket(GROUP.getPort());
        searches.joinGroup(GROUP, NetworkInterface.getByName("lo"));
        threads.execute(this::answer);
    }

    private void answer() {
        DatagramPacket packet = new DatagramPacket(new byte[LONGEST], LONGEST);
        while (!searches.isClosed()) {
            try {
                packet.setLength(LONGEST);
                searches.receive(packet);
                byte[] answer = ("HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
                        + "LOCATION: http://127.0.0.1:" + http.getAddress().getPort() + "/\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                searches.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private void describe(HttpExchange exchange) throws IOException {
        String said = exchange.getRequestMethod().equals("POST") ? ANSWER : description;
        byte[] body = said.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (int i = 0; slow && i < body.length; i++) {
                out.write(body[i]);
                out.flush();
                Thread.sleep(PAUSE_MILLIS);
            }
            out.write(body, 0, slow ? 0 : body.length);
        } catch (InterruptedException e) {
            // The test is over.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        searches.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
