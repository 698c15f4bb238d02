// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.concurrent.atomic.LongAdder;

/** What the transport counts. Safe for any thread. */
final class Counters {

    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder handshakesFailed = new LongAdder();
    final LongAdder framesDropped = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder bytesWritten = new LongAdder();
    final LongAdder framesIgnored = new LongAdder();
    final LongAdder ratePausedNanos = new LongAdder();
    final LongAdder bytesShaped = new LongAdder();
    final LongAdder shapedNanos = new LongAdder();
}
