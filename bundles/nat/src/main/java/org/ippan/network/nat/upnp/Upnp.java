// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.upnp;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.ippan.network.api.HttpFetch;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.GatewayException;
import org.ippan.network.nat.upnp.RouterXml.Service;

/** A router that is an Internet Gateway Device, 1 or 2, found in the local network. Confined to one thread. */
public final class Upnp implements Gateway {

    public static final String NAME = "upnp";

    private static final int LIMIT_MILLIS = 5000;
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_PORTS = 8;
    /** "Conflict in mapping entry": another host has the port. */
    private static final int CONFLICT = 718;
    private static final int ONLY_PERMANENT = 725;
    private static final int HTTP_OK = 200;
    private static final int LAST_PORT = 65_535;
    private static final int FIRST_FREE_PORT = 1024;
    private static final List<String> TYPES = List.of("urn:schemas-upnp-org:service:WANIPConnection:2",
            "urn:schemas-upnp-org:service:WANIPConnection:1", "urn:schemas-upnp-org:service:WANPPPConnection:1");
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final Search search;
    private final InetAddress address;
    private final Control control;

    private Upnp(Search search, InetAddress address, Control control) {
        this.search = search;
        this.address = address;
        this.control = control;
    }

    /**
     * Where a router takes orders.
     *
     * @param url at its own address
     * @param type of the service there
     */
    record Control(URI url, String type) {
    }

    /**
     * Where and how it is searched.
     *
     * @param group where devices listen
     * @param gateway where the default route leads, which is asked first
     * @param local address of this machine that they are asked from
     * @param trusted which hosts may answer
     * @param timeoutMillis gives how long answers are waited for, also later, when the router is asked for something
     * @param watch ends requests that take too long
     */
    public record Search(InetSocketAddress group, InetAddress gateway, InetAddress local,
            Predicate<InetAddress> trusted, IntSupplier timeoutMillis, ScheduledExecutorService watch, Ticker ticker) {

        private HttpFetch http() {
            return new HttpFetch(Math.min(LIMIT_MILLIS, 2 * timeoutMillis.getAsInt()), MAX_BYTES, watch);
        }
    }

    /** Where devices listen. */
    public static InetSocketAddress group() {
        return Ssdp.GROUP;
    }

    /**
     * The gateway, else the first router that answers, if it can map ports.
     *
     * @throws IOException if none does, with the last reason
     */
    public static Upnp find(Search search) throws IOException {
        int millis = search.timeoutMillis().getAsInt();
        List<URI> descriptions = new Ssdp(search.group(), search.gateway(), millis, search.trusted(),
                search.ticker()).search(search.local());
        IOException last = new IOException("no router answered within " + millis + " ms");
        for (URI description : descriptions) {
            try {
                return at(description, search);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static Upnp at(URI description, Search search) throws IOException {
        HttpFetch.Reply reply = search.http().ask(description, connection -> { });
        if (reply.code() != HTTP_OK) {
            throw new IOException(description + " answered " + reply.code());
        }
        // The search has compared it with the address that answered.
        InetAddress host = InetAddress.getByName(description.getHost());
        return new Upnp(search, host, control(description, host, reply.body()));
    }

    /** Where a router takes orders, as it describes itself. */
    static Control control(URI description, InetAddress host, byte[] xml) throws IOException {
        RouterXml.Description read = RouterXml.description(xml);
        URI base = read.base().isEmpty() ? description : Locations.at(read.base(), host);
        for (String type : TYPES) {
            for (Service service : read.services()) {
                URI url = base == null || !service.type().equals(type) ? null
                        : Locations.within(base, service.controlUrl(), host);
                if (url != null) {
                    return new Control(url, type);
                }
            }
        }
        throw new IOException(description + " offers no connection to the Internet at its own address");
    }

    @Override
    public String protocol() {
        return NAME;
    }

    @Override
    public InetAddress address() {
        return address;
    }

    @Override
    public Lease map(int inner, int wanted, long seconds) throws IOException {
        int port = wanted;
        for (int tried = 1;; tried++) {
            try {
                return new Lease(port, Optional.empty(), add(inner, port, seconds), Beat.NONE);
            } catch (GatewayException e) {
                if (e.code() != CONFLICT || tried == MAX_PORTS) {
                    throw e;
                }
                port = port == LAST_PORT ? FIRST_FREE_PORT : port + 1;
            }
        }
    }

    /** Gives the seconds that were granted: some routers keep mappings for ever, or not at all. */
    private long add(int inner, int port, long seconds) throws IOException {
        try {
            order(inner, port, seconds);
            return seconds;
        } catch (GatewayException e) {
            if (e.code() != ONLY_PERMANENT) {
                throw e;
            }
            order(inner, port, 0);
            return 0;
        }
    }

    private void order(int inner, int port, long seconds) throws IOException {
        call("AddPortMapping", "<NewRemoteHost></NewRemoteHost><NewExternalPort>" + port
                + "</NewExternalPort><NewProtocol>TCP</NewProtocol><NewInternalPort>" + inner
                + "</NewInternalPort><NewInternalClient>" + search.local().getHostAddress()
                + "</NewInternalClient><NewEnabled>1</NewEnabled><NewPortMappingDescription>ippan-network"
                + "</NewPortMappingDescription><NewLeaseDuration>" + seconds + "</NewLeaseDuration>", "");
    }

    @Override
    public void unmap(int inner, Lease lease) throws IOException {
        call("DeletePortMapping", "<NewRemoteHost></NewRemoteHost><NewExternalPort>" + lease.port()
                + "</NewExternalPort><NewProtocol>TCP</NewProtocol>", "");
    }

    @Override
    public Beat beat() throws IOException {
        return new Beat(outer(call("GetExternalIPAddress", "", "NewExternalIPAddress")), -1);
    }

    /** The address that a text is; empty if it is none, or a name. */
    static Optional<InetAddress> outer(String text) {
        return V4.matcher(text).matches() ? NetSet.address(text) : Optional.empty();
    }

    /** Calls an action, and gives one text of its answer. */
    private String call(String action, String arguments, String wanted) throws IOException {
        String body = "<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:" + action + " xmlns:u=\""
                + control.type + "\">" + arguments + "</u:" + action + "></s:Body></s:Envelope>\r\n";
        return answered(search.http().ask(control.url,
                connection -> order(connection, control.type + '#' + action, body)), action, wanted);
    }

    /** One text of the answer to an action; a refusal is an exception. */
    static String answered(HttpFetch.Reply reply, String action, String wanted) throws IOException {
        if (reply.code() == HTTP_OK) {
            return RouterXml.texts(reply.body(), List.of(wanted)).getOrDefault(wanted, "");
        }
        Map<String, String> error = RouterXml.texts(reply.body(), List.of("errorCode", "errorDescription"));
        int code = number(error.getOrDefault("errorCode", ""));
        throw new GatewayException(code < 0 ? reply.code() : code, printable(error.getOrDefault("errorDescription",
                action + " was refused")));
    }

    private static void order(HttpURLConnection connection, String action, String body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        // Not streamed: then the JDK repeats a request once that a router dropped, and orders may be repeated.
        connection.setRequestProperty("Content-Type", "text/xml; charset=\"utf-8\"");
        connection.setRequestProperty("SOAPAction", '"' + action + '"');
        connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
    }

    /** A router's words get into the log. */
    private static String printable(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.substring(0, Math.min(80, plain.length()));
    }
}
