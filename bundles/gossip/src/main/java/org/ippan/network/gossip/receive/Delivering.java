// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

/** The last stage: what was appended without a verdict goes to listeners. */
final class Delivering implements Stage {

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        try {
            for (int i = 0; i < arrivals.openCount; i++) {
                Arrival arrival = arrivals.open[i];
                if (arrival.listeners != null) {
                    in.deliveries.add(arrival.listeners, arrival.held(in));
                }
            }
        } finally {
            // Now: what comes next is judged by the room that these take.
            in.deliveries.wake();
        }
    }
}
