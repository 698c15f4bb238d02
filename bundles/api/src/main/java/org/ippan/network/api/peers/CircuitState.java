// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

/** Whether an address is dialled: the back-off after failures, shown as a circuit breaker. */
public enum CircuitState {
    /** It may be dialled, or is connected. */
    CLOSED,
    /** It waits for the next try. */
    OPEN,
    /** The single trial dial is under way. */
    HALF_OPEN
}
