// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.nat.gateway.Outside;

/**
 * Whether peers can reach what a router maps: only at a public address, on which the router and the peers, as far as
 * they say one, agree. Nothing is told that is a guess.
 *
 * @param observed gives the addresses peers see this node at, as far as enough of them agree
 */
record Judgement(Supplier<List<InetAddress>> observed) {

    /** The router's word, else that of the peers. */
    Optional<InetAddress> outer(Mappings mappings) {
        return mappings.address().or(() -> seen(mappings.gateway().address()));
    }

    NatProblem problem(Mappings mappings) {
        Optional<InetAddress> outer = outer(mappings);
        boolean wrong = outer.filter(ip -> !Outside.isPublic(ip)
                || seen(ip).filter(seen -> !seen.equals(ip)).isPresent()).isPresent();
        return wrong ? NatProblem.DOUBLE_NAT : NatProblem.NONE;
    }

    /** Where peers see this node with an address of that family: what it has of the other is no word of this router. */
    private Optional<InetAddress> seen(InetAddress like) {
        return observed.get().stream().filter(ip -> ip.getClass().equals(like.getClass())).findFirst();
    }

    /** Where peers may be told that the router passes ports on: the address of TCP, by inner port. */
    Map<Integer, PeerAddress> told(Mappings mappings) {
        Map<Integer, PeerAddress> told = new TreeMap<>();
        Optional<InetAddress> outer = outer(mappings);
        if (outer.isPresent() && problem(mappings) == NatProblem.NONE) {
            mappings.current().forEach((inner, mapping) -> told.put(inner,
                    PeerAddress.tcp(outer.get().getHostAddress(), mapping.lease().port())));
        }
        return Collections.unmodifiableMap(told);
    }
}
