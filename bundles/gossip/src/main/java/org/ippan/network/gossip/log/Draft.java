// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip.log;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.transport.FrameType;
import org.ippan.network.gossip.wire.MessageCodec;

/** What is about to be appended to a log; used again for each message. Confined to one thread at a time. */
public final class Draft {

    private static final ByteBuffer NO_HEAD = ByteBuffer.allocate(0);
    private static final byte[] NOTHING = {};
    private static final int NUMBER = FrameType.HEADER_LENGTH + MessageCodec.NUMBER_OFFSET;
    private static final long GOSSIP = (long) (FrameType.MARK << 8 | FrameType.GOSSIP.code()) << 48;

    long word0;
    long word1;
    long word2;
    long word3;
    int bornMillis;
    int appendedMicros;
    long known;
    int flags;
    long position;

    /** Given by the log of this node's publishers; 0 leaves what stands there. */
    long number;

    private ByteBuffer head = NO_HEAD;
    private byte[] payload = NOTHING;
    private byte hops;

    /** The id of the message. */
    public void id(long first, long second, long third, long fourth) {
        word0 = first;
        word1 = second;
        word2 = third;
        word3 = fourth;
    }

    /**
     * The body of its frame, in one piece or two, read when it is appended.
     *
     * @param first from position to limit; its first byte, the hops, is replaced
     * @param second behind it, not to be changed until then
     * @param onwardHops hops the next node is told
     */
    public void body(ByteBuffer first, byte[] second, int onwardHops) {
        head = first;
        payload = second;
        hops = (byte) onwardHops;
    }

    /** When it is appended, as a ticker reading. */
    public void appended(long nowNanos) {
        appendedMicros = (int) TimeUnit.NANOSECONDS.toMicros(nowNanos);
    }

    /** The body of its frame in one piece. */
    public void body(ByteBuffer whole, int onwardHops) {
        body(whole, NOTHING, onwardHops);
    }

    /**
     * What stands beside the frame.
     *
     * @param born when the message was zero milliseconds old, in milliseconds of the ticker
     * @param knownTo the links known to have it, a bit each
     * @param noted {@link Segment#ASKED}, {@link Segment#JUDGED}, or 0
     */
    public void note(long born, long knownTo, int noted) {
        bornMillis = (int) born;
        known = knownTo;
        flags = noted;
    }

    /** Where it was appended. */
    public long position() {
        return position;
    }

    int length() {
        return FrameType.HEADER_LENGTH + head.remaining() + payload.length;
    }

    void write(byte[] target, int offset) {
        int body = offset + FrameType.HEADER_LENGTH;
        MessageCodec.putLong(target, offset, GOSSIP | length() - FrameType.HEADER_LENGTH);
        head.get(head.position(), target, body, head.remaining());
        System.arraycopy(payload, 0, target, body + head.remaining(), payload.length);
        target[body] = hops;
        if (number != 0) {
            MessageCodec.putLong(target, offset + NUMBER, number);
        }
    }

    /** Lets go of what it was given. */
    void clear() {
        head = NO_HEAD;
        payload = NOTHING;
    }
}
