// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

/**
 * A link as one end tells it.
 *
 * @param to key of the node at the other end, in the same view
 * @param id the first 16 digits of its id
 * @param roundTripMillis smoothed round trip; 0 while unknown
 * @param full whether both ends tell the link; only then it may be relied on
 * @param dialled whether the node that tells it opened the connection
 * @param eager whether that node sends bodies over it at once
 * @param congested whether that node waits for it no longer
 */
public record NodeLink(int to, String id, int roundTripMillis, boolean full, boolean dialled, boolean eager,
        boolean congested) {
}
