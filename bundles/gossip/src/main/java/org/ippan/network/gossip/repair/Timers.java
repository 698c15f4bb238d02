// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.PriorityQueue;

/**
 * When wanted messages are to be looked at again: one queue that is looked through at each tick, not a timer for each.
 * What is armed anew stays in the queue and does not count any more. Confined to the relay's thread.
 */
final class Timers {

    private final PriorityQueue<Due> byTime = new PriorityQueue<>();
    private long order;

    /** When to look at a message again; equal times in order of arming. */
    private record Due(Want want, long at, long order) implements Comparable<Due> {

        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(at - other.at, 0);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /** Arms the one timer that counts for a message. */
    void arm(Want want, long at) {
        Due due = new Due(want, at, order++);
        want.timer(due);
        byTime.add(due);
    }

    /** The next message whose time has come; null if there is none. */
    Want next(long now) {
        while (!byTime.isEmpty() && byTime.peek().at() - now <= 0) {
            Due due = byTime.remove();
            if (!due.want().isDone() && due.want().timer() == due) {
                return due.want();
            }
        }
        return null;
    }
}
