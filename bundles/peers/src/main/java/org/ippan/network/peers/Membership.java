// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerListener;

/**
 * Tells one listener who is connected. What it is told at first and what happens meanwhile may overlap, so that each
 * event is compared with what was told before and with who is connected now. Called by one thread at a time.
 */
final class Membership implements NetworkEventListener {

    private final PeerListener listener;
    private final PeerDirectory directory;
    /** Those that the listener believes to be connected, as they came. */
    private final Map<PeerId, Peer> up = new HashMap<>();

    Membership(PeerListener listener, PeerDirectory directory) {
        this.listener = listener;
        this.directory = directory;
    }

    /** Begins, with who is connected already. */
    void begin(EventListeners events) {
        events.add(this, listener, this::connected);
    }

    private List<NetworkEvent> connected() {
        return directory.connected().stream().flatMap(peer -> peer.id().stream())
                .map(id -> NetworkEvent.of(EventType.PEER_UP, id, "")).toList();
    }

    @Override
    public void onEvent(NetworkEvent event) {
        event.peer().ifPresent(id -> tell(event, id));
    }

    private void tell(NetworkEvent event, PeerId id) {
        Optional<Peer> now = directory.peer(id);
        if (event.type() == EventType.PEER_UP && now.filter(Peer::connected).isPresent()) {
            if (up.putIfAbsent(id, now.get()) == null) {
                listener.onUp(now.get());
            }
        } else if (event.type() == EventType.PEER_DOWN && up.containsKey(id)) {
            // One that is not known any more is shown as it was last.
            Peer peer = now.orElse(up.get(id));
            up.remove(id);
            if (peer.health() == PeerHealth.LEFT) {
                listener.onLeft(peer, event.text());
            } else {
                listener.onDown(peer, event.text());
            }
        }
    }
}
