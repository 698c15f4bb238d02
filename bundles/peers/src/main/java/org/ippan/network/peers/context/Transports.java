// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;

/** The transports there are, by scheme, and whether this node listens on them. Confined to the deciding thread. */
public final class Transports {

    private final ConnectionAcceptor acceptor;
    private final Map<String, Transport> byScheme = new LinkedHashMap<>();
    private final Map<String, Transport.Listening> listening = new LinkedHashMap<>();
    private volatile Transport first;
    private boolean serving;

    public Transports(ConnectionAcceptor acceptor) {
        this.acceptor = acceptor;
    }

    public void add(String scheme, Transport transport) {
        remove(scheme, byScheme.get(scheme));
        byScheme.put(scheme, transport);
        first = byScheme.values().iterator().next();
        listen();
    }

    /** Takes a transport away unless another has taken its place; true if it was there. */
    public boolean remove(String scheme, Transport transport) {
        boolean removed = transport != null && byScheme.remove(scheme, transport);
        if (removed) {
            Optional.ofNullable(listening.remove(scheme)).ifPresent(Transport.Listening::close);
            first = byScheme.isEmpty() ? null : byScheme.values().iterator().next();
        }
        return removed;
    }

    /** Begins or ends to listen. */
    public void serve(boolean on) {
        serving = on;
        if (on) {
            listen();
        } else {
            listening.values().forEach(Transport.Listening::close);
            listening.clear();
        }
    }

    private void listen() {
        if (serving) {
            byScheme.forEach((scheme, transport) ->
                    listening.computeIfAbsent(scheme, key -> transport.listen(acceptor)));
        }
    }

    /** Whether every transport proves who a peer is. */
    public boolean allAuthenticated() {
        return byScheme.values().stream().allMatch(Transport::authenticated);
    }

    /** The transport for an address, or null. */
    public Transport of(PeerAddress address) {
        return byScheme.get(address.scheme());
    }

    /** Any thread: who this node is. */
    public Optional<PeerId> localId() {
        return Optional.ofNullable(first).map(transport -> transport.identity().id());
    }

    /** Who this node is, with its key; empty while no transport is there. */
    public Optional<NodeIdentity> identity() {
        return Optional.ofNullable(first).map(Transport::identity);
    }

    /** Where this node listens. */
    public List<PeerAddress> listenAddresses() {
        return byScheme.values().stream().flatMap(transport -> transport.listenAddress().stream()).toList();
    }

    /** Where peers may dial this node with that scheme, 0 for nowhere. */
    public int listenPort(String scheme) {
        Transport transport = byScheme.get(scheme);
        return transport == null ? 0 : transport.listenAddress().map(PeerAddress::port).orElse(0);
    }
}
