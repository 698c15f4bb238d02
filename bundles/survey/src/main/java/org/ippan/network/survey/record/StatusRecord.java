// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;

/**
 * What a node says of itself, {@code docs/protocol.md} §11.
 *
 * @param id whose key signed it
 * @param life which life of the node it is from, and which record of that life it is
 * @param intervalSeconds when the next one is to come
 * @param uptimeSeconds how long the node runs
 * @param told what its list of links stands for
 * @param name what the node calls itself, or empty
 * @param version of ippan-network
 * @param findings worst first, at most 4
 * @param numbers what it counts
 * @param links those that fit; of this node itself all
 * @param topics at most 8
 */
public record StatusRecord(PeerId id, Life life, int intervalSeconds, long uptimeSeconds, Told told, String name,
        String version, List<Finding> findings, NodeNumbers numbers, List<ToldLink> links, List<NodeTopic> topics) {

    /** Most links that a record lists. */
    public static final int MAX_LINKS = 32;

    /**
     * Orders the records of one node.
     *
     * @param instance when the node started, milliseconds since 1970 by its clock: a greater one is a later life
     * @param sequence counts the records of one life
     * @param leaving whether it is the last of this life
     */
    public record Life(long instance, long sequence, boolean leaving) {

        /** Whether a record of this life comes after another one of the same node. */
        public boolean isAfter(Life other) {
            return instance > other.instance
                    || instance == other.instance && sequence > other.sequence && !other.leaving;
        }
    }

    /**
     * What the list of links stands for.
     *
     * @param extent how much of them it is
     * @param further the first 2 bytes of the ids of links that are not listed, each as a character; empty if that is
     *        not told
     */
    public record Told(Extent extent, String further) {

        public static final Told ALL = new Told(Extent.ALL, "");
        public static final Told WITHHELD = new Told(Extent.WITHHELD, "");

        private static final int SHORT_SHIFT = Long.SIZE - Character.SIZE;

        /** How much of the links are listed. */
        public enum Extent {
            /** All of them. */
            ALL,
            /** Some of them: there are more than fit. */
            CUT,
            /** None: the node keeps them to itself. */
            WITHHELD
        }

        /** A list that leaves links out. */
        public static Told cut(String further) {
            return new Told(Extent.CUT, further);
        }

        /** An id of 8 bytes, as links that are not listed are told. */
        public static char shortened(long node) {
            return (char) (node >>> SHORT_SHIFT);
        }

        private boolean hints(long node) {
            return further.indexOf(shortened(node)) >= 0;
        }

        /** Whether there may be links of which it says nothing. */
        private boolean isVague() {
            return extent != Extent.ALL && further.isEmpty();
        }
    }

    /** What a record says of a link. */
    public enum Word { TELLS, LACKS, UNKNOWN }

    /** What it says of a link to a node: two bytes of an id are word enough to believe that a link still stands. */
    public Word word(long node) {
        return lists(node) || told.hints(node) ? Word.TELLS : told.isVague() ? Word.UNKNOWN : Word.LACKS;
    }

    /** The word of the node on how it fares. */
    public Severity severity() {
        return findings.stream().map(Finding::severity).max(Severity::compareTo).orElse(Severity.OK);
    }

    /** Whether it tells a link to a node. */
    public boolean lists(long node) {
        for (ToldLink link : links) {
            if (link.to() == node) {
                return true;
            }
        }
        return false;
    }
}
