// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.eventadmin;

import org.ippan.network.api.snapshot.Measure;

/**
 * What the bundle that carries events of Event Admin tells about itself.
 *
 * @param topics topics of the events that are carried, or empty
 * @param sent events published to other nodes
 * @param received events of other nodes handed to Event Admin
 * @param refusedTypes events not published for the type of a property
 * @param tooLong events not published because they are too long
 * @param notPublished events that gossip did not take
 * @param malformed messages that are no events
 * @param unwanted events of other nodes whose topic this node does not carry
 * @param lastProblem what was wrong with an event last, or empty
 */
public record EventAdminSnapshot(
        @Measure("Topics of the events that are carried; empty if none are.") String topics,
        @Measure(value = "Events of this node that were published to the others.", unit = "events", counter = true)
        long sent,
        @Measure(value = "Events of other nodes that were handed to Event Admin.", unit = "events", counter = true)
        long received,
        @Measure(value = "Events not published because a property has a type that is not carried.", unit = "events",
                counter = true) long refusedTypes,
        @Measure(value = "Events not published because they are longer than maxEventBytes.", unit = "events",
                counter = true) long tooLong,
        @Measure(value = "Events that gossip did not take: no peer, or back-pressure.", unit = "events",
                counter = true) long notPublished,
        @Measure(value = "Messages of other nodes that are no events.", unit = "messages", counter = true)
        long malformed,
        @Measure(value = "Events of other nodes whose topic this node does not carry.", unit = "events",
                counter = true) long unwanted,
        @Measure("What was wrong with an event last; empty if nothing was.") String lastProblem) {
}
