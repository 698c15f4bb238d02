// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.settle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.IdKey;

/** How far one message is settled, as seen from this node. Confined to the relay's thread. */
final class Settlement extends IdKey {

    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    /** Ids that do not exist are not to cost much, and a peer that ended is noticed in time all the same. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /** Who asked first, and gets the counts; null for this node's publisher. */
    final GossipLink asker;
    /** When the answer is given at the latest, as a ticker reading. */
    final long deadline;
    private final BiConsumer<Long, Long> answer;
    private final List<GossipLink> asked = new ArrayList<>(2);
    private long lookAt;
    private long pause = SHORTEST_PAUSE_NANOS;
    private boolean here;
    private boolean done;
    /** Since when the message is known to be marked and not in a log; 0 if it is not. */
    private long goneSince;
    private long nodes;
    private long leftOut;

    /**
     * A message of which nothing is known.
     *
     * @param now when it is asked for
     * @param deadline when the answer is given at the latest
     * @param answer is told once: nodes that accepted the message, and links that were left out
     */
    Settlement(IdKey id, GossipLink asker, long now, long deadline, BiConsumer<Long, Long> answer) {
        super(id);
        this.lookAt = now;
        this.asker = asker;
        this.deadline = deadline;
        this.answer = answer;
    }

    /** When it is looked at by itself again, as a ticker reading. */
    long lookAt() {
        return lookAt;
    }

    /** It was looked at in vain: the next time it waits for twice as long. */
    void looksAfter(long now) {
        lookAt = Math.min(now + pause, Math.max(now, deadline));
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }

    boolean isHere() {
        return here;
    }

    /** The message is in a log. The publisher's own node does not count. */
    void here() {
        here = true;
        nodes += asker == null ? 0 : 1;
    }

    /** Waits for the peer of a link. */
    void asks(GossipLink link) {
        asked.add(link);
    }

    /** The peer of a link will not confirm. */
    void leavesOut() {
        leftOut++;
    }

    /** The peer of a link is not waited for any more. */
    void leavesOut(GossipLink link) {
        if (asked.remove(link)) {
            leftOut++;
        }
    }

    /** Does not wait for peers that are gone or slow. */
    void review() {
        for (GossipLink link : List.copyOf(asked)) {
            if (!mayWaitFor(link)) {
                leavesOut(link);
            }
        }
    }

    /** Whether a link's peer can be expected to answer. */
    static boolean mayWaitFor(GossipLink link) {
        return link.isUp() && !link.isSlow() && !link.isUnsettling() && !link.isBanned();
    }

    /** A peer answers. What it was not asked is ignored. */
    void answered(GossipLink link, long itsNodes, long itsLeftOut) {
        if (asked.remove(link)) {
            nodes += itsNodes;
            leftOut += itsLeftOut;
        }
    }

    /** Whether the message has been marked and in no log for so long that it was refused, or has left the logs. */
    boolean isGone(long now, long patience) {
        if (goneSince == 0) {
            goneSince = now;
        }
        return now - goneSince >= patience;
    }

    /** Whether nothing more is waited for. */
    boolean isComplete() {
        return here && asked.isEmpty();
    }

    /** Whether its asker is still there: else each new identity would leave a part of the table taken. */
    boolean isAwaited() {
        return asker == null || asker.isUp();
    }

    boolean isDone() {
        return done;
    }

    /** Answers; what is still waited for is left out. */
    void finish() {
        if (!done) {
            done = true;
            leftOut += here ? asked.size() : 1;
            asked.clear();
            answer.accept(nodes, leftOut);
        }
    }
}
