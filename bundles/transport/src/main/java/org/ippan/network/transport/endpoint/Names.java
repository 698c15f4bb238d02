// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport.endpoint;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.ippan.network.transport.io.IoThreads;

/** Looks up the names of hosts. Safe for any thread. */
public final class Names {

    private final Executor blocking;

    /** Names, looked up by threads that may block. */
    public Names(Executor blocking) {
        this.blocking = blocking;
    }

    /** Finds the IP address: at once if it is one, else on a thread that may block. */
    void lookUp(String host, Consumer<InetAddress> onFound, Consumer<String> onFailure) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            try {
                onFound.accept(InetAddress.getByAddress(literal));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("an address has 4 or 16 bytes", e);
            }
        } else if (!IoThreads.execute(blocking, () -> lookUpName(host, onFound, onFailure))) {
            onFailure.accept("too many names are being looked up");
        }
    }

    private static void lookUpName(String host, Consumer<InetAddress> onFound, Consumer<String> onFailure) {
        InetAddress found;
        try {
            found = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            onFailure.accept("unknown host " + host);
            return;
        }
        onFound.accept(found);
    }
}
