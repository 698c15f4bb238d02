// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.address;

import org.ippan.network.api.snapshot.Described;

/** Why an address, or a signed record of addresses, that a peer told was not taken. */
public enum AddressDrop implements Described {
    /** The signature does not verify. */
    FORGED("Records whose signature does not verify."),
    /** Signed more than 24 hours ago. */
    TOO_OLD("Records signed more than 24 hours ago."),
    /** Signed more than 10 minutes in the future. */
    FUTURE("Records signed more than 10 minutes in the future."),
    /** The text is no address, has an unknown scheme, or port 0. */
    BAD_TEXT("Addresses with a text or scheme that makes no sense, or with port 0."),
    /** No peer can be there: unspecified or multicast. */
    UNREACHABLE("Unspecified and multicast addresses."),
    /** This node's own. */
    OWN("Records and addresses of this node itself."),
    /** A private address told by a peer that has a public one. */
    PRIVATE("Private addresses told by peers with a public address, or by a discovery that may not tell them."),
    /** Another peer is known to be there. */
    TAKEN("Addresses where another peer is known to be."),
    /** The teller's share of the book is used up. */
    TELLER_FULL("Addresses for which their teller's share of the address book had no room."),
    /** The book is full. */
    BOOK_FULL("Addresses for which the address book had no room.");

    private final String description;

    AddressDrop(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }
}
