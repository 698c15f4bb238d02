// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.web.WebSnapshot;

/** What is counted about the page itself. Safe for any thread. */
public final class WebCounters {

    final AtomicInteger connections = new AtomicInteger();
    final LongAdder accepted = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder requestsRefused = new LongAdder();
    public final LongAdder unauthorized = new LongAdder();
    public final LongAdder orders = new LongAdder();
    public final AtomicInteger streams = new AtomicInteger();
    public final LongAdder published = new LongAdder();
    public final LongAdder told = new LongAdder();
    public final LongAdder lost = new LongAdder();

    public WebSnapshot snapshot(HttpListener listener) {
        return new WebSnapshot(listener.address().map(PeerAddress::toString).orElse(""), listener.error(),
                connections.get(), accepted.sum(), refused.sum(), timedOut.sum(), requests.sum(),
                requestsRefused.sum(), unauthorized.sum(), orders.sum(), streams.get(), published.sum(), told.sum(),
                lost.sum());
    }
}
