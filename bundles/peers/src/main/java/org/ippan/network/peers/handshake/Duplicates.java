// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.handshake;

import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerId;

/**
 * Which of two established connections to one peer stays, {@code docs/protocol.md} §4. Both ends come to the same
 * result without asking each other. Stateless.
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
        /** The newer connection is closed. */
        CLOSE_NEW,
        /** The other end decides. */
        WAIT,
        /** The older stays if it answers. */
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
        boolean sameInstance = old.instanceId == fresh.instanceId;
        boolean opposite = old.dialled != fresh.dialled;
        if (!trust.proved && !(sameInstance && opposite && trust.ageNanos < SAME_MOMENT_NANOS)) {
            return fresh.dialled ? Verdict.WAIT : Verdict.ASK_OLD;
        }
        if (!sameInstance) {
            return Verdict.CLOSE_OLD;
        }
        if (opposite) {
            boolean smallerDialledOld = old.dialled == self.compareTo(peer) < 0;
            return smallerDialledOld ? Verdict.CLOSE_NEW : Verdict.CLOSE_OLD;
        }
        return fresh.dialled ? Verdict.WAIT : Verdict.CLOSE_NEW;
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
