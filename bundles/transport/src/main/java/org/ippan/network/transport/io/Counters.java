// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.io;

import java.util.concurrent.atomic.LongAdder;

/** What the transport counts. Safe for any thread. */
public final class Counters {

    public final LongAdder accepted = new LongAdder();
    public final LongAdder refused = new LongAdder();
    /** Of these, for acceptPerSecond. */
    public final LongAdder refusedByRate = new LongAdder();
    /** Of these, for maxPendingPerAddress. */
    public final LongAdder refusedPending = new LongAdder();
    /** Handshakes given up for newer ones, for maxPendingHandshakes. */
    public final LongAdder gaveWay = new LongAdder();
    public final LongAdder handshakesFailed = new LongAdder();
    public final LongAdder framesDropped = new LongAdder();
    public final LongAdder bytesRead = new LongAdder();
    public final LongAdder bytesWritten = new LongAdder();
    public final LongAdder framesIgnored = new LongAdder();
    public final LongAdder ratePausedNanos = new LongAdder();
    public final LongAdder bytesShaped = new LongAdder();
    public final LongAdder shapedNanos = new LongAdder();
}
