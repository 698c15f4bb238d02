// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.util.Map;
import org.ippan.network.api.snapshot.Measure;

/**
 * The network in numbers.
 *
 * @param nodes nodes of the view, by state
 * @param records records in the table
 * @param interval seconds between two records of this node
 * @param sharing whether this node tells its status to others
 * @param sharingReason why it does or does not
 * @param recordsSent records this node sent
 * @param recordsTaken records of others that were taken
 * @param recordsIgnored records of others that were not taken, by reason
 * @param questionsAsked questions after messages that this node asked
 * @param questionsAnswered questions of others that it answered
 * @param tracesIgnored questions and answers of others that were not heeded, by reason
 * @param gone which nodes are gone, at most 5 by name; empty if none is
 * @param split whether so many nodes went within a minute that the network may be split
 */
public record NetworkSnapshot(
        @Measure(value = "Nodes of the network as this node sees it, by state.", unit = "nodes")
        Map<NodeState, Long> nodes,
        @Measure(value = "Status records of other nodes in the table.") int records,
        @Measure(value = "Time between two status records of this node.", unit = "seconds") double interval,
        @Measure("Whether this node tells its status to the network.") boolean sharing,
        @Measure("Why this node tells its status, or does not.") String sharingReason,
        @Measure(value = "Status records this node sent.", counter = true) long recordsSent,
        @Measure(value = "Status records of other nodes that were taken.", counter = true) long recordsTaken,
        @Measure(value = "Status records of other nodes that were not taken, by reason.", counter = true)
        Map<IgnoreReason, Long> recordsIgnored,
        @Measure(value = "Questions after messages that this node asked.", counter = true) long questionsAsked,
        @Measure(value = "Questions after messages of other nodes that this node answered.", counter = true)
        long questionsAnswered,
        @Measure(value = "Questions after messages, and answers, that were not heeded, by reason.", counter = true)
        Map<TraceIgnored, Long> tracesIgnored,
        @Measure("Nodes that are gone, at most 5 of them by name; empty if none is.") String gone,
        @Measure("Whether so many nodes went within a minute that the network may be split.") boolean split) {
}
