// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Transport;

/**
 * Whom this node knows and is connected to: follows settings, services, transports and handlers as they come and go,
 * and hands what happens to connections to those who decide. All of it happens on the one thread of the context's
 * timer; methods of this class may be called by any thread and return at once.
 */
final class PeerCore implements SessionOwner, ConnectionAcceptor {

    private final PeerContext context;
    private final AddressBook book = new AddressBook();
    private final BookKeeper keeper;
    private final Links links;
    private final Handshakes handshakes;
    private final Establishment establishment;
    private final Liveness liveness;
    private final Transports transports;
    private final Dialer dialer;
    private final PeerViews views;
    private final Map<PeerAddress, Seed> added = new LinkedHashMap<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private List<Seed> named = List.of();
    private ScheduledFuture<?> ticking;
    private volatile String refusal = "not started";
    private boolean stopping;

    PeerCore(PeerContext.Outside outside, PeersSettings settings) {
        this.context = new PeerContext(outside, settings);
        this.keeper = new BookKeeper(context, book);
        this.links = new Links(context, book);
        this.handshakes = new Handshakes(context, links, book);
        this.liveness = new Liveness(context, links);
        this.transports = new Transports(this);
        this.establishment = new Establishment(context, links, liveness, this);
        this.dialer = new Dialer(context, book, links, transports, this::newSession);
        this.views = new PeerViews(context, book, links);
    }

    /* Life cycle */

    /** Begins: what was known is read back, and time begins to pass. */
    void start() {
        context.decide(() -> {
            keeper.load();
            wantSeeds();
            ticking = context.outside().timer().scheduleWithFixedDelay(this::tick, 0, Liveness.TICK_NANOS,
                    TimeUnit.NANOSECONDS);
        });
    }

