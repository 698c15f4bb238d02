// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.connection;

/** Hears what became of a connection it opened, on the connection's event loop. */
public interface DialOutcome {

    /** There is no connection: the other end speaks another protocol, or ended it before it was open. */
    void notOpened(String why);

    /** The handshake with the peer succeeded. */
    void established();
}
