// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.repair;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;

/** A message that was announced and did not come yet, with those who announced it. Confined to the relay's thread. */
final class Want extends IdKey {

    private static final int MAX_ANNOUNCERS = 8;

    /** The link that has it among its promises. */
    private AskedLink first;
    private final List<AskedLink> announcers = new ArrayList<>(2);
    /** When it was announced first. */
    final long since;
    private int length;
    private int requestedLength;
    private volatile AskedLink asked;
    private boolean done;
    /** Where it waits for room, or null. */
    private AskedLink starvedAt;
    private Object timer;

    Want(Announcement announcement, AskedLink first, long now) {
        super(announcement.toId());
        this.first = first;
        this.since = now;
        this.length = announcement.rawLength();
        announcers.add(first);
    }

    void alsoAnnouncedBy(AskedLink link, int rawLength) {
        length = Math.min(length, rawLength);
        // The link that is being asked says so again when it could not send the body: it may be asked once more.
        if (announcers.size() < MAX_ANNOUNCERS && !announcers.contains(link)) {
            announcers.add(link);
            if (starvedAt != null) {
                starvedAt.starved.remove(this);
                starve();
            }
        }
    }

    /** The announcers to be asked, best first: by standing, then by round trip. */
    List<AskedLink> candidates() {
        announcers.removeIf(each -> !each.link.isUp() || each.link.isBanned());
        if (announcers.size() > 1) {
            announcers.sort((left, right) -> {
                Standing leftStanding = left.link.standing().standing();
                int byStanding = leftStanding.compareTo(right.link.standing().standing());
                return byStanding != 0 ? byStanding
                        : Long.compare(left.link.roundTripNanos(), right.link.roundTripNanos());
            });
        }
        return announcers;
    }

    /** Waits for room at the announcer where the fewest do. */
    void starve() {
        starvedAt = Collections.min(announcers, Comparator.comparingInt(each -> each.starved.size()));
        starvedAt.starved.add(this);
    }

    /** Waits for room no more. */
    void unstarve() {
        if (starvedAt != null) {
            starvedAt.starved.remove(this);
            starvedAt = null;
        }
    }

    /** A request is sent: the announcer is used up. */
    void ask(AskedLink link) {
        announcers.remove(link);
        asked = link;
        starvedAt = null;
        requestedLength = length;
        link.asked.add(this);
        link.requested++;
        link.requestedBytes += requestedLength;
    }

    /** The queue of the link did not take the request: the peer may be asked when the time for an answer is over. */
    void untold() {
        AskedLink link = asked;
        unask();
        announcers.add(link);
    }

    /** Nothing came in time of what was asked for. Whether it was. */
    boolean late() {
        AskedLink link = asked;
        if (link == null) {
            return false;
        }
        link.unkept++;
        unask();
        return true;
    }

    /** The link that promised it is gone. Whether another did too. */
    boolean handOver() {
        List<AskedLink> others = candidates();
        AskedLink next = asked != null || others.isEmpty() ? asked : others.get(0);
        if (next == null) {
            return false;
        }
        first = next;
        first.promised.add(this);
        return true;
    }

    /** It came. Whether from the peer that was asked. */
    boolean cameFrom(GossipLink link) {
        unstarve();
        AskedLink promised = asked;
        if (promised == null || promised.link != link) {
            return false;
        }
        promised.unkept = 0;
        return true;
    }

    /** The request is answered or given up. */
    void unask() {
        AskedLink link = asked;
        if (link != null) {
            asked = null;
            link.asked.remove(this);
            link.requested--;
            link.requestedBytes -= requestedLength;
        }
    }

    /** The link a request is outstanding on, or null. Any thread. */
    GossipLink asked() {
        AskedLink link = asked;
        return link == null ? null : link.link;
    }

    int length() {
        return length;
    }

    boolean isDone() {
        return done;
    }

    /** It is wanted no more. */
    void done() {
        done = true;
        first.promised.remove(this);
    }

    /** The timer that counts; others are left over. Null while it waits for room. */
    Object timer() {
        return timer;
    }

    void timer(Object due) {
        timer = due;
    }
}
