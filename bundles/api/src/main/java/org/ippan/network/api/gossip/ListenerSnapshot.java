// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.ippan.network.api.snapshot.Measure;

/**
 * One listener as operators see it.
 *
 * @param name its class, or its service's own name
 * @param topics what it subscribed to
 * @param overflow what happens when its queue is full
 * @param queued messages waiting for it
 * @param capacity how many may wait
 * @param delivered messages it was given
 * @param dropped messages dropped by its overflow rule
 * @param failures times it threw
 * @param slow whether its queue was full within the last 5 s
 */
public record ListenerSnapshot(
        @Measure("Class of the listener, or its service's own name.") String name,
        @Measure("What the listener subscribed to.") String topics,
        @Measure("What happens when the queue of the listener is full.") Overflow overflow,
        @Measure(value = "Messages waiting for the listener.", unit = "messages") int queued,
        @Measure(value = "Most messages that may wait for the listener.", unit = "messages") int capacity,
        @Measure(value = "Messages the listener was given.", unit = "messages", counter = true) long delivered,
        @Measure(value = "Messages dropped by the overflow rule of the listener.", unit = "messages", counter = true)
        long dropped,
        @Measure(value = "Times the listener threw.", unit = "calls", counter = true) long failures,
        @Measure("Whether the queue of the listener was full within the last 5 s.") boolean slow) {
}
