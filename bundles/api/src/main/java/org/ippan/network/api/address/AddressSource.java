// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import org.ippan.network.api.snapshot.Described;

/** Where this node has an address from; with several, the first of these counts. */
public enum AddressSource implements Described {
    /** An operator wants it. */
    CONFIGURED("Addresses an operator wants."),
    /** A peer was met there, or said in its HELLO that it listens there. */
    MET("Addresses where peers were met."),
    /** A {@code PeerDiscovery} gives it. */
    DISCOVERED("Addresses found by discovery services."),
    /** A peer told it. */
    TOLD("Addresses other peers told, where no peer was met yet.");

    private final String description;

    AddressSource(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
