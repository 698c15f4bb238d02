// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.proof;

import org.ippan.network.gossip.model.Room;

/** Rooms for the ids of one link. */
public final class Rooms {

    private Rooms() {
    }

    /** More than a link may use. */
    public static Room.Share ample() {
        return of(1 << 30).share(true);
    }

    /** So many bytes, a quarter of which a link may use. */
    static Room of(long bytes) {
        Room room = new Room(() -> { });
        room.resize(Integer.MAX_VALUE, bytes);
        return room;
    }
}
