// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;

/** The transports there are, by scheme, and whether this node listens on them. Confined to the deciding thread. */
public final class Transports {

    private final ConnectionAcceptor acceptor;
    private final BiConsumer<Object, Throwable> failed;
    private final Map<String, Transport> byScheme = new LinkedHashMap<>();
    private final Map<Transport, Transport.Listening> listening = new LinkedHashMap<>();
    /** Schemes that were dialled, and are no more. */
    private final Set<String> left = new TreeSet<>();
    private volatile Transport first;
    private volatile Set<String> dialled = Set.of();
    private boolean serving;

    /** None yet; a transport of an application that throws is reported, and costs no other its listener. */
    public Transports(ConnectionAcceptor acceptor, BiConsumer<Object, Throwable> failed) {
        this.acceptor = acceptor;
        this.failed = failed;
    }

    /** The schemes that a property of a service names, which may be one. */
    public static Set<String> schemes(Object property) {
        return property instanceof String[] several ? Set.of(several) : Set.of(String.valueOf(property));
    }

    /**
     * A transport came, changed or goes.
     *
     * @param schemes of the addresses it dials; it takes the place of others there, and none says that it goes
     * @return those it dials no more, and no other does
     */
    public Set<String> put(Set<String> schemes, Transport transport) {
        Set<String> gone = new TreeSet<>();
        byScheme.forEach((scheme, before) -> {
            if (before == transport && !schemes.contains(scheme)) {
                gone.add(scheme);
            }
        });
        gone.forEach(byScheme::remove);
        schemes.forEach(scheme -> byScheme.put(scheme, transport));
        left.addAll(gone);
        left.removeAll(byScheme.keySet());
        listening.entrySet().removeIf(each -> {
            boolean left = !byScheme.containsValue(each.getKey());
            if (left) {
                close(each.getKey(), each.getValue());
            }
            return left;
        });
        dialled = Set.copyOf(byScheme.keySet());
        first = byScheme.isEmpty() ? null : byScheme.values().iterator().next();
        listen();
        return gone;
    }

    /** Begins or ends to listen. */
    public void serve(boolean on) {
        serving = on;
        if (on) {
            listen();
        } else {
            listening.forEach(this::close);
            listening.clear();
        }
    }

    private void listen() {
        if (serving) {
            byScheme.values().forEach(this::listen);
        }
    }

    private void listen(Transport transport) {
        try {
            listening.computeIfAbsent(transport, key -> transport.listen(acceptor));
        } catch (Throwable e) {
            // Its mistake, whatever it is.
            failed.accept(transport, e);
        }
    }

    private void close(Transport transport, Transport.Listening listener) {
        try {
            listener.close();
        } catch (Throwable e) {
            // As above.
            failed.accept(transport, e);
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

    /** Whether a connection comes late: it was begun while its transport was there, or carried such addresses. */
    public boolean hasLeft(PeerAddress remote) {
        return left.contains(remote.scheme());
    }

    /** Any thread: whether an address can be dialled. */
    public boolean dials(PeerAddress address) {
        return dialled.contains(address.scheme());
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
        return byScheme.values().stream().distinct().flatMap(transport -> transport.listenAddress().stream()).toList();
    }

    /** Where peers may dial this node with that scheme, 0 for nowhere: only sockets need no more than a port. */
    public int listenPort(String scheme) {
        Transport transport = byScheme.get(scheme);
        return transport == null ? 0 : transport.listenAddress().filter(bound -> bound.scheme().equals(scheme))
                .map(PeerAddress::port).orElse(0);
    }
}
