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
import org.ippan.network.transport.settings.TransportSettings;
import org.ippan.network.transport.websocket.WebSocketSettings;

/** Tells by properties of the service what it dials, and from where it is reached. Thread-safe. */
final class Reach {

    /**
     * What the service is for others. The class that the bundle itself looks for is not among them: a framework hides a
     * service with a class that the asker has a copy of.
     */
    static final String[] NAMES = {Transport.class.getName(), SnapshotSource.class.getName()};

    private Consumer<Dictionary<String, Object>> tell = properties -> { };
    private TransportSettings settings;
    private WebSocketSettings webSockets = WebSocketSettings.OFF;

    Reach(TransportSettings settings) {
        this.settings = settings;
    }

    private boolean loopback() {
        return settings.listen().loopback() && webSockets.loopback();
    }

    synchronized Dictionary<String, Object> properties() {
        Set<String> schemes = new TreeSet<>(webSockets.schemes());
        schemes.add(PeerAddress.TCP);
        return new Hashtable<>(Map.of(SnapshotSource.NAME, "Transport", Transport.SCHEME,
                schemes.toArray(new String[0]), Transport.LOOPBACK, loopback()));
    }

    /** Tells from now on, beginning with what changed since it was asked. */
    synchronized void tell(Consumer<Dictionary<String, Object>> whom) {
        tell = whom;
        tell.accept(properties());
    }

    synchronized void change(TransportSettings changed, Runnable change) {
        settings = changed;
        change(change);
    }

    synchronized void change(WebSocketSettings changed, Runnable change) {
        webSockets = changed;
        change(change);
    }

    /** Tells before the change where other machines get in, so that peers can refuse to serve; else after it. */
    private void change(Runnable change) {
        if (!loopback()) {
            tell.accept(properties());
        }
        change.run();
        if (loopback()) {
            tell.accept(properties());
        }
    }
}
