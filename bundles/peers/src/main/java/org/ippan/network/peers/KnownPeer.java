// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;

/**
 * One peer that was connected in this life of the node. It has one link; for moments, until the duplicate rule has
 * been carried out at both ends, several. Changed by one thread, read by any.
 */
final class KnownPeer {

    private final PeerId id;
    private final Instant firstConnected;
    private volatile Instant lastSeen;
    private volatile PeerAddress address;
    private volatile String agent = "";
    private volatile String lastError = "";
    private volatile List<Session> links = List.of();

    KnownPeer(PeerId id, Instant now) {
        this.id = id;
        this.firstConnected = now;
        this.lastSeen = now;
    }

    void up(Session session, PeerAddress reachedAt) {
        List<Session> more = new ArrayList<>(links);
        more.add(session);
        links = List.copyOf(more);
        address = reachedAt;
        agent = session.theirs().agent();
    }

    void down(Session session, Instant seen, String reason) {
        links = links.stream().filter(link -> link != session).toList();
        lastSeen = seen;
        lastError = reason;
    }

    PeerId id() {
        return id;
    }

    /** Its links, oldest first. */
    List<Session> links() {
        return links;
    }

    boolean connected() {
        return !links.isEmpty();
    }

    Instant firstConnected() {
        return firstConnected;
    }

    /** When its last link ended; while one is up, the link knows better. */
    Instant lastSeen() {
        return lastSeen;
    }

    PeerAddress address() {
        return address;
    }

    String agent() {
        return agent;
    }

    String lastError() {
        return lastError;
    }
}
