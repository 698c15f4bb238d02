// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import java.util.function.Supplier;
import org.ippan.network.api.Ticker;
import org.ippan.network.transport.io.Counters;
import org.ippan.network.transport.io.OperatorLog;
import org.ippan.network.transport.receiving.LongFrames;
import org.ippan.network.transport.sending.Outlet;
import org.ippan.network.transport.settings.TransportSettings;

/**
 * What all connections share.
 *
 * @param ticker time
 * @param settings those in force
 * @param log for the operator
 * @param counters of the transport
 * @param connections where they are listed
 * @param outlet what sending needs
 * @param longFrames room for what comes in many reads
 */
public record Wiring(Ticker ticker, Supplier<TransportSettings> settings, OperatorLog log, Counters counters,
        Connections connections, Outlet outlet, LongFrames longFrames) {
}
