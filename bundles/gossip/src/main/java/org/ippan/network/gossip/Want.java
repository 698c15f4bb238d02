// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.gossip.ControlCodec.Announcement;

/** An id that peers announced and this node has not. Confined to the relay's thread but for {@link #asked}. */
final class Want extends IdKey {

    private static final int MAX_ANNOUNCERS = 8;

    /** The link that counts it among its wants. */
    final GossipLink first;
    private final List<GossipLink> announcers = new ArrayList<>(2);
    private int length;
    private int requestedLength;
    private volatile GossipLink asked;
    private boolean done;
    /** Where it waits for room, or null. */
    private GossipLink starvedAt;
    private Wanted.Due timer;

    Want(Announcement announcement, GossipLink first) {
        super(announcement.toId());
        this.first = first;
        this.length = announcement.rawLength();
        announcers.add(first);
    }

    void alsoAnnouncedBy(GossipLink link, int rawLength) {
        length = Math.min(length, rawLength);
        // The link that is being asked says so again when its queue dropped the body: it may be asked once more.
        if (announcers.size() < MAX_ANNOUNCERS && !announcers.contains(link)) {
            announcers.add(link);
            if (starvedAt != null) {
                starvedAt.state().starved.remove(this);
                starve();
            }
        }
    }

    /** The announcers to be asked, best first: by standing, then by round trip. */
    List<GossipLink> candidates() {
        announcers.removeIf(link -> !link.isUp() || link.isBanned());
        if (announcers.size() > 1) {
            announcers.sort((left, right) -> {
                Standing leftStanding = left.standing().standing();
                int byStanding = leftStanding.compareTo(right.standing().standing());
                return byStanding != 0 ? byStanding : Long.compare(left.roundTripNanos(), right.roundTripNanos());
            });
        }
        return announcers;
    }

    /** Waits for room at the announcer where the fewest do. */
    void starve() {
        starvedAt = Collections.min(announcers, Comparator.comparingInt(link -> link.state().starved.size()));
        starvedAt.state().starved.add(this);
    }

    /** A request is sent: the announcer is used up. */
    void ask(GossipLink link) {
        announcers.remove(link);
        asked = link;
        starvedAt = null;
        requestedLength = length;
        link.state().requested++;
        link.state().requestedBytes += requestedLength;
    }

    /** The request is answered or given up. */
    void unask() {
        GossipLink link = asked;
        if (link != null) {
            asked = null;
            link.state().requested--;
            link.state().requestedBytes -= requestedLength;
        }
    }

    /** The link a request is outstanding on, or null. Any thread. */
    GossipLink asked() {
        return asked;
    }

    int length() {
        return length;
    }

    boolean isDone() {
        return done;
    }

    void done() {
        done = true;
    }

    /** The timer that counts; others are left over. Null while it waits for room. */
    Wanted.Due timer() {
        return timer;
    }

    void timer(Wanted.Due due) {
        timer = due;
    }
}
