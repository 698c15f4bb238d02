// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.health;

/** How well a connection works. */
public enum PeerHealth {
    /** The last probe was answered. */
    HEALTHY,
    /** Some probes in a row failed, fewer than the threshold. */
    DEGRADED,
    /** The threshold of failures in a row is reached, or there was no success for too long. */
    UNHEALTHY,
    /** Never probed. */
    UNKNOWN,
    /** It said goodbye and is not connected: nothing is wrong with it. */
    LEFT
}
