// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

/** What is counted of the messages of a topic. */
public enum TopicEvent {
    /** First copies from peers that were accepted. */
    NEW,
    /** Messages handed to the queues of listeners. */
    DELIVERED,
    /** Messages accepted from applications of this node. */
    PUBLISHED
}
