// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.links;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.session.Session;

/**
 * One peer that was connected in this life of the node. It has one link; for moments, until the duplicate rule has
 * been carried out at both ends, several. Changed by one thread, read by any.
 */
public final class KnownPeer {

    private final PeerId id;
    private final Instant firstConnected;
    private volatile Instant lastSeen;
    private volatile PeerAddress address;
    private volatile String agent = "";
    private volatile Ending ending = Ending.NONE;
    private volatile List<Session> links = List.of();

    /** Known to any thread at once: by then it has an address. */
    KnownPeer(PeerId id, PeerAddress reachedAt, Instant now) {
        this.id = id;
        this.address = reachedAt;
        this.firstConnected = now;
        this.lastSeen = now;
    }

    void up(Session session, PeerAddress reachedAt) {
        List<Session> more = new ArrayList<>(links);
        more.add(session);
        address = reachedAt;
        agent = session.theirs().agent();
        links = List.copyOf(more);
    }

    void down(Session session, Instant seen, Ending why) {
        links = links.stream().filter(link -> link != session).toList();
        lastSeen = seen;
        ending = why;
    }

    public PeerId id() {
        return id;
    }

    /** Its links, oldest first. */
    public List<Session> links() {
        return links;
    }

    public boolean connected() {
        return !links.isEmpty();
    }

    public Instant firstConnected() {
        return firstConnected;
    }

    /** When its last link ended; while one is up, the link knows better. */
    public Instant lastSeen() {
        return lastSeen;
    }

    public PeerAddress address() {
        return address;
    }

    public String agent() {
        return agent;
    }

    /** Why its last link ended. */
    public Ending ending() {
        return ending;
    }
}
