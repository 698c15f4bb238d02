// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Internet Gateway Device on loopback: SSDP over UDP, description and orders over HTTP; it may misbehave. */
final class UpnpRouter implements AutoCloseable {

    final Map<Integer, String> mapped = new HashMap<>();
    final AtomicInteger connections = new AtomicInteger();
    /** What is sent instead of the description; null for a good one. */
    volatile Misbehaviour description;
    volatile String location;
    volatile String controlUrl = "/ctl/IPConn";
    volatile String type = "urn:schemas-upnp-org:service:WANIPConnection:1";
    volatile int answers = 1;
    /** How many other hosts answer too, from addresses of their own. */
    volatile int impostors;
    /** Whether they answer before it. */
    volatile boolean isLast;
    volatile boolean onlyPermanent;
    volatile int takenPorts;
    volatile int refusal;
    private final DatagramSocket ssdp;
    private final HttpServer http;
    private final ExecutorService workers = Executors.newCachedThreadPool();

    /** Writes what it likes. */
    @FunctionalInterface
    interface Misbehaviour {

        void answer(HttpExchange exchange) throws Exception;
    }

    UpnpRouter() throws IOException {
        this(InetAddress.getByName("127.0.0.1"));
    }

    /** Described at this address of the machine, or at all of them. */
    UpnpRouter(InetAddress described) throws IOException {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        http = HttpServer.create(new InetSocketAddress(described, 0), 0);
        http.setExecutor(workers);
        http.createContext("/", this::serve);
        http.start();
        ssdp = new DatagramSocket(0, loopback);
        location = "http://127.0.0.1:" + http.getAddress().getPort() + "/rootDesc.xml";
        workers.execute(this::announce);
    }

    InetSocketAddress group() {
        return (InetSocketAddress) ssdp.getLocalSocketAddress();
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void announce() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            while (true) {
                packet.setLength(2048);
                ssdp.receive(packet);
                for (int i = 0; i < answers && !isLast; i++) {
                    answer(ssdp, location, packet.getSocketAddress());
                }
                for (int i = 0; i < impostors; i++) {
                    InetAddress own = InetAddress.getByName("127.1." + i / 250 + "." + (1 + i % 250));
                    try (DatagramSocket impostor = new DatagramSocket(0, own)) {
                        answer(impostor, "http://" + own.getHostAddress() + ":" + port() + "/rootDesc.xml",
                                packet.getSocketAddress());
                    }
                }
                for (int i = 0; i < answers && isLast; i++) {
                    answer(ssdp, location, packet.getSocketAddress());
                }
            }
        } catch (IOException e) {
            // The test is over.
            return;
        }
    }

    private static void answer(DatagramSocket from, String location, SocketAddress to) throws IOException {
        byte[] answer = ("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: urn:schemas-upnp-org:device:"
                + "InternetGatewayDevice:1\r\nEXT:\r\nSERVER: test\r\nLOCATION: " + location + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        from.send(new DatagramPacket(answer, answer.length, to));
    }

    private void serve(HttpExchange exchange) throws IOException {
        connections.incrementAndGet();
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                order(exchange);
            } else if (description == null) {
                send(exchange, 200, goodDescription());
            } else {
                description.answer(exchange);
            }
        } catch (Exception e) {
            // The client has gone, as it should.
            exchange.close();
        }
    }

    String goodDescription() {
        return "<?xml version=\"1.0\"?><root xmlns=\"urn:schemas-upnp-org:device-1-0\"><device><deviceList><device>"
                + "<serviceList><service><serviceType>urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1"
                + "</serviceType><controlURL>/ctl/CmnIfCfg</controlURL></service></serviceList><deviceList><device>"
                + "<serviceList><service><serviceType>" + type + "</serviceType><controlURL>" + controlUrl
                + "</controlURL></service></serviceList></device></deviceList></device></deviceList></device></root>";
    }

    private void order(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String action = exchange.getRequestHeaders().getFirst("SOAPAction");
        if (refusal != 0) {
            send(exchange, 500, fault(refusal));
        } else if (action.endsWith("#GetExternalIPAddress\"")) {
            send(exchange, 200, envelope("<NewExternalIPAddress>198.51.100.7</NewExternalIPAddress>"));
        } else if (action.endsWith("#AddPortMapping\"")) {
            int port = Integer.parseInt(find(body, "NewExternalPort"));
            boolean permanent = find(body, "NewLeaseDuration").equals("0");
            if (onlyPermanent && !permanent) {
                send(exchange, 500, fault(725));
            } else if (takenPorts > 0) {
                takenPorts--;
                send(exchange, 500, fault(718));
            } else {
                mapped.put(port, find(body, "NewInternalClient") + ":" + find(body, "NewInternalPort") + "/"
                        + find(body, "NewLeaseDuration"));
                send(exchange, 200, envelope(""));
            }
        } else {
            mapped.remove(Integer.parseInt(find(body, "NewExternalPort")));
            send(exchange, 200, envelope(""));
        }
    }

    private static String find(String body, String name) {
        Matcher element = Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(body);
        return element.find() ? element.group(1) : "";
    }

    private static String envelope(String inside) {
        return "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><u:R "
                + "xmlns:u=\"x\">" + inside + "</u:R></s:Body></s:Envelope>";
    }

    private static String fault(int code) {
        return envelope("<s:Fault><detail><UPnPError><errorCode>" + code + "</errorCode><errorDescription>No\u0007way"
                + "</errorDescription></UPnPError></detail></s:Fault>").replace('\u0007', ' ');
    }

    static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        ssdp.close();
        http.stop(0);
        workers.shutdownNow();
    }
}
