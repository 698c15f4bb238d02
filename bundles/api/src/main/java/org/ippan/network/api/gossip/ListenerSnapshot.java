// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

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
public record ListenerSnapshot(String name, String topics, Overflow overflow, int queued, int capacity, long delivered,
        long dropped, long failures, boolean slow) {
}
