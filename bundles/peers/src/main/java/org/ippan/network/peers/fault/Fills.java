// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import java.util.ArrayDeque;
import org.ippan.network.api.transport.Fill;
import org.ippan.network.api.transport.FrameClass;

/**
 * Fills that are under way, in their order. Of one all of whose frames are lost the socket never hears: it counts as
 * taken when those before it are. Confined to the link's I/O thread.
 */
final class Fills {

    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();

    private final class Sent implements Fill {

        private final Fill fill;
        private final boolean empty;

        Sent(Fill fill, boolean empty) {
            this.fill = fill;
            this.empty = empty;
        }

        @Override
        public FrameClass frameClass() {
            return fill.frameClass();
        }

        @Override
        public void taken() {
            underWay.remove();
            fill.taken();
            takeEmpty();
        }
    }

    /** A fill of which something is left to be sent. */
    Fill sent(Fill fill) {
        Sent sent = new Sent(fill, false);
        underWay.add(sent);
        return sent;
    }

    /** A fill of which nothing is left. */
    void lost(Fill fill) {
        underWay.add(new Sent(fill, true));
        takeEmpty();
    }

    private void takeEmpty() {
        while (!underWay.isEmpty() && underWay.peek().empty) {
            underWay.remove().fill.taken();
        }
    }
}
