// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

/**
 * A link as a record tells it.
 *
 * @param to the first 8 bytes of the id of the node at the other end
 * @param roundTripMillis smoothed round trip, at most 65535; 0 while unknown
 * @param dialled whether the node that tells it opened the connection
 * @param eager whether that node sends bodies over it at once
 * @param congested whether that node waits for it no longer
 */
public record ToldLink(long to, int roundTripMillis, boolean dialled, boolean eager, boolean congested) {
}
