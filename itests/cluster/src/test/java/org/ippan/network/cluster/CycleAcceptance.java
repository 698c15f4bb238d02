// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The long form of {@code CycleIT}: within a minute each. {@code docs/testing.md} has the command. */
class CycleAcceptance {

    private static final int REQUESTS = 20_000;
    private static final int DEFAULT_QUEUE = 1024;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldCompleteBetweenTwoNodesWithSmallQueues() {
        answerAll(2, 16, 64, REQUESTS);
    }

    @Test
    void shouldCompleteBetweenTwoNodesWithQueuesAsTheyAre() {
        answerAll(2, DEFAULT_QUEUE, DEFAULT_QUEUE, 2 * REQUESTS);
    }

    @Test
    void shouldCompleteAroundARingOfFour() {
        answerAll(4, 16, 64, REQUESTS);
    }

    private void answerAll(int size, int queue, int room, int requests) {
        Cycle cycle = new Cycle(nodes, size, queue, room);

        Duration took = cycle.run(requests);

        System.out.println(requests + " requests, " + size + " nodes, queue " + queue + ", room " + room + ": " + took);
        cycle.checkThatNothingWasHarmed(requests);
    }
}
