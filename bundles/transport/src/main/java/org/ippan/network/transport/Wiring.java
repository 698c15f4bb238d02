// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.metrics.NetworkMetrics;

/**
 * What all connections share.
 *
 * @param ticker time
 * @param settings those in force
 * @param metrics the service of the moment
 * @param log takes warnings for the operator
 * @param budget bytes queued in all
 * @param pacer rate of all connections together
 * @param counters of the transport
 * @param connections where they are listed
 */
record Wiring(Ticker ticker, Supplier<TransportSettings> settings, Supplier<NetworkMetrics> metrics,
        Consumer<String> log, OutboundBudget budget, Supplier<Pacer> pacer, Counters counters,
        Connections connections) {
}
