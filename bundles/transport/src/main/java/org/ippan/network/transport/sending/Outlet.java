// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.sending;

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
 */
public record Outlet(Ticker ticker, Supplier<Pacer> pacer, Counters counters, ControlQueue.Room control) {
}
