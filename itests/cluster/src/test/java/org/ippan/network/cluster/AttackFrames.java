// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.ippan.network.testkit.process.WireFrames;
import org.ippan.network.testkit.process.WirePeer;

/** Frames that say what is not so. */
final class AttackFrames {

    private static final int CLAIMS = 100;
    private static final int RECORDS = 32;
    private static final long MUCH = 1L << 40;
    private static final int QUESTION_LENGTH = 36;
    private static final int LONG_MILLIS = 200_000;

    private AttackFrames() {
    }

    /** Both flags, the highest numbers and fingerprints of nothing, for peers that do not exist. */
    static byte[] neighbours() {
        ByteBuffer body = ByteBuffer.allocate(38 + CLAIMS * 67).putLong(1).putInt(7).putLong(0).putLong(0).putLong(0)
                .putShort((short) CLAIMS);
        for (int i = 0; i < CLAIMS; i++) {
            body.put(WireFrames.anyIds(1).get(0), 0, Long.BYTES).put((byte) 3).putInt(i);
            for (int priority = 0; priority < 3; priority++) {
                body.putLong(MUCH).putShort((short) 0x8000).putLong(i);
            }
        }
        return WireFrames.frame(WirePeer.NEIGHBOURS, body.array());
    }

    /** An answer of 32 records, the first of which has this number. */
    static byte[] addresses(List<byte[]> records, int first) {
        ByteBuffer body = ByteBuffer.allocate(12 * 1024).put((byte) RECORDS);
        IntStream.range(first, first + RECORDS).forEach(i -> body.put(records.get(i % records.size())));
        byte[] whole = new byte[body.position()];
        body.flip().get(whole);
        return WireFrames.frame(WirePeer.PEERS, whole);
    }

    /** Asks when messages that do not exist are settled. */
    static byte[] questions(int count) {
        ByteBuffer body = ByteBuffer.allocate(Short.BYTES + count * QUESTION_LENGTH).putShort((short) count);
        WireFrames.anyIds(count).forEach(id -> body.put(id).putInt(LONG_MILLIS));
        return WireFrames.frame(WirePeer.SETTLE, body.array());
    }
}
