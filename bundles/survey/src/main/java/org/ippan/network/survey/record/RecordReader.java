// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.doctor.Severity;
import org.ippan.network.api.survey.IgnoreReason;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;
import org.ippan.network.api.transport.NodeKeys;

/**
 * Reads records of other nodes. Every length is checked before anything is made of it; what a newer version appends
 * before the signature is skipped.
 */
public final class RecordReader {

    private static final int MAX_U8 = 0xFF;
    private static final int MAX_U16 = 0xFFFF;

    private final ByteBuffer in;

    private RecordReader(byte[] bytes) {
        in = ByteBuffer.wrap(bytes, 0, bytes.length - NodeKeys.SIGNATURE_LENGTH);
    }

    /**
     * Reads a record; whether it is genuine is another question.
     *
     * @throws RecordException if it breaks the format, or has another one
     */
    public static StatusRecord read(byte[] bytes) throws RecordException {
        PeerId owner = owner(bytes);
        if (!isReadable(bytes)) {
            throw new RecordException(IgnoreReason.NEWER_FORMAT, "the format is " + (bytes[0] & MAX_U8));
        }
        try {
            return new RecordReader(bytes).record(owner);
        } catch (BufferUnderflowException e) {
            throw new RecordException(IgnoreReason.MALFORMED, "the record is cut short");
        }
    }

    /** Whether a record that names its owner has the format that this node knows. */
    public static boolean isReadable(byte[] bytes) {
        return bytes[0] == RecordFormat.FORMAT;
    }

    /**
     * Whom a record of any format names.
     *
     * @throws RecordException if it is too short or too long for one
     */
    public static PeerId owner(byte[] bytes) throws RecordException {
        if (bytes.length < RecordFormat.MIN_LENGTH || bytes.length > RecordFormat.MAX_LENGTH) {
            throw new RecordException(IgnoreReason.MALFORMED, "a record has " + RecordFormat.MIN_LENGTH + " to "
                    + RecordFormat.MAX_LENGTH + " bytes, not " + bytes.length);
        }
        return NodeKeys.idOf(RecordFormat.key(bytes));
    }

    /** Whether the node that a record names signed it for this network. Takes 0.1 to 1.5 ms. */
    public static boolean isGenuine(byte[] bytes, byte[] networkTag) {
        int length = bytes.length - NodeKeys.SIGNATURE_LENGTH;
        return NodeKeys.verify(RecordFormat.key(bytes), RecordFormat.toSign(networkTag, bytes, length),
                Arrays.copyOfRange(bytes, length, bytes.length));
    }

    private StatusRecord record(PeerId id) throws RecordException {
        in.position(1);
        int flags = u8();
        in.position(RecordFormat.KEY_OFFSET + NodeKeys.LENGTH);
        StatusRecord.Life life = new StatusRecord.Life(in.getLong(), u32(), (flags & RecordFormat.LEAVING) != 0);
        int interval = u16();
        long uptime = u32();
        String name = text(RecordFormat.MAX_NAME);
        String version = text(RecordFormat.MAX_VERSION);
        List<Finding> findings = findings();
        NodeNumbers numbers = numbers();
        List<ToldLink> links = links();
        List<NodeTopic> topics = topics();
        return new StatusRecord(id, life, interval, uptime, told(flags), name, version, findings, numbers, links,
                topics);
    }

    private StatusRecord.Told told(int flags) {
        if ((flags & RecordFormat.WITHHELD) != 0) {
            return StatusRecord.Told.WITHHELD;
        }
        return (flags & RecordFormat.CUT) != 0 ? StatusRecord.Told.cut(further()) : StatusRecord.Told.ALL;
    }

    private String further() {
        StringBuilder further = new StringBuilder();
        for (int count = u8(); count > 0; count--) {
            further.append(in.getChar());
        }
        return further.toString();
    }

    private List<Finding> findings() throws RecordException {
        int count = count(RecordFormat.MAX_FINDINGS, "findings");
        List<Finding> findings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String check = text(RecordFormat.MAX_CHECK);
            int severity = u8();
            if (severity >= Severity.values().length) {
                throw new RecordException(IgnoreReason.MALFORMED, "severity is " + severity + ", must be 0 to 2");
            }
            findings.add(new Finding(check, Severity.values()[severity], text(RecordFormat.MAX_TEXT), ""));
        }
        return List.copyOf(findings);
    }

    /** In the order of the format; further ones are of a newer version. */
    private NodeNumbers numbers() {
        int count = u8();
        long[] read = new long[Math.max(count, NodeNumbers.class.getRecordComponents().length)];
        for (int i = 0; i < count; i++) {
            read[i] = u32();
        }
        return new NodeNumbers(read[0], read[1], read[2], read[3], read[4], read[5], read[6], read[7], read[8],
                read[9], read[10], read[11], read[12]);
    }

    private List<ToldLink> links() throws RecordException {
        int count = count(StatusRecord.MAX_LINKS, "links");
        List<ToldLink> links = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long to = in.getLong();
            int roundTrip = u16();
            int flags = u8();
            links.add(new ToldLink(to, roundTrip, (flags & RecordFormat.DIALLED) != 0,
                    (flags & RecordFormat.EAGER) != 0, (flags & RecordFormat.CONGESTED) != 0));
        }
        return List.copyOf(links);
    }

    private List<NodeTopic> topics() throws RecordException {
        int count = count(RecordFormat.MAX_TOPICS, "topics");
        List<NodeTopic> topics = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            topics.add(new NodeTopic(text(RecordFormat.MAX_TOPIC), u32(), u16()));
        }
        return List.copyOf(topics);
    }

    private int count(int most, String what) throws RecordException {
        int count = u8();
        if (count > most) {
            throw new RecordException(IgnoreReason.MALFORMED, count + " " + what + ", at most " + most);
        }
        return count;
    }

    private String text(int most) throws RecordException {
        int length = u8();
        if (length > most || length > in.remaining()) {
            throw new RecordException(IgnoreReason.MALFORMED, "a text has " + length + " bytes, at most " + most);
        }
        ByteBuffer utf8 = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return RecordFormat.clean(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString(), most);
        } catch (CharacterCodingException e) {
            throw new RecordException(IgnoreReason.MALFORMED, "a text is no UTF-8");
        }
    }

    private int u8() {
        return in.get() & MAX_U8;
    }

    private int u16() {
        return in.getShort() & MAX_U16;
    }

    private long u32() {
        return Integer.toUnsignedLong(in.getInt());
    }
}
