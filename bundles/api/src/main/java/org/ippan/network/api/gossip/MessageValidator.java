// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that judges messages of its topics before they are delivered or relayed. Validators of one topic
 * are asked by service ranking, highest first; the first verdict that is not ACCEPT counts. One that throws, returns
 * null or takes longer than {@code validatorTimeoutSeconds} counts as IGNORE and costs no peer a point.
 *
 * <p>Each validator has room, threads and time-outs of its own, and topics take turns. One that takes too long is
 * interrupted; a call that does not return even so is written off and another thread takes its place, until two calls
 * for one topic, or 16 in all, are lost. If its room is full, links wait for a validator that is quick; the messages of
 * one that takes 5 ms on average, or has let a message wait for 250 ms, are ignored. The doctor names its class, its
 * topics and what was ignored. A registration is a service: one object may be registered several times, and changed
 * service properties count at once; wrong ones are refused, as those of a {@link GossipListener}.
 *
 * <p>Validators of a topic must be the same everywhere: say {@link Verdict#REJECT} only for messages every honest node
 * would reject, or honest relays are punished; else say {@link Verdict#IGNORE}.
 */
@ConsumerType
@FunctionalInterface
public interface MessageValidator {

    /** Service property, required: a topic's name, {@code prefix/*}, or {@code *}; several as a list. */
    String TOPIC = "ippan.topic";

    /**
     * Judges a message. Called by several threads at once. It should return soon after its thread is interrupted.
     *
     * @param message the message
     * @return the verdict
     */
    Verdict validate(ReceivedMessage message);
}
