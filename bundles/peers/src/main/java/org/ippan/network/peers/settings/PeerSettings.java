// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.peers.address.Seed;

/**
 * One configured peer.
 *
 * @param address where it is; empty for nowhere
 * @param pin who must be there
 */
public record PeerSettings(Optional<PeerAddress> address, Optional<PeerId> pin) {

    public static final SettingsSchema SCHEMA = SettingsSchema.of(PeerConfig.PID, PeerConfig.class);

    /** The key that says who must be there. */
    public static final String PEER_ID = "peerId";

    public static PeerSettings of(SettingValues values) {
        return new PeerSettings(address(values), pin(values));
    }

    private static Optional<PeerAddress> address(SettingValues values) {
        String text = values.getString("address");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Seed.parse(text, "").address());
        } catch (IllegalArgumentException e) {
            values.refuse("address", "an address like host:port, the port not 0");
            return Optional.empty();
        }
    }

    private static Optional<PeerId> pin(SettingValues values) {
        String text = values.getString(PEER_ID);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(PeerId.parse(text));
        } catch (IllegalArgumentException e) {
            values.refuse(PEER_ID, "a peer id of 64 hex digits");
            return Optional.empty();
        }
    }

    public Optional<Seed> seed(String alias) {
        return address.map(where -> new Seed(where, pin, alias));
    }
}
