// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

/** Who opened a connection. */
public enum Direction {
    /** The peer did. */
    INBOUND,
    /** We did. */
    OUTBOUND,
    /** There is none. */
    NONE
}
