// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.MessageId;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.api.transport.OutboundFrame;

/** Bodies of IHAVE, IWANT, MISSING, GRAFT and PRUNE ({@code docs/protocol.md} §2). */
public final class ControlCodec {

    /** Most ids in one frame. */
    public static final int MAX_IDS = 1000;
    /** GRAFT without an id: send us bodies again. */
    public static final OutboundFrame GRAFT_NONE = OutboundFrame.control(FrameType.GRAFT, new byte[1]);

    private static final int ANNOUNCEMENT_LENGTH = MessageId.LENGTH + 2 * Integer.BYTES;
    private static final long UINT = 0xFFFF_FFFFL;

    /** One entry of an IHAVE: an id with the length and the age of its message. */
    public static final class Announcement extends IdKey {

        private final int rawLength;
        private final long ageMillis;

        /** A message of this id. */
        public Announcement(MessageId id, int rawLength, long ageMillis) {
            super(id);
            this.rawLength = rawLength;
            this.ageMillis = ageMillis;
        }

        /** Length of its payload as it was published. */
        public int rawLength() {
            return rawLength;
        }

        /** How old it was when this was said. */
        public long ageMillis() {
            return ageMillis;
        }
    }

    private ControlCodec() {
    }

    /** Reads an IHAVE. */
    public static List<Announcement> announcements(ByteBuffer body, int maxMessageBytes) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        int count = count(in, ANNOUNCEMENT_LENGTH);
        List<Announcement> announcements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageId id = id(in);
            long rawLength = in.getInt() & UINT;
            if (rawLength > maxMessageBytes) {
                throw new ProtocolException("a message announced that is longer than agreed");
            }
            announcements.add(new Announcement(id, (int) rawLength, in.getInt() & UINT));
        }
        return announcements;
    }

    /** Reads ids, as IWANT and MISSING have them. */
    public static List<MessageId> ids(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        int count = count(in, MessageId.LENGTH);
        List<MessageId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(id(in));
        }
        return ids;
    }

    /** The id of a GRAFT, or null if it names none. */
    public static MessageId graft(ByteBuffer body) throws ProtocolException {
        ByteBuffer in = body.duplicate();
        int count = in.hasRemaining() ? in.get() : -1;
        if (count < 0 || count > 1 || in.remaining() != count * MessageId.LENGTH) {
            throw new ProtocolException("a GRAFT whose length is not that of its count");
        }
        return count == 0 ? null : id(in);
    }

    /** The seconds of a PRUNE. */
    public static int prune(ByteBuffer body) throws ProtocolException {
        if (body.remaining() != Short.BYTES) {
            throw new ProtocolException("a PRUNE that is not two bytes long");
        }
        return body.getShort(body.position()) & 0xFFFF;
    }

    static int count(ByteBuffer in, int each) throws ProtocolException {
        int count = in.remaining() < Short.BYTES ? 0 : in.getShort() & 0xFFFF;
        if (count < 1 || count > MAX_IDS || in.remaining() != count * each) {
            throw new ProtocolException("a list of ids whose length is not that of its count");
        }
        return count;
    }

    static MessageId id(ByteBuffer in) {
        return MessageId.of(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** The body of a list, with its count and room for its entries. */
    static ByteBuffer list(int count, int each) {
        return ByteBuffer.allocate(Short.BYTES + count * each).putShort((short) count);
    }

    /** An IHAVE of at most {@link #MAX_IDS}. */
    public static OutboundFrame ihave(List<Announcement> announcements) {
        ByteBuffer body = list(announcements.size(), ANNOUNCEMENT_LENGTH);
        for (Announcement announcement : announcements) {
            announcement.put(body);
            body.putInt(announcement.rawLength()).putInt((int) announcement.ageMillis());
        }
        return OutboundFrame.control(FrameType.IHAVE, body.array());
    }

    /** An IWANT or MISSING of at most {@link #MAX_IDS}. */
    public static OutboundFrame ids(FrameType type, List<? extends IdKey> ids) {
        ByteBuffer body = list(ids.size(), MessageId.LENGTH);
        ids.forEach(id -> id.put(body));
        return OutboundFrame.control(type, body.array());
    }

    /** A GRAFT that asks for a message. */
    public static OutboundFrame graft(IdKey id) {
        ByteBuffer body = ByteBuffer.allocate(1 + MessageId.LENGTH).put((byte) 1);
        id.put(body);
        return OutboundFrame.control(FrameType.GRAFT, body.array());
    }

    /** A PRUNE with a back-off. */
    public static OutboundFrame pruneFor(int backoffSeconds) {
        return OutboundFrame.control(FrameType.PRUNE,
                ByteBuffer.allocate(Short.BYTES).putShort((short) backoffSeconds).array());
    }
}
