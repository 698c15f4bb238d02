// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.ippan.network.api.PeerAddress;

/** Finds out whether something listens at an address. Blocks. */
@FunctionalInterface
public interface Reach {

    /** How long a connection may take to open. */
    int CONNECT_MILLIS = 2_000;
    /** What each address of a name gets at least. */
    int LEAST_MILLIS = 250;

    /**
     * Opens a connection and closes it at once.
     *
     * @param address where to; a wildcard stands for this machine
     * @throws IOException if no program listens there, saying why
     */
    void to(PeerAddress address) throws IOException;

    /** Over real sockets, at whichever address of its name. */
    static void bySocket(PeerAddress address) throws IOException {
        InetAddress[] hosts;
        try {
            hosts = InetAddress.getAllByName(address.host());
        } catch (UnknownHostException e) {
            throw new IOException("its name cannot be resolved", e);
        }
        firstOf(hosts, address.port());
    }

    /** Tries one address after the other; they share the time. */
    static void firstOf(InetAddress[] hosts, int port) throws IOException {
        IOException failure = null;
        for (InetAddress host : hosts) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host,
                        port), Math.max(LEAST_MILLIS, CONNECT_MILLIS / hosts.length));
                return;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }
}
