// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.websocket;

import java.util.concurrent.atomic.LongAdder;

/** What is counted of WebSocket itself; what runs inside is counted as over any other stream. Safe for any thread. */
public final class WebSocketCounters {

    public final LongAdder opened = new LongAdder();
    public final LongAdder refused = new LongAdder();
    /** Opened by trusted proxies, for clients that they named. */
    public final LongAdder forwarded = new LongAdder();
    /** Opened by trusted proxies, that named no client. */
    public final LongAdder unnamed = new LongAdder();
    public final LongAdder pingsIgnored = new LongAdder();
}
