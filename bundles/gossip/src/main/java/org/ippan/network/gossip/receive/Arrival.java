// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.receive;

import java.nio.ByteBuffer;
import org.ippan.network.gossip.deliver.Subscriptions;
import org.ippan.network.gossip.model.HeldMessage;
import org.ippan.network.gossip.model.JudgedMessage;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.Packed;
import org.ippan.network.gossip.wire.Seal;

/** A message that has just come by a link; used again for others. Confined to the thread that takes it in. */
final class Arrival {

    final MessageHeader header = new MessageHeader();
    final IdKey id = new IdKey();
    /** Its body from position to limit. */
    ByteBuffer body;
    /** Whether its number was read, as it came from its publisher, who did not say that it was asked for. */
    boolean numbered;
    /** When it was zero milliseconds old, in milliseconds of the ticker. */
    long bornMillis;
    /** Whom it is to be delivered to; null if to none, or not now. */
    Subscriptions.Route listeners;

    /** The message for listeners, with a payload of its own. */
    HeldMessage held(Inbound in) {
        takeSeal();
        return new HeldMessage(id, header, header.codec == 0 ? payload() : in.takeRaw(), in.link);
    }

    /** The message for validators, with a payload of its own. */
    JudgedMessage judged(Inbound in) {
        takeSeal();
        byte[] payload = payload();
        return header.codec == 0 ? new JudgedMessage(id, header, payload, null, in.link, bornMillis)
                : new JudgedMessage(id, header, in.takeRaw(), new Packed(header.codec, payload), in.link, bornMillis);
    }

    /** The payload as it came. */
    private byte[] payload() {
        byte[] payload = new byte[header.payloadLength];
        body.get(header.payloadOffset, payload);
        return payload;
    }

    private void takeSeal() {
        header.seal = header.sealed ? new byte[Seal.LENGTH] : null;
        if (header.sealed) {
            body.get(header.payloadOffset - Seal.LENGTH, header.seal);
        }
    }
}
