// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

/**
 * What a node counts, by its own word. Rates are means of the last 10 seconds.
 *
 * @param newPerSecond new messages taken in
 * @param copiesPerSecond copies of messages that were known
 * @param deliveredPerSecond messages handed to listeners
 * @param publishedPerSecond messages its applications published
 * @param bytesInPerSecond bytes of messages received
 * @param bytesOutPerSecond bytes of messages sent
 * @param queuedBytes bytes its links still have to send
 * @param ageMillis 99 % of messages were delivered at this age or younger
 * @param missed messages announced in the last hour that no peer could deliver
 * @param peersKnown peers it knows
 * @param peersBanned peers it bans
 * @param heapMiB heap in use
 * @param cpuPermille share of all processors that the process uses
 */
public record NodeNumbers(long newPerSecond, long copiesPerSecond, long deliveredPerSecond, long publishedPerSecond,
        long bytesInPerSecond, long bytesOutPerSecond, long queuedBytes, long ageMillis, long missed, long peersKnown,
        long peersBanned, long heapMiB, long cpuPermille) {

    /** Nothing counted. */
    public static final NodeNumbers NONE = new NodeNumbers(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
