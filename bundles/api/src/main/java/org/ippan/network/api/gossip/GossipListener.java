// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that receives messages from other nodes. Each listener has a bounded queue and is called by one
 * thread at a time, for each delivering peer in order of arrival, never on an I/O thread. It gets a message at most
 * once within the window the deduplicator really reaches, per life of the process, and never what this node published.
 * A slow listener hurts nobody but itself; one that throws is isolated and counted.
 */
@ConsumerType
@FunctionalInterface
public interface GossipListener {

    /** Service property, required: a topic's name, {@code prefix/*}, or {@code *}; several as a list. */
    String TOPIC = "ippan.topic";

    /** Service property: how many messages wait for the listener, 1 to 1000000. */
    String QUEUE = "ippan.queue";

    /** Service property: {@code block}, {@code drop-oldest} or {@code drop-newest}. */
    String OVERFLOW = "ippan.overflow";

    /**
     * A message came.
     *
     * @param message the message
     */
    void onMessage(ReceivedMessage message);
}
