// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.util.Map;
import org.ippan.network.api.snapshot.Measure;

/**
 * The messages of one topic, or of all topics that are not counted each.
 *
 * @param topic its name; {@link #OTHER} for the rest
 * @param messages how many there were, by what happened to them
 */
public record TopicSnapshot(
        @Measure("Name of the topic; other for those that are not counted each.") String topic,
        @Measure(value = "Messages of a topic, by what happened to them.", unit = "messages", counter = true)
        Map<TopicEvent, Long> messages) {

    /** Stands for all topics beyond those that are counted each. */
    public static final String OTHER = "other";
}
