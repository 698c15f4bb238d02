// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.handshake;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;

/**
 * Which of two established connections to one peer stays, {@code docs/protocol.md} §4. Both ends come to the same
 * result without asking each other. Only where the older one stays is its peer asked whether it still has it: a node
 * dials a peer it has no link to, so as a rule the older one ended there and this node has not heard of it. Stateless.
 */
public final class Duplicates {

    /** Two connections in opposite directions that begin within this time were dialled at the same moment. */
    static final long SAME_MOMENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private Duplicates() {
    }

    /** What to do. */
    public enum Verdict {
        /** The older connection is closed. */
        CLOSE_OLD,
        /** The other end decides. */
        WAIT,
        /** The older stays if it answers; else it is closed. */
        ASK_OLD
    }

    /** One of the connections. */
    public record Candidate(boolean dialled, long instanceId) {
    }

    /**
     * Compares.
     *
     * @param self this node
     * @param peer the other
     * @param old the connection that was there
     * @param fresh the one just established
     * @param trust whether ids are proved, and how old the older connection is
     * @return what to do with them
     */
    public static Verdict judge(PeerId self, PeerId peer, Candidate old, Candidate fresh, Trust trust) {
        if (old.instanceId != fresh.instanceId && trust.proved) {
            return Verdict.CLOSE_OLD;
        }
        boolean atOnce = old.instanceId == fresh.instanceId && old.dialled != fresh.dialled
                && (trust.proved || trust.ageNanos < SAME_MOMENT_NANOS);
        if (atOnce) {
            boolean smallerDialledOld = old.dialled == self.compareTo(peer) < 0;
            return smallerDialledOld ? Verdict.ASK_OLD : Verdict.CLOSE_OLD;
        }
        return fresh.dialled ? Verdict.WAIT : Verdict.ASK_OLD;
    }

    /**
     * How far an id can be believed.
     *
     * @param proved by TLS, or by knowing the network's key
     * @param ageNanos how long the older connection is up
     */
    public record Trust(boolean proved, long ageNanos) {
    }
}
