// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

/** What happens when a listener's queue is full. */
public enum Overflow {
    /** Nothing is lost: validation stops, and peers announce instead of sending until there is room. */
    BLOCK,
    /** The oldest message in the queue is dropped and counted. */
    DROP_OLDEST,
    /** The message that comes is dropped and counted. */
    DROP_NEWEST
}
