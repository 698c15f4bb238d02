// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.felix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.web.WebSnapshot;
import org.ippan.network.testkit.Eventually;
import org.ippan.network.testkit.process.Programs;
import org.ippan.network.testkit.process.WirePeer;

/** The program of {@link NoNetworkIT}, on a machine of its own; its last line is that all was said. */
final class NoNetwork {

    static final Path FOLDER = Container.TARGET.resolve("felix").resolve(NoNetwork.class.getSimpleName());
    static final String ALL_IS_SAID = "all is said";

    private static final String NAT = "org.ippan.network.nat";
    private static final String DISCOVERY = "org.ippan.network.discovery";
    private static final String TRANSPORT = "org.ippan.network.transport";
    private static final String WEB = "org.ippan.network.web";
    private static final String DEVICE = "<root><device>%s</device></root>";
    private static final int LEVELS = 40;
    /** An address of this machine that is not of loopback, and one of its link. */
    private static final String ADDRESS = "198.51.100.1";
    private static final String LINK_LOCAL = "fe80::5";

    private final ErrorOutput log = new ErrorOutput();
    private final PlainFelix felix;

    private NoNetwork() throws Exception {
        Container.delete(FOLDER.resolve("node"));
        felix = new PlainFelix(FOLDER.resolve("node"));
    }

    public static void main(String[] arguments) throws Exception {
        NoNetwork node = new NoNetwork();
        try {
            Programs.run(FOLDER, "ip", "link", "set", "lo", "down");
            Programs.run(FOLDER, "ip", "address", "flush", "dev", "lo");
            node.lookWithoutAnInterface();
            Programs.run(FOLDER, "ip", "link", "set", "lo", "up", "multicast", "on");
            Programs.run(FOLDER, "ip", "route", "add", "239.255.255.250", "dev", "lo");
            Programs.run(FOLDER, "ip", "address", "add", ADDRESS, "dev", "lo");
            Programs.run(FOLDER, "ip", "address", "add", LINK_LOCAL + "/64", "dev", "lo");
            node.askRouters();
            node.connectFromOneClient();
            node.meetAPeerOfTheLinkAlone();
        } finally {
            node.felix.close();
            node.log.close();
        }
        System.out.println(ALL_IS_SAID);
        System.exit(0);
    }

    private void finds(String finding) {
        Eventually.until(() -> finding + " in " + findings(), NodeInside.SOON, () -> findings().contains(finding));
    }

    private List<String> findings() {
        return felix.service(Doctor.class).glance().stream().map(each -> each.toString().replaceAll("\\s+", " "))
                .toList();
    }

    private void lookWithoutAnInterface() throws Exception {
        felix.configure(DISCOVERY + ".mdns", "enabled", "true");
        felix.configure(NAT, Map.of("enabled", "true", "ports", "9700"));
        felix.start(List.of("org.ippan.network.doctor", DISCOVERY, NAT));

        Eventually.until(() -> "it says so: " + felix.told(DiscoverySnapshot.class).toList(), NodeInside.SOON,
                () -> felix.told(DiscoverySnapshot.class).anyMatch(each -> each.lastError().equals("no network"
                        + " interface can multicast; set interfaces")));
        felix.configure(DISCOVERY + ".mdns", Map.of("enabled", "true", "interfaces", "eth0"));
        Eventually.until(() -> "it says so: " + felix.told(DiscoverySnapshot.class).toList(), NodeInside.SOON,
                () -> felix.told(DiscoverySnapshot.class).anyMatch(each -> each.lastError().equals("there is no network"
                        + " interface eth0, nor any other")));
        finds("WARN nat: Peers beyond the router cannot connect to this node: No gateway is known. no default route is"
                + " known; set gateway. Set gateway of org.ippan.network.nat to the inner address of the router.");
    }

    private void askRouters() throws Exception {
        try (OddUpnpRouter router = new OddUpnpRouter()) {
            router.description = "nothing of the kind";
            felix.configure(NAT, Map.of("enabled", "true", "gateway", "127.0.0.1", "ports", "9700", "protocols", "upnp",
                    "timeoutSeconds", "1"));
            fails("it is no XML");
            describes(router, "<!DOCTYPE a>" + DEVICE.formatted(""), "its XML has a document type or an entity");
            describes(router, DEVICE.formatted("<a>".repeat(LEVELS) + "</a>".repeat(LEVELS)), "its XML has more than 32"
                    + " levels");
            describes(router, DEVICE.formatted(""), "/ offers no connection to the Internet at its own address");
            router.slow = true;
            describes(router, DEVICE.formatted(""), "/: the answer was not complete within 2000 ms");
            router.slow = false;
            router.description = OddUpnpRouter.MAPS;
            felix.service(Nat.class).renew();
            finds("OK nat: The router at 127.0.0.1 passes connections on (upnp): ?:9700 -> 9700. Its outer address is"
                    + " not known yet, so peers are told none.");
            felix.configure(NAT, "enabled", "false");
        }
    }

    private void describes(OddUpnpRouter router, String description, String why) {
        router.description = description;
        felix.service(Nat.class).renew();
        fails(why);
    }

    private void fails(String why) {
        Eventually.until(() -> why + " in " + felix.told(NatSnapshot.class).toList(), NodeInside.SOON,
                () -> felix.told(NatSnapshot.class).anyMatch(each -> each.lastError().startsWith("upnp: ")
                        && each.lastError().contains(why)));
    }

    /** Which may hold a quarter of all connections to the page. */
    private void connectFromOneClient() throws Exception {
        felix.configure(WEB, Map.of("listenAddress", "0.0.0.0:0", "maxConnections", "4", "token",
                "the-token-of-this-test"));
        felix.start(List.of(WEB));
        Eventually.until("the page is there", NodeInside.SOON, () -> page() > 0);
        try (Socket first = connect(); Socket second = connect()) {
            Eventually.until("both are connected", NodeInside.SOON, () -> first.isConnected() && second.isConnected());
            log.says("WARN", "1 connections to the page, as many as maxConnections allows with one more from " + ADDRESS
                    + " (a quarter for an address): further ones are closed, or answered /health only");
        }
    }

    private int page() {
        return felix.told(WebSnapshot.class).map(each -> each.boundAddress().replaceFirst(".*:", ""))
                .filter(each -> !each.isEmpty()).mapToInt(Integer::parseInt).findFirst().orElse(0);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getByName(ADDRESS), page());
    }

    /** The address of this node there is none that another machine could dial: its zone is of this one. */
    private void meetAPeerOfTheLinkAlone() throws Exception {
        felix.configure(TRANSPORT, Map.of("listenAddress", "[::]:0", "tls", "false", "allowPlaintext", "true"));
        felix.start(Container.PROVIDERS);
        Eventually.until("the node listens", NodeInside.SOON, () -> felix.services(Transport.class)
                .anyMatch(each -> each.listenAddress().isPresent()));
        int port = felix.service(Transport.class).listenAddress().orElseThrow().port();
        try (WirePeer peer = WirePeer.connect(LINK_LOCAL + "%lo:" + port, "default")) {
            Eventually.until("it is asked", NodeInside.SOON, () -> peer.heard(WirePeer.PING) > 0);
            finds("WARN advertise: Peers that are told of this node cannot reach it: it advertises no address that"
                    + " peers could dial. Set advertise of org.ippan.network.peers to an address that they can dial.");
        }
    }
}
