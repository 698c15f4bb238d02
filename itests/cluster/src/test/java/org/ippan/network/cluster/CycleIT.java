// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that answer inside their listeners never wait for each other; {@code CycleAcceptance} is the long form. */
class CycleIT {

    private static final int REQUESTS = 600;

    @RegisterExtension
    final Nodes nodes = new Nodes();

    @Test
    void shouldCompleteBetweenTwoNodesWithSmallQueues() {
        answerAll(2, 16, 64, REQUESTS);
    }

    @Test
    void shouldCompleteBetweenTwoNodesWithTheSmallestQueues() {
        answerAll(2, 1, 4, REQUESTS);
    }

    @Test
    void shouldCompleteAroundARingOfFour() {
        answerAll(4, 16, 64, REQUESTS / 2);
    }

    private void answerAll(int size, int queue, int room, int requests) {
        Cycle cycle = new Cycle(nodes, size, queue, room);

        Duration took = cycle.run(requests);

        System.out.println(requests + " requests, " + size + " nodes, queue " + queue + ", room " + room + ": " + took);
        cycle.checkThatNothingWasHarmed(requests);
    }
}
