// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;

/**
 * What properties of the service tell: what it dials, and from where it is reached.
 *
 * @param loopback whether only this machine reaches it
 * @param more schemes that it dials beside TCP
 */
record Reach(boolean loopback, Set<String> more) {

    Dictionary<String, Object> properties() {
        Set<String> schemes = new TreeSet<>(more);
        schemes.add(PeerAddress.TCP);
        return new Hashtable<>(Map.of(SnapshotSource.NAME, "Transport", Transport.SCHEME,
                schemes.toArray(new String[0]), Transport.LOOPBACK, loopback));
    }

    /** Tells before the change where other machines get in, so that peers can refuse to serve; else after it. */
    void change(Consumer<Dictionary<String, Object>> tell, Runnable change) {
        if (!loopback) {
            tell.accept(properties());
        }
        change.run();
        if (loopback) {
            tell.accept(properties());
        }
    }
}
