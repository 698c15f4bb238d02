// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.own;

import java.util.List;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.survey.settings.Share;

/**
 * Whether this node tells its status, and why.
 *
 * @param on whether it does
 * @param reason a sentence for operators
 */
public record Sharing(boolean on, String reason) {

    /** Decides it. */
    static Sharing of(Share share, Bound bound, List<Peer> connected) {
        return switch (share) {
            case ON -> new Sharing(true, "share is on.");
            case OFF -> new Sharing(false, "share is off.");
            case AUTO -> auto(bound, connected);
        };
    }

    private static Sharing auto(Bound bound, List<Peer> connected) {
        if (!bound.member("networkKey").isEmpty()) {
            return new Sharing(true, "share is auto, and a networkKey is set: only members hear it.");
        }
        if (bound.member("mode").equals("allowlist")) {
            return new Sharing(true, "share is auto, and mode is allowlist: only allowed peers are linked.");
        }
        boolean here = !bound.onLoopback.containsValue(false)
                && connected.stream().map(Peer::address).allMatch(Sharing::isLoopback);
        return here ? new Sharing(true, "share is auto, and no link goes beyond this machine.")
                : new Sharing(false, "share is auto, and the network is open: set networkKey of"
                        + " org.ippan.network.peers, or share = on.");
    }

    private static boolean isLoopback(PeerAddress address) {
        return new ListenAddress(address.host(), address.port(), address.port()).loopback();
    }
}
