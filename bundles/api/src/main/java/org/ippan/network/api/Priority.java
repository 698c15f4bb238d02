// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api;

/** How urgent a message is, for every node that relays it. The ordinal is the value on the wire. */
public enum Priority {
    /** Overtakes everything but control frames; a quarter of each queue is kept free for it. */
    HIGH,
    /** What most messages are. */
    NORMAL,
    /** The first to be dropped, announced and fetched later when a link is congested. */
    LOW
}
