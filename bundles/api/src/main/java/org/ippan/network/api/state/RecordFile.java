// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.state;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A state file of records, each with a checksum of its own, so that damage costs the records it hits and no others. A
 * line names the kind of file and its version, then come the records: type (1 byte), length of the body (2,
 * big-endian), body, CRC-32C of the kind, the type, the length and the body (4). The last record counts those before
 * it. After damage the reader goes on at the next byte where a whole record begins: bytes that are lost or added move
 * the rest, and it is found all the same. A file is built by one thread; reading keeps no state.
 */
public final class RecordFile {

    /** Type of the last record; those of others are letters too, as zeros are what a broken disk gives. */
    private static final byte END = 'Z';
    private static final int HEADER = 1 + Short.BYTES;
    private static final int CHECKSUM = Integer.BYTES;
    private static final int MOST_BODY = 0xFFFF;

    private final byte[] kind;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long records;

    /**
     * Takes the records of a file.
     *
     * @see #read
     */
    @ConsumerType
    @FunctionalInterface
    public interface Reader {

        /**
         * Takes a record whose checksum is right.
         *
         * @param type of the record
         * @param body its content
         * @return false if it makes no sense: it then counts as lost
         */
        boolean take(char type, ByteBuffer body);
    }

    /**
     * What reading a file came to.
     *
     * @param whole records that were whole
     * @param written records the file was written with; −1 if that is lost
     * @param lostBytes bytes that belong to no whole record
     */
    public record Outcome(long whole, long written, long lostBytes) {

        /** {@return whether anything is missing} */
        public boolean damaged() {
            return lostBytes > 0 || whole != written;
        }

        /**
         * What is missing, in words.
         *
         * @return for example {@code 12 of 14 records are whole, 130 bytes are damaged}
         */
        public String words() {
            return whole + (written < 0 ? " records are whole, its end is missing" : " of " + written
                    + " records are whole") + ", " + lostBytes + " bytes are damaged";
        }
    }

    /**
     * An empty file.
     *
     * @param kind its name and version, ASCII, for example {@code ippan-book/2}
     */
    public RecordFile(String kind) {
        this.kind = kind.getBytes(StandardCharsets.US_ASCII);
        bytes.writeBytes(this.kind);
        bytes.write('\n');
    }

    /**
     * Adds a record.
     *
     * @param type a letter other than Z
     * @param body its content
     */
    public void add(char type, byte[] body) {
        append((byte) type, body);
        records++;
    }

    private void append(byte type, byte[] body) {
        if (body.length > MOST_BODY) {
            throw new IllegalArgumentException("a record has at most " + MOST_BODY + " bytes");
        }
        ByteBuffer record = ByteBuffer.allocate(HEADER + body.length + CHECKSUM).put(type).putShort((short) body.length)
                .put(body);
        bytes.writeBytes(record.putInt(checksum(kind, record.array(), 0, HEADER + body.length)).array());
    }

    /**
     * The file; nothing can be added afterwards.
     *
     * @return its bytes
     */
    public byte[] finish() {
        append(END, ByteBuffer.allocate(Long.BYTES).putLong(records).array());
        return bytes.toByteArray();
    }

    private static int checksum(byte[] kind, byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(kind, 0, kind.length);
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    /**
     * Reads what is whole of a file.
     *
     * @param kind its name and version: records of any other kind are not taken
     * @param bytes any bytes
     * @param longest bytes of the longest record of this kind
     * @param reader takes the records, in order
     * @return what it came to
     */
    public static Outcome read(String kind, byte[] bytes, int longest, Reader reader) {
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        int at = startsWith(bytes, name) ? name.length + 1 : 0;
        long whole = 0;
        long written = -1;
        long lost = 0;
        while (at < bytes.length) {
            int length = length(name, bytes, at, longest);
            if (length < 0) {
                lost++;
                at++;
                continue;
            }
            ByteBuffer body = ByteBuffer.wrap(bytes, at + HEADER, length).slice().asReadOnlyBuffer();
            if (bytes[at] == END) {
                written = body.getLong();
            } else if (reader.take((char) bytes[at], body)) {
                whole++;
            } else {
                lost += HEADER + length + CHECKSUM;
            }
            at += HEADER + length + CHECKSUM;
        }
        return new Outcome(whole, written, lost);
    }

    private static boolean startsWith(byte[] bytes, byte[] name) {
        return bytes.length > name.length && bytes[name.length] == '\n'
                && ByteBuffer.wrap(bytes, 0, name.length).equals(ByteBuffer.wrap(name));
    }

    /** Length of the body of a whole record that begins here; −1 if none does. */
    private static int length(byte[] kind, byte[] bytes, int at, int longest) {
        int left = bytes.length - at - HEADER - CHECKSUM;
        if (left < 0 || bytes[at] < 'A' || bytes[at] > END) {
            return -1;
        }
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int length = Short.toUnsignedInt(view.getShort(at + 1));
        boolean possible = length <= left && (bytes[at] == END ? length == Long.BYTES : length <= longest);
        return possible && view.getInt(at + HEADER + length) == checksum(kind, bytes, at, HEADER + length) ? length
                : -1;
    }
}
