// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.osgi.annotation.versioning.ProviderType;

/** A message that came from the network. Immutable, shared by all listeners; may be kept. */
@ProviderType
public interface ReceivedMessage {

    /** {@return its id} */
    MessageId id();

    /** {@return its topic} */
    Topic topic();

    /** {@return its content: a new read-only view, from position 0 to its limit} */
    ByteBuffer payload();

    /** {@return its content: a new array} */
    byte[] payloadBytes();

    /** {@return how urgent it is} */
    Priority priority();

    /** {@return what tells it from others of equal content, unsigned} */
    long nonce();

    /** {@return the direct peer that delivered it, which says nothing about who published it} */
    PeerId deliveredBy();

    /**
     * Who published it, where this node requires signatures ({@code signatures=require}): its signature was checked. A
     * peer that may take part can publish the content of another's message again, but only under its own id.
     *
     * @return the publisher; empty while this node does not check signatures
     */
    default Optional<PeerId> publisher() {
        return Optional.empty();
    }

    /** {@return how many nodes relayed it: 0 if it came from its publisher} */
    int hops();

    /** {@return how long it was under way when it arrived, estimated without clocks} */
    Duration age();
}
