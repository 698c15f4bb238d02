// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.mdns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.discovery.search.Network;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.settings.MdnsSettings;

/**
 * The network around this machine: which interfaces are used, and what is told there of this node. Makes the source.
 *
 * @param group where everyone listens
 * @param self who this node is; empty while that is not known
 * @param listening where it listens; empty if nowhere
 * @param network which network it belongs to
 * @param reader hears packets, on a thread of its own
 */
public record LocalNetwork(InetSocketAddress group, Supplier<Optional<PeerId>> self,
        Supplier<Optional<PeerAddress>> listening, Network network, Executor reader, Ticker ticker,
        RefusalCounts tally) {

    /** Where mDNS is (RFC 6762 §3). */
    public static final InetSocketAddress GROUP = new InetSocketAddress("224.0.0.251", 5353);

    /** What stands for all addresses of a machine. */
    private static final Set<String> ALL = Set.of("0.0.0.0", "::");

    /** The search that these settings want. */
    public MdnsSource source(MdnsSettings settings) {
        MdnsCache cache = new MdnsCache(ticker, network, tally);
        return new MdnsSource(cache, self, () -> settings.announce() ? told() : Optional.empty(), ticker,
                new MdnsSource.Opening() {
                    @Override
                    public List<String> named() {
                        return settings.interfaces();
                    }

                    @Override
                    public List<NetworkInterface> interfaces() throws IOException {
                        return LocalNetwork.interfaces(settings.interfaces());
                    }

                    @Override
                    public MdnsSockets open(List<NetworkInterface> on) throws IOException {
                        return new MdnsSockets(group, on, reader, ticker, tally);
                    }
                });
    }

    private Optional<MdnsMessages.Self> told() {
        return self.get().flatMap(id -> listening.get().filter(address -> address.port() > 0)
                .flatMap(address -> network.tag().get().map(tag -> new MdnsMessages.Self(id, address.port(), tag,
                        listensAt(address.host())))));
    }

    /** Looked up now, and not when it is asked: a goodbye must not wait for name servers. */
    private static Predicate<InetAddress> listensAt(String host) {
        List<InetAddress> ips = NetSet.address(host).map(List::of).orElseGet(() -> lookedUp(host));
        return ip -> ALL.contains(host) || ips.contains(ip);
    }

    /** The node listens there, so its machine knows the name. */
    private static List<InetAddress> lookedUp(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            // Not any more: then nothing is told.
            return List.of();
        }
    }

    /** The JDK says by an exception that there is none. */
    private static List<NetworkInterface> all() {
        try {
            return NetworkInterface.networkInterfaces().toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    private static List<NetworkInterface> interfaces(List<String> wanted) throws IOException {
        List<NetworkInterface> all = all();
        for (String name : wanted) {
            if (all.stream().noneMatch(one -> isCalled(one, name))) {
                throw new IOException("there is no network interface " + name + (all.isEmpty() ? ", nor any other"
                        : "; there are " + String.join(", ", all.stream().map(NetworkInterface::getName).toList())));
            }
        }
        return all.stream().filter(one -> wanted.isEmpty() ? isUsual(one)
                : wanted.stream().anyMatch(name -> isCalled(one, name))).toList();
    }

    private static boolean isCalled(NetworkInterface one, String name) {
        return one.getName().equals(name)
                || one.inetAddresses().map(InetAddress::getHostAddress).anyMatch(name::equals);
    }

    private static boolean isUsual(NetworkInterface one) {
        try {
            return one.isUp() && one.supportsMulticast() && !one.isLoopback() && !one.isPointToPoint()
                    && one.inetAddresses().anyMatch(Inet4Address.class::isInstance);
        } catch (SocketException e) {
            // It went away while it was asked.
            return false;
        }
    }
}
