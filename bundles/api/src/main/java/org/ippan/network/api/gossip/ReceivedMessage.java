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

    /**
     * What it is called.
     *
     * @return its id
     */
    MessageId id();

    /**
     * Its label.
     *
     * @return the topic
     */
    Topic topic();

    /**
     * Its content.
     *
     * @return a new read-only view, from position 0 to its limit
     */
    ByteBuffer payload();

    /**
     * Its content.
     *
     * @return a new array
     */
    byte[] payloadBytes();

    /**
     * How urgent it is.
     *
     * @return the priority
     */
    Priority priority();

    /**
     * What tells it from others of equal content.
     *
     * @return the nonce, unsigned
     */
    long nonce();

    /**
     * Who delivered it, which says nothing about who published it.
     *
     * @return a direct peer
     */
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

    /**
     * How many nodes relayed it.
     *
     * @return 0 if it came from its publisher
     */
    int hops();

    /**
     * How long it was under way when it arrived, estimated without clocks.
     *
     * @return its age
     */
    Duration age();
}
