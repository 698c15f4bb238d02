// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.fault;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.ippan.network.api.transport.FrameType;

/** Frames of one link that came and are not handed over yet, in their order. Confined to the link's I/O thread. */
final class HeldFrames {

    /** About what the heap needs for a frame besides its body. */
    private static final int OVERHEAD = 128;

    private final ArrayDeque<Held> frames = new ArrayDeque<>();
    private long bytes;
    private long lastDue;

    /** A frame and when it is handed over at the earliest. */
    record Held(FrameType type, int flags, ByteBuffer body, long due) {
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** About how much of the heap the held frames take, so that many short ones are bounded too. */
    long bytes() {
        return bytes;
    }

    /** Copies a frame, to be handed over at a time, but not before those that came before it. */
    void add(FrameType type, int flags, ByteBuffer body, long due) {
        lastDue = frames.isEmpty() || due - lastDue > 0 ? due : lastDue;
        ByteBuffer copy = ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip();
        frames.add(new Held(type, flags, copy, lastDue));
        bytes += length(copy);
    }

    /** The next, if it may be handed over by then; else null. */
    Held take(long now) {
        Held next = frames.peek();
        if (next == null || next.due - now > 0) {
            return null;
        }
        frames.remove();
        bytes -= length(next.body);
        return next;
    }

    /** When the next may be handed over; there is one. */
    long nextDue() {
        return frames.element().due;
    }

    /** Forgets all. */
    void clear() {
        frames.clear();
        bytes = 0;
    }

    private static int length(ByteBuffer body) {
        return OVERHEAD + body.remaining();
    }
}
