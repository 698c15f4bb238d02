// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import java.util.HashMap;
import java.util.Map;
import org.ippan.network.gossip.wire.Neighbourhood;
import org.ippan.network.gossip.wire.Neighbourhood.Neighbour;

/** What a peer said of its neighbours, by neighbour. Confined to the relay's thread. */
public final class Told {

    private final Neighbourhood said;
    /** Made when it is looked at: a peer may say more than is looked at. */
    private Map<Long, Neighbour> byPeer;

    /** What it said in one frame. */
    public Told(Neighbourhood said) {
        this.said = said;
    }

    /** All of it. */
    public Neighbourhood said() {
        return said;
    }

    /** What it said of a peer; null if that is no neighbour. */
    public Neighbour of(long peer) {
        return byPeer().get(peer);
    }

    /** How many neighbours it named. */
    public int count() {
        return byPeer().size();
    }

    private Map<Long, Neighbour> byPeer() {
        if (byPeer == null) {
            byPeer = new HashMap<>();
            said.neighbours().forEach(each -> byPeer.put(each.peer(), each));
        }
        return byPeer;
    }
}
