// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.relay;

import org.ippan.network.gossip.send.Outbound;

/** One link that is looked at. */
abstract class WatchFixture extends LinksFixture {

    static final long LOOK = millis(20);
    /** Ten messages may be before it. */
    static final long LIMIT = 10 * FRAME;

    final Outbound outbound = link();
    final Watch watch = new Watch(outbound, new Exchange(), time.nanos());

    void lookAfter(long millis, long window) {
        advance(millis);
        watch.look(LIMIT, window, millis(millis), time.nanos());
    }

    void look() {
        lookAfter(20, 0);
    }
}
