// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

import java.util.Optional;
import org.ippan.network.peers.address.Seed;

/** A peer with a configuration of its own, as it is handed to the bundle's main component. */
@FunctionalInterface
public interface ConfiguredPeer {

    /** The peer; empty while its configuration names no address. */
    Optional<Seed> seed();
}
