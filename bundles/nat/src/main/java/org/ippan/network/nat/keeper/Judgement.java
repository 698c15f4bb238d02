// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.nat.gateway.Outside;

/**
 * Whether peers can reach what a router maps: only at a public address, on which the router and the peers, as far as
 * they say one, agree. Nothing is told that is a guess.
 *
 * @param observed gives the address peers see this node at, if enough of them agree
 */
record Judgement(Supplier<Optional<InetAddress>> observed) {

    /** The router's word, else that of the peers. */
    Optional<InetAddress> outer(Mappings mappings) {
        return mappings.address().or(observed);
    }

    NatProblem problem(Mappings mappings) {
        Optional<InetAddress> outer = outer(mappings);
        boolean wrong = outer.isPresent() && !Outside.isPublic(outer.get())
                || outer.isPresent() && observed.get().filter(seen -> !seen.equals(outer.get())).isPresent();
        return wrong ? NatProblem.DOUBLE_NAT : NatProblem.NONE;
    }

    /** What peers may be told. */
    List<PeerAddress> addresses(Mappings mappings) {
        Optional<InetAddress> outer = outer(mappings);
        return outer.isEmpty() || problem(mappings) != NatProblem.NONE ? List.of()
                : mappings.current().values().stream().map(mapping -> PeerAddress.tcp(outer.get().getHostAddress(),
                        mapping.lease().port())).toList();
    }
}
