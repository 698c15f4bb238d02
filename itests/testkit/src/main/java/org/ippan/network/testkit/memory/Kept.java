// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.memory;

import org.ippan.network.api.MessageId;
import org.ippan.network.api.gossip.Message;

/**
 * A message that a node keeps for those that missed it.
 *
 * @param id its id
 * @param message its content
 * @param hops how many nodes relayed it up to here
 * @param bornNanos when it was published
 */
record Kept(MessageId id, Message message, int hops, long bornNanos) {

    Kept relayed() {
        return new Kept(id, message, hops + 1, bornNanos);
    }
}