    /** Ends: says goodbye to everyone. Completes when they have all heard it, or will not. */
    CompletableFuture<Void> stop() {
        context.decide(() -> {
            stopping = true;
            refusal = "stopping";
            if (ticking != null) {
                ticking.cancel(false);
            }
            transports.serve(false);
            closeAll("the node stops");
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

    private void closeAll(String text) {
        links.sessions().forEach(session -> links.close(session, GoodbyeReason.SHUTDOWN, 0, text));
    }

    private void tick() {
        liveness.tick();
        for (Session session : links.established()) {
            if (context.services().isBanned(session.link().peer())) {
                links.close(session, GoodbyeReason.BANNED, 0, "banned");
            }
        }
        if (refusal.isEmpty() && context.services().judges()) {
            dialer.run();
        }
        keeper.tick();
    }

    /* What comes and goes */

    /** New settings; those of connections that exist stay as they are, but for who may connect. */
    void apply(PeersSettings settings) {
        context.settings(settings);
        context.decide(() -> {
            wantSeeds();
            if (settings.allowlist()) {
                links.established().stream().filter(session -> !settings.allow().contains(session.link().peer()))
                        .forEach(session -> links.close(session, GoodbyeReason.AUTH, 0, "not on the list any more"));
            }
        });
    }

    /** Serves, or for a reason does not: then nobody is dialled or let in, and nobody stays. */
    void serve(String reasonNotTo) {
        context.decide(() -> {
            if (!stopping) {
                refusal = reasonNotTo;
                transports.serve(reasonNotTo.isEmpty());
                if (!reasonNotTo.isEmpty()) {
                    closeAll("");
                }
            }
        });
    }

    /** The peers that have configurations of their own. */
    void named(List<ConfiguredPeer> peers) {
        List<Seed> seeds = peers.stream().map(ConfiguredPeer::seed).flatMap(Optional::stream).toList();
        context.decide(() -> {
            named = seeds;
            wantSeeds();
        });
    }

    private void wantSeeds() {
        book.want(Stream.concat(context.settings().seeds().stream(), named.stream()).toList(), added.values());
    }

    void addTransport(String scheme, Transport transport) {
        context.decide(() -> transports.add(scheme, transport));
    }

    void removeTransport(String scheme, Transport transport) {
        context.decide(() -> {
            if (transports.remove(scheme, transport)) {
                links.sessions().stream().filter(session -> session.connection() != null
                        && session.connection().remoteAddress().scheme().equals(scheme))
                        .forEach(session -> links.close(session, GoodbyeReason.SHUTDOWN, 0, "the transport stops"));
            }
        });
    }

    /** The protocols over the links, most important first. */
    void route(Routing routing) {
        context.decide(() -> {
            context.routing(routing);
            links.established().forEach(session -> session.link().receivers().route(routing, session.link(), false));
        });
    }

    /** A peer was banned: its link is closed at once. */
    void banned(PeerId id) {
        context.decide(() -> Optional.ofNullable(links.peer(id)).ifPresent(peer -> peer.links()
                .forEach(session -> links.close(session, GoodbyeReason.BANNED, 0, "banned"))));
    }

    /* Connections */

    @Override
    public boolean admits(InetAddress remote) {
        return refusal.isEmpty()
                && (context.settings().limits().exempt().contains(remote) || !context.guard().blocks(remote));
    }

    @Override
    public ConnectionHandler newHandler() {
        return new Session(this, context::decide, context.outside().ticker(), null).handler();
    }

    private Session newSession(KnownAddress target) {
        Session session = new Session(this, context::decide, context.outside().ticker(), target);
        links.add(session);
        return session;
    }

    @Override
    public void dialFailed(Session session, String reason) {
        links.gone(session, reason);
        dialer.failed(session, reason);
        completeStop();
    }

    @Override
    public void opened(Session session) {
        links.add(session);
        Optional<PeerId> self = transports.localId();
        if (!refusal.isEmpty() || self.isEmpty() || session.stage() != Session.Stage.NEW) {
            links.close(session, GoodbyeReason.SHUTDOWN, 0, "");
            session.connection().close(null);
        } else {
            handshakes.greet(session, self.get(), transports.listenPort(session.connection().remoteAddress().scheme()));
        }
    }

    @Override
    public void hello(Session session, byte[] body) {
        if (session.stage() == Session.Stage.OPEN) {
            transports.localId().ifPresent(self -> handshakes.hello(session, body, self));
        }
    }

    @Override
    public void acknowledged(Session session, byte[] mac) {
        if (session.stage() == Session.Stage.GREETED && handshakes.acknowledged(session, mac)) {
            transports.localId().ifPresent(self -> establishment.establish(session, self));
        }
    }

    @Override
    public void goodbye(Session session, Goodbye goodbye) {
        links.leave(session, goodbye);
    }

    @Override
    public void violated(Session session, DropReason drop, String detail) {
        links.violated(session, drop, detail);
    }

    @Override
    public void faulted(Session session, ConnectionFault fault, String detail) {
        switch (fault) {
            case BAD_FRAME, BAD_STATE -> links.violated(session, DropReason.BAD_FRAME, detail);
            case UNKNOWN_TYPE -> links.violated(session, DropReason.UNKNOWN_TYPE, detail);
            case BAD_LENGTH -> links.violated(session, DropReason.FRAME_TOO_LONG, detail);
            case FRAME_STALLED -> fail(session, Cause.FRAME_STALLED, GoodbyeReason.TIMEOUT, detail);
            case WRITE_STALLED -> fail(session, Cause.WRITE_STALLED, GoodbyeReason.SLOW_PEER, detail);
            case KEY_UPDATES -> fail(session, Cause.RATE_LIMIT, GoodbyeReason.RATE_LIMIT, detail);
            case HANDSHAKE_TIMEOUT -> links.close(session, GoodbyeReason.TIMEOUT, 0, detail);
            default -> throw new IllegalStateException(fault.name());
        }
    }

    @Override
    public void flooded(Session session) {
        fail(session, Cause.RATE_LIMIT, GoodbyeReason.RATE_LIMIT, "heartbeats came too fast for too long");
    }

    private void fail(Session session, Cause cause, GoodbyeReason reason, String detail) {
        links.failed(session, cause);
        links.close(session, reason, 0, detail);
    }

    @Override
    public void closed(Session session, CloseCause cause, long queuedBytes, String detail) {
        boolean surprising = session.stage() != Session.Stage.CLOSING;
        if (surprising && cause == CloseCause.RESET && queuedBytes > 0) {
            links.failed(session, Cause.CONNECTION_RESET);
        } else if (surprising && cause == CloseCause.NOT_OURS) {
            links.blame(session);
        }
        long linked = links.gone(session, detail);
        if (session.dialled()) {
            dialer.ended(session, linked, session.endReason(detail));
        }
        completeStop();
    }

    @Override
    public void answered(Session session, long roundTripNanos) {
        if (session.stage() == Session.Stage.ESTABLISHED) {
            liveness.answered(session, roundTripNanos);
        }
    }

    @Override
    public void skipped() {
        context.counters().framesWithoutHandler.increment();
        context.services().metrics().recordMessageDropped(DropReason.NO_HANDLER);
    }

    @Override
    public void threw(Object culprit, RuntimeException exception) {
        context.decide(() -> context.log().tell(culprit.getClass(), culprit.getClass().getName()
                + " threw, which costs the peer nothing: " + exception));
    }

    /* For the operator's side */

    AddressBook book() {
        return book;
    }

    Links links() {
        return links;
    }

    Dialer dialer() {
        return dialer;
    }

    Liveness liveness() {
        return liveness;
    }

    PeerViews views() {
        return views;
    }

    PeerContext context() {
        return context;
    }

    Optional<PeerId> localId() {
        return transports.localId();
    }

    /** Why the node neither listens nor dials; empty if it does. */
    String refusal() {
        return refusal;
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
