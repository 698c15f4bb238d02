// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

import org.ippan.network.api.transport.Connection;
import org.ippan.network.transport.settings.TransportSettings;

/** A connection as the transport itself drives and counts it. Safe for any thread. */
public interface LiveConnection extends Connection {

    /** Gives way to a newer handshake. */
    void giveWay();

    /** The transport stops: closes at once, unless it is closing in good order already. */
    void finish();

    /** Takes over changed limits. */
    void apply(TransportSettings settings);

    /** Whether the handshake is not over. */
    boolean pending();

    /** Whether it is not read, for messages came over their rate. */
    boolean pausedByRate();

    /** Whether what there is to send waits for nothing but the rate it is sent at. */
    boolean heldByRate();
}
