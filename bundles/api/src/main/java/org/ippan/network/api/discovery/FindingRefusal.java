// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.discovery;

import org.ippan.network.api.snapshot.Described;

/** Why something that a discovery found is not told to the node. */
public enum FindingRefusal implements Described {
    /** Not written as an address, a record or an id. */
    BAD_TEXT("Texts that are no address, no record or no peer id."),
    /** Unspecified, multicast, broadcast or link-local. */
    UNREACHABLE("Unspecified, multicast, broadcast and link-local addresses."),
    /** Of this machine, and {@code allowLoopback} is false. */
    LOOPBACK("Loopback addresses, while allowLoopback is false."),
    /** Of a private network, and {@code allowPrivate} is false. */
    PRIVATE("Addresses of private networks, while allowPrivate is false."),
    /** The name says that it is of another network. */
    OTHER_NETWORK("Services that belong to a network with another networkId."),
    /** More than {@code maxAddresses}. */
    TOO_MANY("Addresses and records beyond maxAddresses, or beyond what one answer may have."),
    /** More packets a second than are read, or from another network than the interface's. */
    PACKETS("Packets over 200 a second, and those sent from outside the interface's network.");

    private final String description;

    FindingRefusal(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
