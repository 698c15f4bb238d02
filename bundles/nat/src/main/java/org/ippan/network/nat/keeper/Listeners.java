// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;

/**
 * Where this node listens, and so what peers are to say where a router passes a port on. Safe for any thread.
 *
 * @param addresses gives those it listens at now, with their schemes and paths
 */
public record Listeners(Supplier<List<PeerAddress>> addresses) {

    /** What peers can be told of; ws is left to those who know the proxy before such a listener. */
    private static final Set<String> TOLD = Set.of(PeerAddress.TCP, "wss");

    /** The ports of sockets that others than its own machine reach. */
    List<Integer> ports() {
        return addresses.get().stream().filter(address -> address.scheme().equals(PeerAddress.TCP) && address.port() > 0
                && !new ListenAddress(address.host(), address.port(), address.port()).loopback())
                .map(PeerAddress::port).toList();
    }

    /**
     * How peers dial a mapped port.
     *
     * @param inner port of this machine
     * @param outer where the router passes it on, as an address of TCP
     * @param schemes that the operator named, by inner port
     * @return with that scheme, else with scheme and path of the listener there, else of TCP; empty if no peer can be
     *     told of it
     */
    Optional<PeerAddress> dialled(int inner, PeerAddress outer, Map<Integer, String> schemes) {
        List<PeerAddress> here = addresses.get().stream().filter(address -> address.port() == inner).toList();
        String scheme = schemes.getOrDefault(inner,
                here.stream().map(PeerAddress::scheme).findFirst().orElse(PeerAddress.TCP));
        String path = here.stream().filter(address -> address.scheme().equals(scheme)).map(PeerAddress::path)
                .findFirst().orElse("");
        return TOLD.contains(scheme) ? Optional.of(new PeerAddress(scheme, outer.host(), outer.port(), path))
                : Optional.empty();
    }
}
