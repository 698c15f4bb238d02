// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.receive.Inbound;
import org.ippan.network.gossip.send.Outbound;
import org.ippan.network.gossip.wire.ControlCodec.Announcement;
import org.ippan.network.gossip.wire.IdKey;
import org.ippan.network.gossip.wire.MessageCodec;
import org.ippan.network.gossip.wire.MessageHasher;
import org.ippan.network.gossip.wire.MessageHeader;
import org.ippan.network.gossip.wire.TopicCache;

/**
 * What one link loses on purpose. A lost message is settled as if it had been refused, so that no window waits for it,
 * and becomes one that the end which has it announces: it is asked for, over this link or another. Confined to the
 * link's I/O thread.
 */
final class Losses {

    private final Takers takers;
    private final Inbound inbound;
    private final Outbound outbound;
    private final MessageHasher hasher;
    private final TopicCache topics = new TopicCache();
    private final MessageHeader header = new MessageHeader();
    private final IdKey id = new IdKey();

    /** Nothing is lost yet. */
    Losses(Takers takers, Inbound inbound, Outbound outbound) {
        this.takers = takers;
        this.inbound = inbound;
        this.outbound = outbound;
        this.hasher = inbound.newHasher();
    }

    /** A message came and is not to be taken in. */
    void inbound(ByteBuffer body) throws ProtocolException {
        Optional<Announcement> lost = read(body, inbound.link().limits());
        takers.intake().lost(inbound, header.priority, body.remaining());
        lost.filter(any -> takers.context().serving()).ifPresent(each ->
                takers.context().relay.post(() -> takers.wanted().announced(inbound.link(), List.of(each))));
    }

    /** A message was written and will not be sent. */
    void outbound(boolean solicited, ByteBuffer body) {
        try {
            Optional<Announcement> lost = read(body, new MessageCodec.Limits(Integer.MAX_VALUE,
                    inbound.link().codecs()));
            outbound.unsettled().lost(header.priority, FrameType.HEADER_LENGTH + body.remaining());
            lost.ifPresent(each -> takers.context().relay.post(() -> {
                if (solicited) {
                    takers.serving().lost(outbound, each);
                }
                takers.announcer().lost(outbound, each);
            }));
        } catch (ProtocolException e) {
            throw new IllegalStateException("was in order when it came", e);
        }
    }

    /** What it is announced as; empty if it cannot be inflated any more. */
    private Optional<Announcement> read(ByteBuffer body, MessageCodec.Limits limits) throws ProtocolException {
        MessageCodec.decode(body, limits, topics, header);
        ByteBuffer payload = body.duplicate().position(header.payloadOffset);
        if (header.codec != 0) {
            byte[] raw = new byte[header.rawLength];
            if (!takers.context().services.codecs.inflate(header.codec, payload, raw)) {
                return Optional.empty();
            }
            payload = ByteBuffer.wrap(raw);
        }
        hasher.hash(header.topic, header.nonce, payload, id);
        return Optional.of(new Announcement(id.toId(), header.rawLength, header.ageMillis));
    }
}
