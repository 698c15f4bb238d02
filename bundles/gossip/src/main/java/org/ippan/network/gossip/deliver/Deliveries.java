// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.deliver;

import java.util.Arrays;
import org.ippan.network.gossip.deliver.Subscriptions.Route;
import org.ippan.network.gossip.model.HeldMessage;

/**
 * Messages on their way from one link to listeners. They are queued together, and a listener's thread is woken once for
 * all that were decided on together: to do either takes longer than to take a message in. One thread at a time.
 */
public final class Deliveries {

    /** So many are queued together: enough to make that cheap, few beside the bounds of a queue. */
    private static final int MOST = 64;
    private static final long MOST_BYTES = 64 * 1024;

    private final Subscriptions subscriptions;
    private final HeldMessage[] messages = new HeldMessage[MOST];
    /** Whom they concern; null while there are none, as a listener that goes must not be held. */
    private Route route;
    private int count;
    private long bytes;

    /** Delivers to listeners. */
    public Deliveries(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** Takes an accepted message for listeners. */
    public void add(Route concerned, HeldMessage message) {
        if (route != concerned) {
            // Not asked in wake alone: most often there is none, and this is compiled without all that waking does.
            if (route != null) {
                wake();
            }
            route = concerned;
        }
        messages[count++] = message;
        bytes += message.cost();
        if (count == MOST || bytes >= MOST_BYTES) {
            offer();
        }
    }

    private void offer() {
        if (count > 0) {
            HeldMessage[] together = Arrays.copyOf(messages, count);
            Arrays.fill(messages, 0, count, null);
            long length = bytes;
            count = 0;
            bytes = 0;
            subscriptions.offer(route, together, length);
        }
    }

    /** Has listeners take what there is. */
    public void wake() {
        if (route != null) {
            offer();
            Route concerned = route;
            route = null;
            concerned.wake();
        }
    }
}
