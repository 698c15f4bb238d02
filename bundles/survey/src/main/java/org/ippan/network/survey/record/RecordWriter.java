// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.survey.NodeNumbers;
import org.ippan.network.api.survey.NodeTopic;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.NodeKeys;

/**
 * Writes and signs the record of this node. Findings and topics that do not fit are left out, and of links beyond those
 * that are listed all but two bytes.
 */
public final class RecordWriter {

    private static final long MAX_U32 = 0xFFFF_FFFFL;
    private static final int MAX_U16 = 0xFFFF;
    private static final int MAX_U8 = 0xFF;
    /** Most links of which two bytes are told: one finding still fits. */
    private static final int MAX_FURTHER = 128;

    private final ByteBuffer out = ByteBuffer.allocate(RecordFormat.MAX_LENGTH);

    private RecordWriter() {
    }

    /**
     * Signs a record.
     *
     * @param record of this node
     * @param identity of this node
     * @param networkTag of its network
     * @return at most 1024 bytes
     */
    public static byte[] write(StatusRecord record, NodeIdentity identity, byte[] networkTag) {
        RecordWriter writer = new RecordWriter();
        writer.head(record, identity.publicKey());
        writer.body(record);
        int length = writer.out.position();
        writer.out.put(identity.sign(RecordFormat.toSign(networkTag, writer.out.array(), length)));
        return Arrays.copyOf(writer.out.array(), writer.out.position());
    }

    private void head(StatusRecord record, byte[] key) {
        int flags = (record.life().leaving() ? RecordFormat.LEAVING : 0)
                | (record.told().equals(StatusRecord.Told.WITHHELD) ? RecordFormat.WITHHELD : 0)
                | (record.links().size() > StatusRecord.MAX_LINKS ? RecordFormat.CUT : 0);
        out.put((byte) RecordFormat.FORMAT).put((byte) flags).put(key).putLong(record.life().instance());
        u32(record.life().sequence());
        u16(record.intervalSeconds());
        u32(record.uptimeSeconds());
        text(record.name(), RecordFormat.MAX_NAME);
        text(record.version(), RecordFormat.MAX_VERSION);
    }

    private void body(StatusRecord record) {
        int listed = Math.min(StatusRecord.MAX_LINKS, record.links().size());
        List<ToldLink> links = record.links().subList(0, listed);
        byte[] further = further(record.links().subList(listed, record.links().size()));
        long[] numbers = numbers(record.numbers());
        int end = further.length + NodeKeys.SIGNATURE_LENGTH;
        // What is still to come and always has to fit: numbers, links, one count for topics, and the end.
        int reserved = 1 + numbers.length * Integer.BYTES + 1 + links.size() * RecordFormat.LINK_LENGTH + 1 + end;
        findings(record.findings(), reserved);
        u8(numbers.length);
        for (long number : numbers) {
            u32(number);
        }
        u8(links.size());
        links.forEach(this::link);
        topics(record.topics(), end);
        out.put(further);
    }

    /** How links that are not listed are told, if there are any: none of them, if they are too many. */
    private static byte[] further(List<ToldLink> links) {
        int told = links.size() <= MAX_FURTHER ? links.size() : 0;
        ByteBuffer further = ByteBuffer.allocate(links.isEmpty() ? 0 : 1 + told * Character.BYTES);
        if (!links.isEmpty()) {
            further.put((byte) told);
            links.subList(0, told).forEach(link -> further.putChar(StatusRecord.Told.shortened(link.to())));
        }
        return further.array();
    }

    private void findings(List<Finding> findings, int reserved) {
        int count = out.position();
        u8(0);
        int written = 0;
        for (Finding finding : findings) {
            int room = out.remaining() - reserved;
            if (written == RecordFormat.MAX_FINDINGS
                    || room < 1 + RecordFormat.MAX_CHECK + 1 + 1 + RecordFormat.MAX_TEXT) {
                break;
            }
            text(finding.check(), RecordFormat.MAX_CHECK);
            u8(finding.severity().ordinal());
            text(RecordFormat.shortened(finding.text(), RecordFormat.MAX_TEXT), RecordFormat.MAX_TEXT);
            written++;
        }
        out.put(count, (byte) written);
    }

    private void link(ToldLink link) {
        out.putLong(link.to());
        u16(link.roundTripMillis());
        u8((link.dialled() ? RecordFormat.DIALLED : 0) | (link.eager() ? RecordFormat.EAGER : 0)
                | (link.congested() ? RecordFormat.CONGESTED : 0));
    }

    private void topics(List<NodeTopic> topics, int reserved) {
        int count = out.position();
        u8(0);
        int written = 0;
        for (NodeTopic topic : topics) {
            int room = out.remaining() - reserved;
            if (written == RecordFormat.MAX_TOPICS
                    || room < 1 + RecordFormat.MAX_TOPIC + Integer.BYTES + Short.BYTES) {
                break;
            }
            text(topic.name(), RecordFormat.MAX_TOPIC);
            u32(topic.perSecond());
            u16(topic.listeners());
            written++;
        }
        out.put(count, (byte) written);
    }

    private static long[] numbers(NodeNumbers numbers) {
        return new long[] {numbers.newPerSecond(), numbers.copiesPerSecond(), numbers.deliveredPerSecond(),
            numbers.publishedPerSecond(), numbers.bytesInPerSecond(), numbers.bytesOutPerSecond(),
            numbers.queuedBytes(), numbers.ageMillis(), numbers.missed(), numbers.peersKnown(),
            numbers.peersBanned(), numbers.heapMiB(), numbers.cpuPermille()};
    }

    private void text(String text, int most) {
        byte[] utf8 = RecordFormat.clean(text, most).getBytes(StandardCharsets.UTF_8);
        u8(utf8.length);
        out.put(utf8);
    }

    private void u8(int value) {
        out.put((byte) Math.min(MAX_U8, value));
    }

    private void u16(int value) {
        out.putShort((short) Math.max(0, Math.min(MAX_U16, value)));
    }

    private void u32(long value) {
        out.putInt((int) Math.max(0, Math.min(MAX_U32, value)));
    }
}
