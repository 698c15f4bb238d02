// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

/**
 * One step of taking messages in, done for all that came together before the next begins: the processor waits for
 * memory once for all of them. The stages are called one after another through this interface, which has more
 * implementations than the compiler puts in line, so that each is compiled by itself: soon after the start, in little
 * time, and again only by itself.
 */
interface Stage {

    /**
     * Does its part for some of the messages that passed the first checks.
     *
     * @param from the first of them
     * @param to one behind the last
     */
    void run(Inbound in, Arrivals arrivals, int from, int to);
}
