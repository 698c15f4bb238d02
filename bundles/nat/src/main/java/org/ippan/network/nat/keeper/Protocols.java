// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.gateway.Routes;
import org.ippan.network.nat.settings.NatSettings;
import org.ippan.network.nat.udp.NatPmp;
import org.ippan.network.nat.udp.Pcp;
import org.ippan.network.nat.upnp.Upnp;

/**
 * The protocols there are.
 *
 * @param routes where the default gateway is found
 * @param port of PCP and NAT-PMP
 * @param group where UPnP devices listen
 * @param nonce that proves this node's mappings to be its own
 * @param watch ends requests that take too long
 */
public record Protocols(Routes routes, int port, InetSocketAddress group, byte[] nonce, ScheduledExecutorService watch,
        Ticker ticker) implements Opener {

    /** RFC 6886 and 6887. */
    public static final int PORT = 5351;
    private static final int MILLIS = 1000;
    private static final int V4_BITS = 32;
    /** Any port will do: nothing is sent. */
    private static final int DISCARD = 9;

    @Override
    public Optional<Route> route(NatSettings settings) {
        return settings.gateway().or(routes::gateway).map(gateway -> new Route(gateway, local(gateway)));
    }

    /** Without a word why there is none: that is said when the router is asked for something. */
    private static Optional<InetAddress> local(InetAddress gateway) {
        try {
            return Optional.of(localTo(gateway));
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    @Override
    public Gateway open(String protocol, InetAddress gateway, Supplier<NatSettings> settings) throws IOException {
        IntSupplier millis = () -> settings.get().timeoutSeconds() * MILLIS;
        InetSocketAddress router = new InetSocketAddress(gateway, port);
        return switch (protocol) {
            case Pcp.NAME -> new Pcp(router, nonce, millis, ticker);
            case NatPmp.NAME -> new NatPmp(router, millis, ticker);
            case Upnp.NAME -> upnp(gateway, millis);
            default -> throw new IllegalStateException("unknown protocol " + protocol);
        };
    }

    private Gateway upnp(InetAddress gateway, IntSupplier millis) throws IOException {
        InetAddress local = localTo(gateway);
        List<InterfaceAddress> nets = nets(local);
        return Upnp.find(new Upnp.Search(group, gateway, local, sender -> sender.equals(gateway)
                || nets.stream().anyMatch(net -> contains(net, sender)), millis, watch, ticker));
    }

    private static InetAddress localTo(InetAddress gateway) throws SocketException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(gateway, DISCARD));
            return socket.getLocalAddress();
        }
    }

    private static List<InterfaceAddress> nets(InetAddress local) throws SocketException {
        NetworkInterface on = NetworkInterface.getByInetAddress(local);
        return on == null ? List.of() : on.getInterfaceAddresses();
    }

    private static boolean contains(InterfaceAddress net, InetAddress ip) {
        if (!(net.getAddress() instanceof Inet4Address) || !(ip instanceof Inet4Address)) {
            return false;
        }
        int length = net.getNetworkPrefixLength();
        int mask = length <= 0 ? 0 : -1 << V4_BITS - Math.min(V4_BITS, length);
        return ((ByteBuffer.wrap(net.getAddress().getAddress()).getInt() ^ ByteBuffer.wrap(ip.getAddress()).getInt())
                & mask) == 0;
    }
}
