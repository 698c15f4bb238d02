// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.BookKeeper;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.dial.Dialer;
import org.ippan.network.peers.exchange.Advertisers;
import org.ippan.network.peers.exchange.Discoveries;
import org.ippan.network.peers.exchange.OwnRecord;
import org.ippan.network.peers.exchange.PeerExchange;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.links.Liveness;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.settings.ConfiguredPeer;
import org.ippan.network.peers.settings.PeersSettings;

/**
 * Whom this node knows and is connected to: makes the parts, and follows settings, services, transports and handlers as
 * they come and go. All of it happens on the one thread of the context's timer; methods of this class may be called by
 * any thread and return at once.
 */
public final class PeerCore {

    private final PeerContext context;
    private final AddressBook book = new AddressBook();
    private final BookKeeper keeper;
    private final Links links;
    private final Liveness liveness;
    private final Connections connections;
    private final Advertisers advertisers;
    private final PeerExchange exchange;
    private final Discoveries discoveries;
    private final PeerViews views;
    private final Map<PeerAddress, Seed> added = new LinkedHashMap<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private List<Seed> named = List.of();
    private ScheduledFuture<?> ticking;
    private boolean stopping;

    public PeerCore(PeerContext.Outside outside, PeersSettings settings) {
        this.context = new PeerContext(outside, settings);
        this.keeper = new BookKeeper(context, book);
        this.links = new Links(context, book);
        this.liveness = new Liveness(context, links);
        this.connections = new Connections(context, book, links, liveness, this::completeStop);
        this.advertisers = new Advertisers(outside.faults(), outside.callbacks());
        this.exchange = new PeerExchange(context, book, links,
                new OwnRecord(context, connections.transports(), links, advertisers));
        this.discoveries = new Discoveries(context, book, exchange);
        this.context.routing(Routing.NONE.with(exchange));
        this.views = new PeerViews(context, book, links, connections.twins(), exchange.own());
    }

    /* Life cycle */

    /** Begins: what was known is read back, and time begins to pass. */
    public void start() {
        context.decide(() -> {
            keeper.load();
            wantSeeds();
            ticking = context.outside().timer().scheduleWithFixedDelay(this::tick, 0, Liveness.TICK_NANOS,
                    TimeUnit.NANOSECONDS);
        });
    }

    /** Ends: says goodbye to everyone. Completes when they have all heard it, or will not. */
    public CompletableFuture<Void> stop() {
        context.decide(() -> {
            stopping = true;
            if (ticking != null) {
                ticking.cancel(false);
            }
            discoveries.stop();
            connections.serve("stopping");
            connections.closeAll("the node stops");
            keeper.save();
            completeStop();
        });
        return stopped;
    }

    private void completeStop() {
        if (stopping && links.sessions().isEmpty()) {
            stopped.complete(null);
        }
    }

    private void tick() {
        connections.refuseOrServe();
        liveness.tick();
        for (Session session : links.established()) {
            if (context.services().isBanned(session.link().peer())) {
                links.close(session, GoodbyeReason.BANNED, 0, "banned");
            }
        }
        if (connections.refusal().isEmpty() && context.services().judges()) {
            connections.dialer().run();
        }
        exchange.tick();
        keeper.tick();
    }

    /* What comes and goes */

    /** New settings; those of connections that exist stay as they are, but for who may connect. */
    public void apply(PeersSettings settings) {
        context.settings(settings);
        context.decide(() -> {
            wantSeeds();
            connections.refuseOrServe();
            if (settings.allowlist()) {
                links.established().stream().filter(session -> !settings.allow().contains(session.link().peer()))
                        .forEach(session -> links.close(session, GoodbyeReason.AUTH, 0, "not on the list any more"));
            }
        });
    }

    /** Serves, or for a reason does not: then no peer is dialled or let in, and none stays. */
    public void serve(String reasonNotTo) {
        context.decide(() -> {
            if (!stopping) {
                connections.serve(reasonNotTo);
            }
        });
    }

    /** The peers that have configurations of their own. */
    public void named(List<ConfiguredPeer> peers) {
        List<Seed> seeds = peers.stream().map(ConfiguredPeer::seed).flatMap(Optional::stream).toList();
        context.decide(() -> {
            named = seeds;
            wantSeeds();
        });
    }

    private void wantSeeds() {
        book.want(Stream.concat(context.settings().seeds().stream(), named.stream()).toList(), added.values());
    }

    /** A transport came, or what it dials has changed. */
    public void addTransport(Set<String> schemes, Transport transport) {
        context.decide(() -> connections.addTransport(schemes, transport));
    }

    public void removeTransport(Transport transport) {
        context.decide(() -> {
            connections.removeTransport(transport);
            context.outside().faults().forget(Subject.of(CallbackKind.TRANSPORT, transport));
        });
    }

    /** A discovery of that name came, or its registration of this id has other properties: it searches anew. */
    public void addDiscovery(Object id, String name, PeerDiscovery discovery) {
        context.decide(() -> discoveries.put(id, name, discovery));
    }

    /** The services that know addresses of this node, most important first. */
    public void advertisers(List<Advertisers.Registered> services) {
        context.decide(() -> advertisers.set(services));
    }

    /** The registration of this id has gone. */
    public void removeDiscovery(Object id) {
        context.decide(() -> discoveries.remove(id));
    }

    /** The protocols over the links, most important first. */
    public void route(Routing routing) {
        context.wanted(routing);
        context.decide(() -> {
            if (!context.isWanted(routing)) {
                // Another has followed, and a bundle may be gone already.
                return;
            }
            Routing all = routing.with(exchange);
            context.routing(all);
            links.established().forEach(session -> session.link().receivers().route(all, session.link(), false));
        });
    }

    /** The services of faults on purpose, most important first. */
    public void faults(List<FrameFault> services) {
        context.decide(() -> {
            context.faults().set(services);
            links.established().forEach(session -> session.link().impair(context.faults()));
        });
    }

    /** A peer was banned: its link is closed at once. */
    public void banned(PeerId id) {
        context.decide(() -> Optional.ofNullable(links.peer(id)).ifPresent(peer -> peer.links()
                .forEach(session -> links.close(session, GoodbyeReason.BANNED, 0, "banned"))));
    }

    /* For the operator's side */

    public AddressBook book() {
        return book;
    }

    public Links links() {
        return links;
    }

    Dialer dialer() {
        return connections.dialer();
    }

    Liveness liveness() {
        return liveness;
    }

    PeerViews views() {
        return views;
    }

    public PeerContext context() {
        return context;
    }

    Optional<NodeIdentity> identity() {
        return connections.transports().identity();
    }

    Optional<PeerId> localId() {
        return connections.localId();
    }

    /** Whether this node itself is at an address. */
    boolean isOwn(PeerAddress address) {
        return exchange.own().isAt(address);
    }

    List<byte[]> records(int max) {
        return exchange.records(max);
    }

    /** Why the node neither listens nor dials; empty if it does. */
    String refusal() {
        return connections.refusal();
    }

    /** Adds a peer by hand, or takes it away again. */
    void wantByHand(PeerAddress address, Seed seedOrNull) {
        if (seedOrNull == null) {
            added.remove(address);
        } else {
            added.put(address, seedOrNull);
        }
        wantSeeds();
    }
}
