// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.shell.output;

import java.nio.charset.StandardCharsets;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.gossip.ReceivedMessage;

/** A message as it is shown: what strangers wrote is made printable. */
public record TailLine(MessageId id, String topic, PeerId deliveredBy, int hops, long bytes, String text) {

    public static TailLine of(ReceivedMessage message) {
        return new TailLine(message.id(), Cells.printable(message.topic().name()), message.deliveredBy(),
                message.hops(), message.payload().remaining(),
                Cells.printable(new String(message.payloadBytes(), StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return deliveredBy.shortForm() + ' ' + topic + ' ' + text;
    }
}
