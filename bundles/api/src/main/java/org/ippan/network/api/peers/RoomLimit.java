// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import org.ippan.network.api.snapshot.Described;

/** Why a peer whose connection was whole found no room at this node; each names the key that decides. */
public enum RoomLimit implements Described {
    /** All connections with peers that are not configured are taken. */
    MAX_CONNECTIONS("maxConnections", "Handshakes refused because maxConnections was reached."),
    /** All connections that peers may open are taken. */
    MAX_INBOUND("maxInbound", "Handshakes refused because maxInbound was reached."),
    /** All connections with one address are taken. */
    MAX_PER_ADDRESS("maxPerAddress", "Handshakes refused because maxPerAddress was reached."),
    /** All connections with one subnet are taken. */
    MAX_PER_SUBNET("maxPerSubnet", "Handshakes refused because maxPerSubnet was reached."),
    /** Too many handshakes from its address failed. */
    FAILED_HANDSHAKES("exemptNets",
            "Handshakes and connections refused because too many handshakes from their address failed before.");

    private final String key;
    private final String description;

    RoomLimit(String key, String description) {
        this.key = key;
        this.description = description;
    }

    /** {@return the key of the peers bundle that an operator changes, for example {@code maxInbound}} */
    public String key() {
        return key;
    }

    @Override
    public String description() {
        return description;
    }
}
