// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.codec;

import java.util.concurrent.atomic.LongAdder;

/** What compression counts. Safe for any thread. */
public final class CodecCounters {

    public final LongAdder compressed = new LongAdder();
    public final LongAdder savedBytes = new LongAdder();
    /** Long enough, and yet not worth it. */
    public final LongAdder incompressible = new LongAdder();
    public final LongAdder inflated = new LongAdder();
    public final LongAdder inflateFailures = new LongAdder();
}
