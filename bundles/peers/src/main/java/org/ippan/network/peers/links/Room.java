// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.links;

import java.net.InetAddress;
import java.util.List;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.peers.RoomLimit;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.settings.ConnectionLimits;

/**
 * The connections there are at one moment, held against the limits.
 *
 * @param limits how many may be
 * @param counted those that count
 */
public record Room(ConnectionLimits limits, List<Session> counted) {

    /** How many more are within the limit of all. */
    public int left() {
        return limits.connections() - counted.size();
    }

    /** The limit that one more like this would break, or null. */
    public RoomLimit exceeded(Session session) {
        if (left() <= 0) {
            return RoomLimit.MAX_CONNECTIONS;
        }
        if (!session.dialled() && counted.stream().filter(other -> !other.dialled()).count() >= limits.inbound()) {
            return RoomLimit.MAX_INBOUND;
        }
        InetAddress ip = session.connection().remoteIp();
        if (limits.exempt().contains(ip)) {
            return null;
        }
        if (within(Prefix.host(ip)) >= limits.perAddress()) {
            return RoomLimit.MAX_PER_ADDRESS;
        }
        return within(Prefix.subnet(ip)) >= limits.perSubnet() ? RoomLimit.MAX_PER_SUBNET : null;
    }

    private long within(Prefix prefix) {
        return counted.stream().filter(other -> prefix.contains(other.connection().remoteIp())).count();
    }
}
