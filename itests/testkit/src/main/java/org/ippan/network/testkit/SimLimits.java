// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.time.Duration;

/**
 * Sizes and times of simulated connections.
 *
 * @param queueBytes control frames queued for a connection
 * @param queueFrames number of them
 * @param windowBytes bytes under way or unread at the receiver before the sender has to wait
 * @param uplinkBytesPerSecond what a node can send in all; 0 for no limit
 * @param connectTimeout how long a dial into nowhere takes
 * @param handshakeTimeout from open to established
 * @param writeStall no progress for so long with something to send is a fault
 */
public record SimLimits(long queueBytes, int queueFrames, long windowBytes, long uplinkBytesPerSecond,
        Duration connectTimeout, Duration handshakeTimeout, Duration writeStall) {

    /** The defaults of {@code docs/protocol.md} §9. */
    public static final SimLimits DEFAULT = new SimLimits(1 << 20, 4096, 512 << 10, 0, Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofSeconds(10));

    /** The same with another queue. */
    public SimLimits withQueue(long bytes, int frames) {
        return new SimLimits(bytes, frames, windowBytes, uplinkBytesPerSecond, connectTimeout, handshakeTimeout,
                writeStall);
    }

    /** The same with another window. */
    public SimLimits withWindow(long bytes) {
        return new SimLimits(queueBytes, queueFrames, bytes, uplinkBytesPerSecond, connectTimeout, handshakeTimeout,
                writeStall);
    }
}
