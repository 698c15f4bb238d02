// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service: knows addresses at which peers reach this node, for example a port mapped at a router. They are
 * told to peers before those the node listens at, unless the key {@code advertise} names some: that one wins.
 */
@ConsumerType
@FunctionalInterface
public interface AddressAdvertiser {

    /**
     * What peers may be told now. Asked about once a second by one thread at a time, never on one that the node needs.
     * While a call has not returned, peers are told what the last one returned; after one that throws, nothing. The
     * doctor names both, and one that gives addresses no peer could dial: that stand for all of a machine, or with more
     * than 64 characters.
     *
     * @return addresses in order of preference; empty for none
     */
    List<PeerAddress> addresses();
}
