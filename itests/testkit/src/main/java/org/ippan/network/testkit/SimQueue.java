// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.ippan.network.api.transport.FrameClass;
import org.ippan.network.api.transport.OutboundFrame;

/**
 * The outbound queue of one simulated connection: four classes, strict with anti-starvation, bounded in bytes and
 * frames, a quarter of it kept for CONTROL and HIGH. Follows {@code docs/protocol.md} §9 as the real transport does.
 */
final class SimQueue {

    /** After so many frames of a class in a row, one of the next class that has any. */
    private static final int STARVATION = 16;
    private static final FrameClass[] CLASSES = FrameClass.values();

    private final long maxBytes;
    private final int maxFrames;
    private final Consumer<OutboundFrame> dropped;
    private final Consumer<OutboundFrame> released;
    private final ArrayDeque<Item>[] classes;
    private long bytes;
    private int frames;
    private boolean congested;
    private int inRow;
    private int rowClass;

    /** A frame with its flag. */
    record Item(OutboundFrame frame, boolean solicited) {
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    SimQueue(long maxBytes, int maxFrames, Consumer<OutboundFrame> dropped, Consumer<OutboundFrame> released) {
        this.maxBytes = maxBytes;
        this.maxFrames = maxFrames;
        this.dropped = dropped;
        this.released = released;
        this.classes = new ArrayDeque[CLASSES.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = new ArrayDeque<>();
        }
    }

    /** Takes a frame, at the cost of older ones of the same or a lower class; false if those are not enough. */
    boolean offer(OutboundFrame frame, boolean solicited) {
        FrameClass frameClass = frame.frameClass();
        while (frameClass != FrameClass.CONTROL && isFullFor(frame)) {
            congested = true;
            if (!evict(frameClass)) {
                return false;
            }
        }
        classes[frameClass.ordinal()].add(new Item(frame, solicited));
        bytes += frame.length();
        frames++;
        congested |= bytes >= maxBytes / 4 * 3;
        return true;
    }

    private boolean isFullFor(OutboundFrame frame) {
        boolean urgent = frame.frameClass().compareTo(FrameClass.HIGH) <= 0;
        long byteLimit = urgent ? maxBytes : maxBytes / 4 * 3;
        int frameLimit = urgent ? maxFrames : maxFrames / 4 * 3;
        return frames > 0 && bytes + frame.length() > byteLimit || frames + 1 > frameLimit;
    }

    private boolean evict(FrameClass atLeast) {
        for (int i = CLASSES.length - 1; i >= atLeast.ordinal(); i--) {
            Item oldest = classes[i].poll();
            if (oldest != null) {
                take(oldest);
                dropped.accept(oldest.frame());
                return true;
            }
        }
        return false;
    }

    /** The next frame to send, still in the queue; null if there is none. */
    Item peek() {
        int next = nextClass();
        return next < 0 ? null : classes[next].peek();
    }

    /** Takes out what {@link #peek} showed. */
    Item poll() {
        int next = nextClass();
        if (next < 0) {
            return null;
        }
        inRow = next == rowClass ? inRow + 1 : 1;
        rowClass = next;
        Item item = classes[next].poll();
        take(item);
        return item;
    }

    private int nextClass() {
        int first = firstFrom(0);
        if (first >= 0 && first == rowClass && inRow >= STARVATION) {
            int lower = firstFrom(first + 1);
            return lower < 0 ? first : lower;
        }
        return first;
    }

    private int firstFrom(int from) {
        for (int i = from; i < classes.length; i++) {
            if (!classes[i].isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    private void take(Item item) {
        bytes -= item.frame().length();
        frames--;
        released.accept(item.frame());
    }

    /** Whether congestion just ended; asked after frames left. */
    boolean relieved() {
        if (congested && bytes <= maxBytes / 4) {
            congested = false;
            return true;
        }
        return false;
    }

    void clear() {
        while (poll() != null) {
            // each poll gives a frame back
        }
    }

    boolean congested() {
        return congested;
    }

    /** Whether there is hardly room for urgent bodies either. */
    boolean full() {
        return bytes >= maxBytes - maxBytes / 16 || frames >= maxFrames - maxFrames / 16;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return frames == 0;
    }
}
