// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.model;

import org.ippan.network.api.rate.StrangersPart;

/**
 * Which share of a table the peer of one link may have ({@code docs/security.md}): half, and once half of the table is
 * taken a quarter if this node opened the link, else an eighth. Links that peers opened leave a quarter to those this
 * node opened. So no peer and no two can fill it. Stateless.
 */
public final class TableShare {

    private final int most;

    /** Shares of a table of so many places. */
    public TableShare(int most) {
        this.most = most;
    }

    /** Whether there is one more place for a link that has so many of those that are taken. */
    public boolean admits(boolean dialled, int own, int taken) {
        return !isFull(dialled, taken) && hasShare(dialled, own, taken);
    }

    /** Whether nothing is left for links like it. */
    public boolean isFull(boolean dialled, int taken) {
        return taken >= (dialled ? most : StrangersPart.of(most));
    }

    /** Whether a link may have one more place, if there is one. */
    public boolean hasShare(boolean dialled, int own, int taken) {
        return own < (taken < most / 2 ? most / 2 : dialled ? most / 4 : most / 8);
    }
}
