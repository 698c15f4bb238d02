// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.doctor;

/**
 * What a network is to carry.
 *
 * @param nodes how many nodes it has, 2 to 100000
 * @param messagesPerSecond how many messages all nodes publish together in a second, 1 to 10000000
 * @param bytes how long the payload of one is, 0 to 16777216
 */
public record Load(int nodes, int messagesPerSecond, int bytes) {

    private static final int MOST_NODES = 100_000;
    private static final int MOST_MESSAGES = 10_000_000;
    private static final int MOST_BYTES = 16 << 20;

    /**
     * Refuses what no network has.
     *
     * @param nodes 2 to 100000
     * @param messagesPerSecond 1 to 10000000
     * @param bytes 0 to 16777216
     */
    public Load {
        check("nodes", nodes, 2, MOST_NODES);
        check("messages", messagesPerSecond, 1, MOST_MESSAGES);
        check("bytes", bytes, 0, MOST_BYTES);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " = " + value + ": must be a whole number from " + min + " to " + max);
        }
    }
}
