// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.address;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.ippan.network.api.PeerAddress;

/**
 * How near the machines may be that a name leads to. What may not be told as an address must not be reached by a name
 * either, and a name leads to what its owner says at the moment it is dialled: so it is judged then, by who told of it.
 */
public enum Nearness {

    /** Not to this machine, nor to its site. */
    WORLD,
    /** To machines of this site too. */
    SITE,
    /** To this machine too. */
    MACHINE;

    private static final PeerAddress OF_A_SITE = PeerAddress.tcp("10.0.0.1", 1);
    private static final PeerAddress OF_THIS_MACHINE = PeerAddress.tcp("127.0.0.1", 1);

    /** How near the addresses are that may be told. */
    public static Nearness of(Predicate<PeerAddress> usable) {
        if (usable.test(OF_THIS_MACHINE)) {
            return MACHINE;
        }
        return usable.test(OF_A_SITE) ? SITE : WORLD;
    }

    /** What both of two that told of a name may do together. */
    public Nearness or(Nearness other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** Whether a name may lead there. */
    public boolean admits(InetAddress ip) {
        boolean none = ip.isAnyLocalAddress() || ip.isMulticastAddress();
        return switch (this) {
            case MACHINE -> true;
            case SITE -> !none && !ip.isLoopbackAddress() && !ip.isLinkLocalAddress();
            case WORLD -> !none && !ToldAddress.isPrivate(ip);
        };
    }
}
