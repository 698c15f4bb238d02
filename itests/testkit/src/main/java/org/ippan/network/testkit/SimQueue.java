// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.util.ArrayDeque;
import org.ippan.network.api.transport.OutboundFrame;

/** The control frames queued for one simulated connection, bounded in bytes and frames as in the real transport. */
final class SimQueue {

    private final long maxBytes;
    private final int maxFrames;
    private final ArrayDeque<OutboundFrame> frames = new ArrayDeque<>(0);
    private long bytes;

    SimQueue(long maxBytes, int maxFrames) {
        this.maxBytes = maxBytes;
        this.maxFrames = maxFrames;
    }

    /** Takes a frame; false if the queue is full. */
    boolean offer(OutboundFrame frame) {
        if (!frames.isEmpty() && (bytes + frame.length() > maxBytes || frames.size() >= maxFrames)) {
            return false;
        }
        frames.add(frame);
        bytes += frame.length();
        return true;
    }

    /** The oldest frame, taken out; null if there is none. */
    OutboundFrame poll() {
        OutboundFrame frame = frames.poll();
        if (frame != null) {
            bytes -= frame.length();
        }
        return frame;
    }

    void clear() {
        frames.clear();
        bytes = 0;
    }

    long bytes() {
        return bytes;
    }
}
