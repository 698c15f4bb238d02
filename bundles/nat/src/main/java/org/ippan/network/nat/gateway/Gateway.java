// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** A router that speaks one protocol. Each call waits for its answer, for no longer than its time limits say. */
public interface Gateway {

    /** Name of the protocol, as operators write it. */
    String protocol();

    /** Inner address of the router. */
    InetAddress address();

    /**
     * Maps a port of TCP, or renews its mapping.
     *
     * @param inner port of this node
     * @param wanted outer port
     * @param seconds how long
     * @return what was granted
     * @throws GatewayException if the router refuses
     * @throws IOException if it does not answer
     */
    Lease map(int inner, int wanted, long seconds) throws IOException;

    /**
     * Ends a mapping.
     *
     * @param inner port of this node
     * @param lease that was granted
     */
    void unmap(int inner, Lease lease) throws IOException;

    /** How the router is: its outer address as far as the protocol tells it, and how long it has run. */
    Beat beat() throws IOException;

    /**
     * A mapping.
     *
     * @param port outer port
     * @param address outer address, where the answer tells it
     * @param seconds until it ends; 0 for one without an end
     * @param beat of the router when it granted it
     */
    record Lease(int port, Optional<InetAddress> address, long seconds, Beat beat) {
    }

    /**
     * What a router says of itself.
     *
     * @param address outer address; empty if it does not say
     * @param epochSeconds since it forgot its mappings; negative if it does not say
     */
    record Beat(Optional<InetAddress> address, long epochSeconds) {

        /** A router that says nothing. */
        public static final Beat NONE = new Beat(Optional.empty(), -1);
    }
}
