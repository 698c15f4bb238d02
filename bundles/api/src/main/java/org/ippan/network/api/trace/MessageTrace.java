// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.trace;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;

/**
 * One message at this node.
 *
 * @param id of the message
 * @param topic its label; empty where only the id is remembered
 * @param bytes length of its payload; 0 where only the id is remembered
 * @param verdict what validators said
 * @param from the peer that brought it first; empty if this node published it, or only the id is remembered
 * @param hops how many nodes relayed it before
 * @param age how long it was under way when it came, estimated without clocks
 * @param here how long it has been here
 * @param asked whether it came because this node missed and asked for it
 * @param links what is known of each peer, in the order in which they connected
 * @param listeners names of the listeners of this node that it was handed to, as far as they are still there
 */
public record MessageTrace(MessageId id, String topic, int bytes, Judged verdict, Optional<PeerId> from, int hops,
        Duration age, Duration here, boolean asked, List<TracedLink> links, List<String> listeners) {

    /** What validators said of a message. */
    public enum Judged {
        /** It is relayed, and delivered to listeners; where no validator judges its topic, too. */
        ACCEPTED,
        /** A validator has not answered yet. */
        WAITING,
        /** A validator rejected it: it was neither relayed nor delivered. */
        REJECTED
    }

    /**
     * A message of which only the id is remembered.
     *
     * @param id of the message
     * @param verdict what validators said
     * @return what is known of it
     */
    public static MessageTrace of(MessageId id, Judged verdict) {
        return new MessageTrace(id, "", 0, verdict, Optional.empty(), 0, Duration.ZERO, Duration.ZERO, false,
                List.of(), List.of());
    }
}
