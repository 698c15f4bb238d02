// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

/** How urgent a message is, for every node that relays it. The ordinal is the value on the wire. */
public enum Priority {
    /** Overtakes everything but control frames. */
    HIGH,
    /** What most messages are. */
    NORMAL,
    /** The first to wait when a link takes less than there is to send. */
    LOW
}
