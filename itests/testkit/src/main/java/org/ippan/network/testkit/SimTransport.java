// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit;

import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;

/** One node's end of a {@link SimNetwork}: the {@link Transport} its cores are given. */
public final class SimTransport implements Transport {

    /** One-way trips until the dialler's side is open: TCP and TLS 1.3. */
    private static final int TRIPS_TO_OPEN = 4;

    private final SimNetwork network;
    private final PeerId id;
    private final PeerAddress address;
    private PeerAddress shown;
    private final InetAddress ip;
    private final Set<SimConnection> connections = new LinkedHashSet<>();
    private ConnectionAcceptor acceptor;
    private NodeIdentity identity = new Keyless();
    private boolean authenticated = true;
    private boolean dead;
    private boolean silent;
    private long uplinkFreeAt;

    SimTransport(SimNetwork network, PeerId id, PeerAddress address) {
        this.network = network;
        this.id = id;
        this.address = address;
        this.shown = address;
        this.ip = SimNetwork.ip(address.host());
        this.uplinkFreeAt = network.scheduler().nanos();
    }

    /** Whether its connections prove who is there, as TLS does; true unless said. */
    public SimTransport authenticated(boolean tls) {
        this.authenticated = tls;
        return this;
    }

    /** Gives it a key, of which its id must be made. */
    public SimTransport identity(NodeIdentity keyed) {
        if (!keyed.id().equals(id)) {
            throw new IllegalArgumentException("that key belongs to another node");
        }
        this.identity = keyed;
        return this;
    }

    /** Where it is. */
    public PeerAddress address() {
        return address;
    }

    /** Its open connections, this node's ends. */
    public List<SimConnection> connections() {
        return List.copyOf(connections);
    }

    /** It listens on all addresses of its machine, and so does not know by which one it is reached. */
    public void listensOnAll() {
        shown = PeerAddress.tcp("0.0.0.0", address.port());
    }

    /** The process dies: its peers see their connections reset, itself sees nothing any more. */
    public void crash() {
        dead = true;
        connections().forEach(connection -> connection.die(true));
    }

    /** The machine is gone: nobody is told. */
    public void vanish() {
        dead = true;
        silent = true;
        connections().forEach(connection -> connection.die(false));
    }

    @Override
    public NodeIdentity identity() {
        return identity;
    }

    /** An id that is nobody's key: such nodes have nothing signed to tell of themselves. */
    private final class Keyless implements NodeIdentity {

        @Override
        public PeerId id() {
            return id;
        }

        @Override
        public byte[] publicKey() {
            return id.toBytes();
        }

        @Override
        public byte[] sign(byte[] data) {
            throw new UnsupportedOperationException("this simulated node has no key");
        }
    }

    @Override
    public Optional<PeerAddress> listenAddress() {
        return acceptor == null ? Optional.empty() : Optional.of(shown);
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }

    @Override
    public Listening listen(ConnectionAcceptor connectionAcceptor) {
        if (acceptor != null) {
            throw new IllegalStateException("somebody listens already");
        }
        acceptor = connectionAcceptor;
        return () -> acceptor = null;
    }

    @Override
    public void connect(PeerAddress to, ConnectionHandler handler) {
        SimTransport target = network.at(to);
        long trip = network.oneWayNanos(this, target);
        boolean unanswered = target != null && (target.silent || network.isCut(this, target));
        long wait = unanswered ? network.limits().connectTimeout().toNanos() : TRIPS_TO_OPEN * trip;
        network.scheduler().after(wait, () -> arrive(to, handler));
    }

    private void arrive(PeerAddress to, ConnectionHandler handler) {
        if (dead) {
            return;
        }
        SimTransport target = network.at(to);
        if (target != null && (target.silent || network.isCut(this, target))) {
            handler.dialFailed(to, "timed out");
        } else if (target != null && !handler.mayLeadTo(target.ip())) {
            handler.dialFailed(to, "the name may not lead to " + target.ip().getHostAddress());
        } else if (target == null || target.dead || target.acceptor == null) {
            handler.dialFailed(to, "connection refused");
        } else if (!target.acceptor.admits(ip())) {
            handler.dialFailed(to, "closed before the handshake");
        } else {
            SimConnection here = new SimConnection(this, target, handler, true);
            SimConnection there = new SimConnection(target, this, target.acceptor.newHandler(), false);
            here.join(there);
            there.join(here);
            here.open();
        }
    }

    @Override
    public TransportSnapshot snapshot() {
        long queued = connections.stream().mapToLong(SimConnection::queuedBytes).sum();
        return new TransportSnapshot(listenAddress().map(PeerAddress::toString).orElse(""), "", authenticated,
                connections.size(), 0, 0, 0, 0, 0, 0, 0, queued, 0, 0, 0, "", 0, 0, 0, 0, 0,
                0, 0, 0, 0, 0, 0, 0);
    }

    SimNetwork network() {
        return network;
    }

    PeerId id() {
        return id;
    }

    InetAddress ip() {
        return ip;
    }

    boolean isDead() {
        return dead;
    }

    void add(SimConnection connection) {
        connections.add(connection);
    }

    void remove(SimConnection connection) {
        connections.remove(connection);
    }

    /** How long the uplink is still busy with what it took. */
    long uplinkBusyNanos() {
        return Math.max(0, uplinkFreeAt - network.scheduler().nanos());
    }

    void occupyUplink(int bytes) {
        long rate = network.limits().uplinkBytesPerSecond();
        if (rate > 0) {
            uplinkFreeAt = network.scheduler().nanos() + uplinkBusyNanos() + TimeUnit.SECONDS.toNanos(1) * bytes / rate;
        }
    }
}
