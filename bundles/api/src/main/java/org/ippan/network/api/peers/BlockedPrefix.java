// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import org.ippan.network.api.snapshot.Measure;

/**
 * Addresses from which too many handshakes failed.
 *
 * @param prefix one IPv4 address, or the IPv6 /64 of one host, in CIDR notation
 * @param remainingSeconds how long it stays blocked
 * @param failedPeers peers there whose handshakes failed since, and which are heard once a minute only
 */
public record BlockedPrefix(
        @Measure("Blocked address, or IPv6 /64, in CIDR notation.") String prefix,
        @Measure(value = "How long the address stays blocked.", unit = "seconds") long remainingSeconds,
        @Measure(value = "Peers at the address that are heard once a minute only.", unit = "peers") int failedPeers) {

    /** As operators read it. */
    @Override
    public String toString() {
        return prefix + " for " + remainingSeconds + " s, " + failedPeers + " peers failed there";
    }
}
