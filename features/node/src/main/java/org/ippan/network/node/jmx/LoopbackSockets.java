// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.jmx;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.rmi.server.RMIServerSocketFactory;

/**
 * Makes server sockets nobody reaches from another machine. RMI shares one socket between whatever is exported with the
 * same factory on the same port. Safe for any thread.
 */
final class LoopbackSockets implements RMIServerSocketFactory {

    static final String HOST = "127.0.0.1";

    private static final int BACKLOG = 50;

    private volatile int boundPort;

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        ServerSocket socket = new ServerSocket(port, BACKLOG, InetAddress.getByName(HOST));
        boundPort = socket.getLocalPort();
        return socket;
    }

    /** The port really bound; 0 before that. */
    int boundPort() {
        return boundPort;
    }
}
