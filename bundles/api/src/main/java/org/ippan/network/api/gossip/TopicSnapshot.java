// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.gossip;

import java.util.Map;
import org.ippan.network.api.snapshot.Measure;

/**
 * The messages of one topic, or of all topics that are not counted each.
 *
 * @param topic its name; {@link #OTHER} for the rest
 * @param messages how many there were, by what happened to them
 * @param bytes of the payloads of those that were new or published here
 */
public record TopicSnapshot(
        @Measure("Name of the topic; other for those that are not counted each.") String topic,
        @Measure(value = "Messages of a topic, by what happened to them.", unit = "messages", counter = true)
        Map<TopicEvent, Long> messages,
        @Measure(value = "Bytes of the payloads of a topic's messages, new and published.", unit = "bytes",
                counter = true) long bytes) {

    /** Stands for all topics beyond those that are counted each. */
    public static final String OTHER = "other";
}
