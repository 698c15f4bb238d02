// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Whiteboard service that judges messages of its topics before they are delivered or relayed. Validators of one topic
 * are asked by service ranking, highest first; the first verdict that is not ACCEPT counts. One that throws, returns
 * null or takes longer than {@code validatorTimeoutSeconds} counts as IGNORE and costs no peer a point.
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
     * Judges a message. Called by several threads at once.
     *
     * @param message the message
     * @return the verdict
     */
    Verdict validate(ReceivedMessage message);
}
