// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that receives messages from other nodes. Each listener has a bounded queue and is called by one
 * thread at a time, for each delivering peer and topic in order of arrival, never on an I/O thread. It gets a message
 * at most once within the window the deduplicator really reaches, per life of the process, and never what this node
 * published. A slow listener affects no other listener. One that throws is isolated and counted, its first stack trace
 * in a minute is logged, and the doctor names it.
 *
 * <p>A registration is a service: one object may be registered several times. Changed service properties count at once,
 * and what waits in the queue stays. Wrong ones are refused: the log and the doctor name the rule, and the listener
 * works on with its last good ones, or is not registered.
 *
 * <p><b>Publishing inside a callback.</b> A listener may answer what it gets, and wait for
 * {@link Gossip#whenWritable} on its own thread. What it publishes there is admitted until links have a third of
 * {@code cacheBytes} before them, more than on other threads: so nodes whose listeners answer each other do not wait
 * for each other in a circle. Beyond that {@link Gossip#publish} returns
 * {@link PublishResult.Status#BACKPRESSURE}, and a listener that waits on its thread delays only its own messages. On
 * any other thread, one of the application's included, the lower bound holds.
 */
@ConsumerType
@FunctionalInterface
public interface GossipListener {

    /**
     * Service property, required: a topic's name, {@code prefix/*}, or {@code *}; several as a list. A {@code *} stands
     * nowhere else.
     */
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
