// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;

/**
 * Where a peer may be.
 *
 * @param address where
 * @param pin who must answer there, if the source says so
 */
public record Candidate(PeerAddress address, Optional<PeerId> pin) {

    /**
     * Reads {@code address} or {@code address#peerId}.
     *
     * @throws IllegalArgumentException if it is anything else, or has port 0
     */
    public static Candidate parse(String text) {
        int hash = text.indexOf('#');
        PeerAddress address = PeerAddress.parse(hash < 0 ? text : text.substring(0, hash));
        if (address.port() == 0) {
            throw new IllegalArgumentException("an address needs a port other than 0");
        }
        return new Candidate(address, hash < 0 ? Optional.empty()
                : Optional.of(PeerId.parse(text.substring(hash + 1))));
    }
}
