// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.concurrent.atomic.LongAdder;

/** What compression counts. Safe for any thread. */
final class CodecCounters {

    final LongAdder compressed = new LongAdder();
    final LongAdder savedBytes = new LongAdder();
    /** Long enough, and yet not worth it. */
    final LongAdder incompressible = new LongAdder();
    final LongAdder inflated = new LongAdder();
    final LongAdder inflateFailures = new LongAdder();
}
