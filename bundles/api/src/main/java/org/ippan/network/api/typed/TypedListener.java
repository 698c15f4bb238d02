// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.typed;

import org.ippan.network.api.gossip.ReceivedMessage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that receives objects from other nodes: a {@code GossipListener} behind a {@link PayloadFormat},
 * with the same service properties and the same promises. It gets nothing while there is no format for its type.
 *
 * @param <T> the type of the objects
 */
@ConsumerType
public interface TypedListener<T> {

    /** {@return the class of what it receives} */
    Class<T> type();

    /**
     * An object came.
     *
     * @param value the object
     * @param message what it came in
     */
    void onValue(T value, ReceivedMessage message);

    /**
     * A message came that is no such object. Unless overridden, this throws: the message is counted as a failure of the
     * listener, logged at most once a minute, and named by the doctor. A {@code MessageValidator} that rejects such
     * messages keeps them away from all nodes, and punishes the peer that sent them.
     *
     * @param message the message
     * @param why what the format said
     */
    default void onUndecodable(ReceivedMessage message, PayloadException why) {
        throw why;
    }
}
