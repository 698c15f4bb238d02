// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Optional;

/** A peer with a configuration of its own, as it is handed to the bundle's main component. */
@FunctionalInterface
interface ConfiguredPeer {

    /** The peer; empty while its configuration names no address. */
    Optional<Seed> seed();
}
