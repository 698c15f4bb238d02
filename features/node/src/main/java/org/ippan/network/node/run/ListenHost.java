// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.node.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ippan.network.api.ListenAddress;

/** Looks up the host of an address to listen on, for a node that is refused before it tries to listen. */
final class ListenHost {

    /** A name server that does not answer keeps no operator waiting for the other reasons. */
    private static final long MOST_SECONDS = 2;

    private ListenHost() {
    }

    /** Whether it is sure that no address belongs to the host; an address that cannot be read is told of elsewhere. */
    static boolean isUnknown(String listenAddress) throws InterruptedException {
        FutureTask<Boolean> lookup = new FutureTask<>(() -> isUnknownHost(ListenAddress.parse(listenAddress).host()));
        Thread thread = new Thread(lookup, "ippan-node-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            return lookup.get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static boolean isUnknownHost(String host) {
        try {
            InetAddress.getByName(host);
            return false;
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
