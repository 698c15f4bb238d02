// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import org.ippan.network.api.snapshot.Measure;

/**
 * One validator as operators see it.
 *
 * @param name its class, or its service's own name
 * @param topics what it registered for
 * @param waiting messages that wait for it or are judged
 * @param running calls it is in, those written off not counted
 * @param hung calls that did not return although they were interrupted; from {@code maxHungCalls} on it is asked
 *        nothing more
 * @param averageMillis how long a call takes, as a moving average
 */
public record ValidatorSnapshot(
        @Measure("Class of the validator, or its service's own name.") String name,
        @Measure("Topics the validator registered for.") String topics,
        @Measure(value = "Messages that wait for the validator or are judged.", unit = "messages") int waiting,
        @Measure(value = "Calls the validator is in, those written off not counted.", unit = "calls") int running,
        @Measure(value = "Calls that did not return although they were interrupted.", unit = "calls") int hung,
        @Measure(value = "How long a call takes, as a moving average.", unit = "milliseconds") double averageMillis) {
}
