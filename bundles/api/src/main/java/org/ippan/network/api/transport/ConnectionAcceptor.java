// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.transport;

import java.net.InetAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes in connections others open. Called on I/O threads, returns at once. */
@ConsumerType
public interface ConnectionAcceptor {

    /**
     * Whether to go on with a connection just accepted, before anything is read.
     *
     * @param remote who connects
     * @return false to close it at once
     */
    boolean admits(InetAddress remote);

    /** {@return the owner of an accepted connection: a handler for it alone} */
    ConnectionHandler newHandler();
}
