// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.survey;

import java.time.Duration;
import java.util.List;

/**
 * What one node says became of a message there. It is the node's own word.
 *
 * @param id the first 16 digits of its id
 * @param name what it calls itself; its short id if it has none, or did not answer
 * @param own whether it is this node
 * @param fate what became of the message there
 * @param from the first 16 digits of the id of the node that brought it first; empty if that is not known
 * @param full whether both ends tell the link to that node
 * @param depth how far it is from the beginning of the tree
 * @param slowest whether it is on the way to the node that got the message last
 * @param hops how many nodes relayed it before
 * @param age how long the message was under way when it came, estimated without clocks
 * @param copies how many further peers brought or announced it
 * @param asked whether it came because the node missed and asked for it
 * @param listening how many listeners of the node take its topic
 * @param listeners names of at most 4 of them
 */
public record NodeTrace(String id, String name, boolean own, Fate fate, String from, boolean full, int depth,
        boolean slowest, int hops, Duration age, int copies, boolean asked, int listening, List<String> listeners) {

    /** What became of a message at a node. */
    public enum Fate {
        /** An application of the node published it. */
        PUBLISHED("published here"),
        /** It was relayed, and handed to listeners. */
        DELIVERED("delivered"),
        /** It was relayed; no listener of the node takes its topic. */
        NO_LISTENER("relayed; no listener here takes its topic"),
        /** A validator has not answered yet. */
        WAITING("neither relayed nor delivered yet: a validator has not answered"),
        /** A validator rejected it. */
        REJECTED("neither relayed nor delivered: rejected by a validator"),
        /** Others have the message from the node, which did not answer. */
        SILENT("did not answer");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        /** {@return whether the node tells when the message came, and from which peer} */
        public boolean isInCache() {
            return this == PUBLISHED || this == DELIVERED || this == NO_LISTENER;
        }
    }

    /** {@return what became of the message, in words} */
    public String text() {
        int more = listening - listeners.size();
        return fate.text + (fate == Fate.DELIVERED ? " to " + String.join(", ", listeners)
                + (more > 0 ? " and " + more + " more" : "") : "")
                + (asked ? "; it had missed the message, and asked for it" : "");
    }
}
