// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.core;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.peers.RoomLimit;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.CloseCause;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionFault;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Transports;
import org.ippan.network.peers.dial.Dialer;
import org.ippan.network.peers.handshake.Establishment;
import org.ippan.network.peers.handshake.Handshakes;
import org.ippan.network.peers.handshake.Twins;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.links.Liveness;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.session.SessionOwner;
import org.ippan.network.peers.settings.PeersSettings;
import org.ippan.network.peers.wire.Goodbye;

/**
 * Lets connections in, has others dialled, and decides what follows from what happens to them. Confined to the deciding
 * thread, but for what says otherwise.
 */
final class Connections implements SessionOwner, ConnectionAcceptor {

    /** Why the node serves no peer before it is told to. */
    static final String NOT_STARTED = "not started";

    private final PeerContext context;
    private final Links links;
    private final Liveness liveness;
    private final Runnable ended;
    private final Transports transports;
    private final Handshakes handshakes;
    private final Establishment establishment;
    private final Dialer dialer;
    private final Twins twins;
    private String reasonNotTo = NOT_STARTED;
    private volatile String refusal = reasonNotTo;

    /** None yet; each time one is gone, {@code ended} is run. */
    Connections(PeerContext context, AddressBook book, Links links, Liveness liveness, Runnable ended) {
        this.context = context;
        this.links = links;
        this.liveness = liveness;
        this.ended = ended;
        this.transports = new Transports(this, context::threw);
        this.twins = new Twins(context.outside().ticker());
        this.handshakes = new Handshakes(context, links, book, twins);
        this.establishment = new Establishment(context, links, liveness, twins, this);
        this.dialer = new Dialer(context, book, links, transports, this::newSession);
    }

    /** Lets connections in, or for a reason none; those there are stay. */
    void serve(String reason) {
        reasonNotTo = reason;
        refuseOrServe();
    }

    /** Judges anew whether to serve: a list of ids is worth nothing where ids are only claimed. */
    void refuseOrServe() {
        String now = !reasonNotTo.isEmpty() || !context.settings().allowlist() || transports.allAuthenticated()
                ? reasonNotTo : PeersSettings.LIST_NEEDS_TLS;
        boolean closes = !now.isEmpty() && refusal.isEmpty();
        refusal = now;
        transports.serve(now.isEmpty());
        if (closes) {
            closeAll("");
        }
    }

    /** Any thread: why the node neither listens nor dials; empty if it does. */
    String refusal() {
        return refusal;
    }

    /** Any thread: who this node is. */
    Optional<PeerId> localId() {
        return transports.localId();
    }

    Twins twins() {
        return twins;
    }

    Dialer dialer() {
        return dialer;
    }

    Transports transports() {
        return transports;
    }

    void addTransport(Set<String> schemes, Transport transport) {
        leave(transports.put(schemes, transport));
        refuseOrServe();
    }

    void removeTransport(Transport transport) {
        leave(transports.put(Set.of(), transport));
    }

    private void leave(Set<String> schemes) {
        links.sessions().stream().filter(session -> session.connection() != null
                && schemes.contains(session.connection().remoteAddress().scheme()))
                .forEach(session -> links.close(session, GoodbyeReason.SHUTDOWN, 0, "the transport stops"));
    }

    void closeAll(String text) {
        links.sessions().forEach(session -> links.close(session, GoodbyeReason.SHUTDOWN, 0, text));
    }

    @Override
    public boolean admits(InetAddress remote) {
        if (!refusal.isEmpty()) {
            return false;
        }
        boolean room = context.settings().limits().exempt().contains(remote) || context.guard().admits(remote);
        if (!room) {
            context.counters().roomRefused(RoomLimit.FAILED_HANDSHAKES);
        }
        return room;
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
        dialer.failed(session, new Ending(EndCause.UNREACHABLE, reason));
        ended.run();
    }

    @Override
    public void opened(Session session) {
        links.add(session);
        Optional<PeerId> self = transports.localId();
        if (!refusal.isEmpty() || self.isEmpty() || session.stage() != Session.Stage.NEW
                || transports.hasLeft(session.connection().remoteAddress())) {
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
        // A stranger may say so of any node: only who this node chose to dial, or an operator named, is believed.
        if (goodbye.sharedIdentity() && (session.dialled() || links.isConfigured(session))) {
            String where = session.connection().remoteAddress().toString();
            twins.own(where);
            context.log().tell(twins, "Another living node uses the identity of this node, as the peer at " + where
                    + " says: " + goodbye.text() + ". Give one of them an identity of its own");
        }
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
            case KEY_UPDATES, CONTROL_RATE -> fail(session, Cause.RATE_LIMIT, GoodbyeReason.RATE_LIMIT, detail);
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
            links.blame(session, null);
        }
        long linked = links.gone(session, detail);
        if (session.dialled()) {
            dialer.ended(session, linked, session.ending(EndCause.LOST, detail));
        }
        ended.run();
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
    public void threw(Object culprit, Throwable failure) {
        context.threw(culprit, failure);
    }
}
