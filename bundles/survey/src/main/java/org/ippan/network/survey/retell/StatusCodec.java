// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey.retell;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ippan.network.api.peers.ProtocolException;
import org.ippan.network.survey.record.RecordFormat;

/** The body of a STATUS frame: for each record its age in milliseconds (4), its length (2) and its bytes. */
final class StatusCodec {

    /** Longest body, less than a frame may have. */
    static final int MAX_BODY = 60 * 1024;
    private static final int HEAD = Integer.BYTES + Short.BYTES;
    private static final long MAX_AGE = 0xFFFF_FFFFL;

    private StatusCodec() {
    }

    /** A body with these records, of which {@link #fitting} said that they fit. */
    static byte[] write(List<Retold> records) {
        ByteBuffer body = ByteBuffer.allocate(records.stream().mapToInt(each -> HEAD + each.record().length).sum());
        records.forEach(each -> body.putInt((int) Math.min(MAX_AGE, each.ageMillis()))
                .putShort((short) each.record().length).put(each.record()));
        return body.array();
    }

    /** How many records from this one on fit into one body. */
    static int fitting(List<Retold> records, int from) {
        int bytes = 0;
        int next = from;
        while (next < records.size() && bytes + HEAD + records.get(next).record().length <= MAX_BODY) {
            bytes += HEAD + records.get(next).record().length;
            next++;
        }
        return next - from;
    }

    /** The records of a body. */
    static List<Retold> read(ByteBuffer body) throws ProtocolException {
        List<Retold> records = new ArrayList<>();
        while (body.hasRemaining()) {
            if (body.remaining() < HEAD) {
                throw new ProtocolException("STATUS is cut short");
            }
            long age = Integer.toUnsignedLong(body.getInt());
            int length = Short.toUnsignedInt(body.getShort());
            if (length > RecordFormat.MAX_LENGTH || length > body.remaining()) {
                throw new ProtocolException("STATUS has a record of " + length + " bytes");
            }
            byte[] record = new byte[length];
            body.get(record);
            records.add(new Retold(age, record));
        }
        return records;
    }
}
