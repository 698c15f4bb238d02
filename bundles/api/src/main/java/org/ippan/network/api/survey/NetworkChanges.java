// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.util.List;

/**
 * What changed in the view.
 *
 * @param revision what to ask with the next time
 * @param whole whether these are all nodes, and not only those that changed: nodes that are not among them are gone
 *         from the view
 * @param nowSeconds this moment, in seconds since the survey of this node started
 * @param nodes those that are new or have changed
 * @param removed keys of those that are no longer in the view
 */
public record NetworkChanges(long revision, boolean whole, long nowSeconds, List<NetworkNode> nodes,
        List<Integer> removed) {
}
