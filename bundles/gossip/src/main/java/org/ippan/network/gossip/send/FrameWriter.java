// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.send;

import java.nio.ByteBuffer;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameTarget;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.log.Segment;
import org.ippan.network.gossip.model.GossipContext;
import org.ippan.network.gossip.model.GossipLink;
import org.ippan.network.gossip.wire.MessageCodec;

/**
 * Writes entries of a log as frames: neighbours with one copy, long payloads without, the age of each stamped as it is
 * written. Confined to the thread that fills the link.
 */
final class FrameWriter {

    /** From this length on a payload is not copied. */
    private static final int LONG = 16 * 1024;
    private static final int HEADER = FrameType.HEADER_LENGTH;
    private static final int FLAGS = 2;
    private static final int LENGTH = 4;
    private static final int AGE = HEADER + MessageCodec.AGE_OFFSET;

    private final GossipContext context;
    private final GossipLink link;

    FrameWriter(GossipContext context, GossipLink link) {
        this.context = context;
        this.link = link;
    }

    /** Whether an entry cannot be copied with its neighbours: it is long, or in a codec the peer does not know. */
    boolean standsAlone(Segment segment, int entry) {
        int offset = segment.offset(entry);
        int codec = segment.data()[offset + HEADER + MessageCodec.CODEC_OFFSET];
        return segment.offset(entry + 1) - offset >= LONG
                || codec != 0 && !PayloadCodecs.contains(link.codecs(), codec);
    }

    /** Writes neighbours of which none stands alone. */
    void run(Segment segment, int first, int end, FrameTarget target) {
        int from = segment.offset(first);
        int index = target.length();
        target.copy(segment.data(), from, segment.offset(end) - from);
        int now = (int) context.millis();
        for (int entry = first; entry < end; entry++) {
            target.setInt(index + segment.offset(entry) - from + AGE, age(segment, entry, now));
        }
    }

    private static int age(Segment segment, int entry, int now) {
        return Math.max(0, now - segment.born(entry));
    }

    /**
     * Writes one entry.
     *
     * @param solicited whether it was asked for
     * @return whether its segment is lent, and to be kept until the socket has taken it
     */
    boolean single(Segment segment, int entry, boolean solicited, FrameTarget target) {
        int offset = segment.offset(entry);
        int length = segment.offset(entry + 1) - offset;
        byte[] data = segment.data();
        int codec = data[offset + HEADER + MessageCodec.CODEC_OFFSET];
        int index = target.length();
        boolean lends = false;
        if (codec != 0 && !PayloadCodecs.contains(link.codecs(), codec)) {
            if (!plain(segment, entry, target)) {
                return false;
            }
        } else if (length >= LONG) {
            int head = headLength(data, offset);
            target.copy(data, offset, head);
            target.lend(data, offset + head, length - head);
            lends = true;
        } else {
            target.copy(data, offset, length);
        }
        if (solicited) {
            target.setByte(index + FLAGS, FrameType.SOLICITED);
        }
        target.setInt(index + AGE, age(segment, entry, (int) context.millis()));
        return lends;
    }

    private static int headLength(byte[] data, int offset) {
        return HEADER + MessageCodec.headLength(data, offset + HEADER);
    }

    /** Writes a compressed entry as it was published. Nothing if its codec is not here any more. */
    private boolean plain(Segment segment, int entry, FrameTarget target) {
        byte[] data = segment.data();
        int offset = segment.offset(entry);
        int head = headLength(data, offset);
        byte[] raw = new byte[MessageCodec.rawLength(data, offset + HEADER)];
        ByteBuffer packed = ByteBuffer.wrap(data, offset + head, segment.offset(entry + 1) - offset - head);
        if (!inflate(data[offset + HEADER + MessageCodec.CODEC_OFFSET], packed, raw)) {
            return false;
        }
        int index = target.length();
        target.copy(data, offset, head);
        target.setInt(index + LENGTH, head - HEADER + raw.length);
        target.setByte(index + HEADER + MessageCodec.CODEC_OFFSET, 0);
        if (raw.length >= LONG) {
            target.lend(raw, 0, raw.length);
        } else {
            target.copy(raw, 0, raw.length);
        }
        return true;
    }

    private boolean inflate(int codec, ByteBuffer packed, byte[] raw) {
        try {
            return context.services.codecs.inflate(codec, packed, raw);
        } catch (ProtocolException e) {
            throw new IllegalStateException("was inflated when it came", e);
        }
    }
}
