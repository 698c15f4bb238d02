// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.address;

import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;

/**
 * A peer an operator wants to be connected to.
 *
 * @param address where it is
 * @param pin who must answer there, if that is known
 * @param alias a name for it, or empty
 */
public record Seed(PeerAddress address, Optional<PeerId> pin, String alias) {

    /** What a seed looks like. */
    public static final String RULE =
            "addresses like host:port or host:port#peerId, the id of 64 hex digits, the port not 0";

    /**
     * Reads {@code address} or {@code address#peerId}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Seed parse(String text, String alias) {
        int hash = text.indexOf('#');
        PeerAddress address = PeerAddress.parse(hash < 0 ? text : text.substring(0, hash));
        if (address.port() == 0) {
            throw new IllegalArgumentException("no peer can be dialled at port 0");
        }
        return new Seed(address, hash < 0 ? Optional.empty() : Optional.of(PeerId.parse(text.substring(hash + 1))),
                alias);
    }
}
