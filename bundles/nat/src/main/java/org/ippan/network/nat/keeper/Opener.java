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

    /** Inner address of the router; empty if none is known. */
    Optional<InetAddress> gateway(NatSettings settings);

    /**
     * A router that may speak a protocol, which is known when it is asked.
     *
     * @param settings gives those in force, also later, when it is asked for something
     */
    Gateway open(String protocol, InetAddress gateway, Supplier<NatSettings> settings) throws IOException;
}
