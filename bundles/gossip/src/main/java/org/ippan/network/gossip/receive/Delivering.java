// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import org.ippan.network.gossip.model.JudgedMessage;

/** The last stage: what was appended without a verdict goes to listeners, behind what still waits for one. */
final class Delivering implements Stage {

    @Override
    public void run(Inbound in, Arrivals arrivals, int from, int to) {
        try {
            for (int i = 0; i < arrivals.openCount; i++) {
                if (arrivals.open[i].listeners != null) {
                    deliver(in, arrivals.open[i]);
                }
            }
        } finally {
            // Now: what comes next is judged by the room that these take.
            in.deliveries.wake();
        }
    }

    private static void deliver(Inbound in, Arrival arrival) {
        if (in.order.isIdle(arrival.header.topic)) {
            in.deliveries.add(arrival.listeners, arrival.held(in));
        } else {
            JudgedMessage message = arrival.judged(in);
            message.accept();
            message.enter(in.link.share());
            in.order.add(message);
            in.order.verdictCame(message.topic());
        }
    }
}
