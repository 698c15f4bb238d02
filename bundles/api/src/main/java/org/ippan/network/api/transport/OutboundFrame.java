// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import java.util.concurrent.atomic.AtomicInteger;
import org.ippan.network.api.MessageId;

/**
 * A frame to be sent, encoded once and shared by the queues of all links. What differs between links is not in it: the
 * SOLICITED flag is given when it is offered, and the age a message reaches while it waits is stamped into its head as
 * the frame is written. The arrays are never changed after construction. Safe for any thread.
 */
public final class OutboundFrame {

    /** Where a frame has no age to stamp. */
    private static final int NO_AGE = -1;
    private static final byte[] EMPTY = {};

    private final FrameType type;
    private final FrameClass frameClass;
    private final byte[] head;
    private final byte[] payload;
    private final MessageId id;
    private final int ageOffset;
    private final long ageMillis;
    private final long bornNanos;
    private final AtomicInteger queued = new AtomicInteger();

    private OutboundFrame(FrameType type, FrameClass frameClass, byte[] head, byte[] payload, MessageId id,
            int ageOffset, long ageMillis, long bornNanos) {
        this.type = type;
        this.frameClass = frameClass;
        this.head = head;
        this.payload = payload;
        this.id = id;
        this.ageOffset = ageOffset;
        this.ageMillis = ageMillis;
        this.bornNanos = bornNanos;
    }

    /**
     * A control frame.
     *
     * @param type its type
     * @param body its body, kept
     * @return the frame
     */
    public static OutboundFrame control(FrameType type, byte[] body) {
        return new OutboundFrame(type, FrameClass.CONTROL, body, EMPTY, null, NO_AGE, 0, 0);
    }

    /**
     * A message.
     *
     * @param frameClass its class
     * @param id the message's id
     * @param head what stands before the payload, kept
     * @param payload the payload as it is sent, kept
     * @param ageOffset index in the head of the four bytes of its age
     * @param ageMillis the message's age at {@code bornNanos}
     * @param bornNanos ticker reading the age counts from
     * @return the frame
     */
    public static OutboundFrame gossip(FrameClass frameClass, MessageId id, byte[] head, byte[] payload, int ageOffset,
            long ageMillis, long bornNanos) {
        return new OutboundFrame(FrameType.GOSSIP, frameClass, head, payload, id, ageOffset, ageMillis, bornNanos);
    }

    /**
     * Its type.
     *
     * @return the type
     */
    public FrameType type() {
        return type;
    }

    /**
     * Its class in the queues.
     *
     * @return the class
     */
    public FrameClass frameClass() {
        return frameClass;
    }

    /**
     * The message it carries.
     *
     * @return the id, or null for control frames
     */
    public MessageId id() {
        return id;
    }

    /**
     * The body up to the payload; the whole body of a control frame.
     *
     * @return the frame's own array, not to be changed
     */
    public byte[] head() {
        return head;
    }

    /**
     * The payload.
     *
     * @return the frame's own array, not to be changed; empty for control frames
     */
    public byte[] payload() {
        return payload;
    }

    /**
     * Length on the wire, header included.
     *
     * @return bytes
     */
    public int length() {
        return FrameType.HEADER_LENGTH + head.length + payload.length;
    }

    /**
     * Index in the head of the four bytes of the age.
     *
     * @return the index, or -1 if there is no age
     */
    public int ageOffset() {
        return ageOffset;
    }

    /**
     * The age to write, saturating at 2³² − 1.
     *
     * @param nowNanos ticker reading now
     * @return milliseconds, to be written as an unsigned 32-bit number
     */
    public long ageMillisAt(long nowNanos) {
        return Math.min(0xFFFF_FFFFL, ageMillis + Math.max(0, nowNanos - bornNanos) / 1_000_000);
    }

    /**
     * When the age counts from.
     *
     * @return ticker reading; 0 for control frames
     */
    public long bornNanos() {
        return bornNanos;
    }

    /**
     * A queue took the frame: bytes shared by several queues count once.
     *
     * @return true if it is the first
     */
    public boolean retain() {
        return queued.getAndIncrement() == 0;
    }

    /**
     * A queue let go of the frame.
     *
     * @return true if it was the last
     */
    public boolean release() {
        return queued.decrementAndGet() == 0;
    }
}
