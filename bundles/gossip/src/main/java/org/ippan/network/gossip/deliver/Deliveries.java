// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import org.ippan.network.gossip.deliver.Subscriptions.Route;
import org.ippan.network.gossip.model.HeldMessage;

/**
 * Messages on their way from one link to listeners. A listener's thread is woken once for many of them: to wake it
 * takes longer than to take a message in. One thread at a time.
 */
public final class Deliveries {

    /** So many wait for the end of what is read in one go: enough to make waking cheap, few enough for any queue. */
    private static final int MOST_UNTOLD = 64;

    private final Subscriptions subscriptions;
    /** Whom the last messages concerned, unless they know already. */
    private Route untold;
    private int count;

    /** Delivers to listeners. */
    public Deliveries(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Queues an accepted message for listeners. */
    public void add(Route route, HeldMessage message) {
        if (untold != route) {
            wake();
            untold = route;
        }
        subscriptions.offer(route, message);
        if (++count >= MOST_UNTOLD) {
            wake();
        }
    }

    /** Has listeners take what was queued. */
    public void wake() {
        if (untold != null) {
            untold.wake();
            untold = null;
            count = 0;
        }
    }
}
