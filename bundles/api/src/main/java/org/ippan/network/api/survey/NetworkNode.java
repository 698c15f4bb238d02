// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.util.List;
import org.ippan.network.api.doctor.Finding;

/**
 * A node of the network as this node knows it. Names, versions, findings and topics are what the node says of itself:
 * control characters are taken out, and the rest is not to be believed more than the node is.
 *
 * @param key what links call it; stays the same while the node is in the view
 * @param id the first 16 digits of its id
 * @param name what it calls itself, with its short id where another has the same name; its short id if it has none
 * @param own whether it is this node
 * @param state how it fares
 * @param why the reason for the state in a sentence; empty for a node that is well
 * @param sinceSeconds since when this node sees it in that state, in the seconds of
 *         {@link NetworkChanges#nowSeconds()}
 * @param heardSeconds when its newest record was signed, in the same seconds; 0 if there is none
 * @param startedSeconds when it started, in the same seconds, which may be negative
 * @param version of ippan-network that it runs
 * @param findings what its doctor finds, at most 4
 * @param numbers what it counts
 * @param links what it tells of its links, at most 32
 * @param topics what its applications listen to, at most 8
 */
public record NetworkNode(int key, String id, String name, boolean own, NodeState state, String why,
        long sinceSeconds, long heardSeconds, long startedSeconds, String version, List<Finding> findings,
        NodeNumbers numbers, List<NodeLink> links, List<NodeTopic> topics) {
}
