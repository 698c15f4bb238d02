// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ippan.network.api.Ticker;

/**
 * Searches the local network for routers by SSDP. Of each host that answers, the first description at that very host
 * counts; other hosts, other schemes, and all but the first few answers are passed over. Others than the gateway may
 * say that they are one, by mistake or not: there is always a place for its answer, and it goes first.
 *
 * @param group where devices listen
 * @param gateway where the default route leads
 * @param timeoutMillis how long answers are waited for
 * @param trusted which hosts may answer
 */
record Ssdp(InetSocketAddress group, InetAddress gateway, int timeoutMillis, Predicate<InetAddress> trusted,
        Ticker ticker) {

    /** Where devices listen (UPnP Device Architecture 1.1 §1.3.2). */
    static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 1900);
    static final int MAX_DEVICES = 8;
    /** Answers looked at in one search, of whatever kind. */
    private static final int MAX_ANSWERS = 256;
    private static final int MAX_BYTES = 2048;
    /** So small a part of the time is enough once the gateway was heard: others answer in the same moment. */
    private static final int LATE_PART = 6;
    /** The gateway itself may take the second that it is given (MX), while others answer at once. */
    private static final int OTHERS_PART = 2;
    private static final List<String> TARGETS = List.of("urn:schemas-upnp-org:device:InternetGatewayDevice:2",
            "urn:schemas-upnp-org:device:InternetGatewayDevice:1");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location:[ \\t]*(\\S{1,512})[ \\t]*\\r?$");

    /** Where routers describe themselves: the gateway, then the others in the order in which they answered. */
    List<URI> search(InetAddress local) throws IOException {
        Map<InetAddress, URI> found = new LinkedHashMap<>();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(local, 0))) {
            for (String target : TARGETS) {
                byte[] bytes = ("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\n"
                        + "MX: 1\r\nST: " + target + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(bytes, bytes.length, group));
            }
            receive(socket, found);
        }
        List<URI> all = new ArrayList<>();
        Optional.ofNullable(found.remove(gateway)).ifPresent(all::add);
        all.addAll(found.values());
        return all;
    }

    private void receive(DatagramSocket socket, Map<InetAddress, URI> found) throws IOException {
        long deadline = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        for (int answers = 0; answers < MAX_ANSWERS && found.size() < MAX_DEVICES; answers++) {
            long millis = TimeUnit.NANOSECONDS.toMillis(deadline - ticker.nanos());
            if (millis <= 0) {
                return;
            }
            socket.setSoTimeout((int) millis);
            packet.setLength(MAX_BYTES);
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return;
            }
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
            URI location = location(text, packet.getAddress());
            boolean first = packet.getAddress().equals(gateway);
            boolean room = first || found.size() < MAX_DEVICES - (found.containsKey(gateway) ? 0 : 1);
            if (location != null && room && found.putIfAbsent(packet.getAddress(), location) == null) {
                deadline = Math.min(deadline, ticker.nanos()
                        + TimeUnit.MILLISECONDS.toNanos(timeoutMillis / (first ? LATE_PART : OTHERS_PART)));
            }
        }
    }

    /** Where the router that sent an answer describes itself; null if it is no answer, or leads elsewhere. */
    URI location(String text, InetAddress sender) {
        Matcher header = LOCATION.matcher(text);
        boolean answer = text.startsWith("HTTP/1.1 200") && text.contains("InternetGatewayDevice") && header.find();
        return answer && trusted.test(sender) ? Locations.at(header.group(1), sender) : null;
    }
}
