// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.rate.Pacer;

/**
 * What all connections share for sending.
 *
 * @param ticker time
 * @param pacer rate of all connections together
 * @param counters of the transport
 * @param control what queues of control frames hold
 * @param connections how many there are
 */
public record Outlet(Ticker ticker, Supplier<Pacer> pacer, Counters counters, ControlQueue.Room control,
        IntSupplier connections) {

    private static final int FEW = 8;

    /**
     * About how much goes into one fill. Where it is half, a short message takes up to a tenth more processor time. But
     * with many connections there may be as little as that under way over all of them, and none is to take it at once.
     */
    int fillBytes() {
        return connections.getAsInt() <= FEW ? FrameWriter.FILL_BYTES : FrameWriter.FILL_BYTES / 2;
    }
}
