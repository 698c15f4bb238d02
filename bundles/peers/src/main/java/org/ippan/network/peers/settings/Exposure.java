// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.settings;

/** From where the node can be reached, as far as its transports say. */
enum Exposure {
    /** There is no transport: nothing is reached, and nothing is known. */
    NONE,
    /** From this machine alone. */
    LOOPBACK,
    /** From other machines. */
    OTHER_MACHINES
}
