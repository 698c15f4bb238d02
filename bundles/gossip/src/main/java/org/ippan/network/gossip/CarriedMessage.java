// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Priority;
import org.ippan.network.api.Topic;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.gossip.ReceivedMessage;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * A message as it came or was published, and the frames that carry it on: with its payload compressed as it came, and
 * without for peers that do not know the codec. Each is made when it is first needed and shared by all links.
 */
abstract class CarriedMessage extends IdKey implements ReceivedMessage {

    /** Memory of a message beside its payload, measured roughly. */
    private static final int OVERHEAD = 400;

    /** The link it came by; null if this node published it. */
    final GossipLink from;

    private final Topic topic;
    private final byte[] payload;
    /** Null if it came, or was published, as it is. */
    private final Packed packed;
    private final Priority priority;
    private final long nonce;
    private final int hops;
    private final long ageMillis;
    private final long bornNanos;
    private volatile OutboundFrame frame;
    /** Only of a compressed message. */
    private volatile OutboundFrame plainFrame;

    /** What a message is made of; packed is null if it is not compressed. */
    record Content(Topic topic, byte[] payload, Packed packed, Priority priority, long nonce) {
    }

    /** A message that came by a link. */
    CarriedMessage(IdKey id, Content content, MessageHeader header, GossipLink from, long nowNanos) {
        this(id, content, from, header.hops, header.ageMillis + from.halfRoundTripMillis(), nowNanos);
    }

    /** A message this node publishes. */
    CarriedMessage(IdKey id, Content content, long nowNanos) {
        this(id, content, null, 0, 0, nowNanos);
    }

    private CarriedMessage(IdKey id, Content content, GossipLink from, int hops, long ageMillis, long bornNanos) {
        super(id);
        this.from = from;
        this.topic = content.topic();
        this.payload = content.payload();
        this.packed = content.packed();
        this.priority = content.priority();
        this.nonce = content.nonce();
        this.hops = hops;
        this.ageMillis = ageMillis;
        this.bornNanos = bornNanos;
    }

    /** The frame that carries it to a peer over a link that knows these codecs. */
    OutboundFrame frame(int codecs) {
        return packed == null || PayloadCodecs.contains(codecs, packed.codec()) ? frame() : plainFrame();
    }

    /** The frame that carries it as it came. */
    OutboundFrame frame() {
        OutboundFrame made = frame;
        if (made == null) {
            synchronized (this) {
                made = frame;
                if (made == null) {
                    made = packed == null ? encode(0, payload) : encode(packed.codec(), packed.bytes());
                    frame = made;
                }
            }
        }
        return made;
    }

    private OutboundFrame plainFrame() {
        OutboundFrame made = plainFrame;
        if (made == null) {
            synchronized (this) {
                made = plainFrame;
                if (made == null) {
                    made = encode(0, payload);
                    plainFrame = made;
                }
            }
        }
        return made;
    }

    private OutboundFrame encode(int codec, byte[] bytes) {
        byte[] head = MessageCodec.head(onwardHops(), priority, topic, nonce, payload.length);
        head[MessageCodec.CODEC_OFFSET] = (byte) codec;
        return OutboundFrame.gossip(FrameClass.of(priority), id(), head, bytes, MessageCodec.AGE_OFFSET, ageMillis,
                bornNanos);
    }

    /** Hops it has when the next node gets it. */
    int onwardHops() {
        return from == null ? 0 : hops + 1;
    }

    /** Bytes of the payload, uncompressed. */
    int length() {
        return payload.length;
    }

    /** What it is counted with wherever memory is bounded: both forms of a compressed payload are held. */
    int cost() {
        return payload.length + (packed == null ? 0 : packed.bytes().length) + OVERHEAD;
    }

    long bornNanos() {
        return bornNanos;
    }

    /** How long it has been under way. */
    long ageMillisAt(long nowNanos) {
        return Math.min(0xFFFF_FFFFL, ageMillis + Math.max(0, nowNanos - bornNanos) / 1_000_000);
    }

    @Override
    public MessageId id() {
        OutboundFrame made = frame;
        return made == null ? toId() : made.id();
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public ByteBuffer payload() {
        return ByteBuffer.wrap(payload).asReadOnlyBuffer();
    }

    @Override
    public byte[] payloadBytes() {
        return payload.clone();
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public long nonce() {
        return nonce;
    }

    @Override
    public PeerId deliveredBy() {
        return from.peer();
    }

    @Override
    public int hops() {
        return hops;
    }

    @Override
    public Duration age() {
        return Duration.ofMillis(ageMillis);
    }
}
