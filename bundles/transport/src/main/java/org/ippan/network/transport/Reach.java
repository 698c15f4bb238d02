// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;

/** Tells by properties of the service from where it can be reached. Stateless. */
final class Reach {

    private Reach() {
    }

    static Dictionary<String, Object> properties(ListenAddress listen) {
        return new Hashtable<>(Map.of(SnapshotSource.NAME, "Transport", Transport.SCHEME, PeerAddress.TCP,
                Transport.LOOPBACK, listen.loopback()));
    }

    /** Tells before the change where other machines get in, so that peers can refuse to serve; else after it. */
    static void change(Consumer<Dictionary<String, Object>> tell, ListenAddress listen, Runnable change) {
        if (!listen.loopback()) {
            tell.accept(properties(listen));
        }
        change.run();
        if (listen.loopback()) {
            tell.accept(properties(listen));
        }
    }
}
