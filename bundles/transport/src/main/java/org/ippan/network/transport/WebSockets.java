// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.channel.socket.SocketChannel;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.transport.connection.Wiring;
import org.ippan.network.transport.endpoint.Listener;
import org.ippan.network.transport.endpoint.Names;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.opening.Carrier;
import org.ippan.network.transport.websocket.WebSocketCarrier;
import org.ippan.network.transport.websocket.WebSocketCounters;
import org.ippan.network.transport.websocket.WebSocketSettings;

/** Streams in WebSocket beside those over sockets: whether there are any, and where they are accepted. Thread-safe. */
final class WebSockets implements SnapshotSource {

    private static final String ACCEPTED = "ws";

    private final WebSocketCounters counters = new WebSocketCounters();
    private final WebSocketCarrier carrier;
    private final Listener listener;
    private volatile WebSocketSettings settings = WebSocketSettings.OFF;
    private boolean serving;
    private String refusal = "";

    /** Takes in channels that were accepted. */
    interface Acceptance {

        /** A channel came, not yet registered, whose peers have addresses of that scheme. */
        void accepted(SocketChannel channel, String scheme, Carrier carrier);
    }

    WebSockets(Wiring wiring, IoThreads io, Names names, Acceptance acceptance) {
        carrier = new WebSocketCarrier(() -> settings, counters, wiring.ticker());
        listener = new Listener(wiring.settings(), () -> settings.listen().orElseThrow(), wiring.log(), io.first(),
                names, channel -> acceptance.accepted(channel, ACCEPTED, carrier));
    }

    /** Takes over settings, and moves the listener if they say so. */
    synchronized void apply(WebSocketSettings changed) {
        boolean stays = settings.enabled() == changed.enabled() && settings.listen().equals(changed.listen());
        settings = changed;
        if (!stays) {
            relisten();
        }
    }

    /**
     * Listens, if it is configured to, or does not.
     *
     * @param on whether connections would be taken
     * @param why they are not, for the operator, or empty
     */
    synchronized void serve(boolean on, String why) {
        if (serving != on || !refusal.equals(why)) {
            serving = on;
            refusal = why;
            relisten();
        }
    }

    /** Listens anew, as what is true of all connections has changed. */
    synchronized void relisten() {
        if (serving && refusal.isEmpty() && settings.enabled() && settings.listen().isPresent()) {
            listener.open();
        } else {
            listener.close(settings.enabled() ? refusal : "");
        }
    }

    /** Where they are accepted, as peers name it. */
    Optional<PeerAddress> address() {
        return listener.address().map(settings::named);
    }

    /** What carries streams to addresses of a scheme. */
    Optional<Carrier> carrier(String scheme) {
        return settings.schemes().contains(scheme) ? Optional.of(carrier) : Optional.empty();
    }

    @Override
    public WebSocketSnapshot snapshot() {
        return new WebSocketSnapshot(listener.address().map(PeerAddress::toString).orElse(""), listener.error(),
                counters.opened.sum(), counters.refused.sum(), counters.forwarded.sum(), counters.unnamed.sum(),
                counters.pingsIgnored.sum(), settings.certificateEndsMillis());
    }
}
