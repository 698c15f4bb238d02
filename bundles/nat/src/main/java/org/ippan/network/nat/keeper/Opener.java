// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.ippan.network.nat.gateway.Gateway;
import org.ippan.network.nat.settings.NatSettings;

/** Finds routers. Called by one thread. */
public interface Opener {

    /** The way to the router; empty if none is known. */
    Optional<Route> route(NatSettings settings);

    /**
     * A router that may speak a protocol, which is known when it is asked.
     *
     * @param settings gives those in force, also later, when it is asked for something
     */
    Gateway open(String protocol, InetAddress gateway, Supplier<NatSettings> settings) throws IOException;

    /**
     * A way to a router.
     *
     * @param gateway inner address of the router
     * @param local address of this machine that the router passes connections on to; empty while no network leads there
     */
    record Route(InetAddress gateway, Optional<InetAddress> local) {

        /** Whether what was mapped on another way leads here, as far as is known just now. */
        boolean isLike(Route before) {
            return gateway.equals(before.gateway) && (local.isEmpty() || local.equals(before.local));
        }
    }
}
