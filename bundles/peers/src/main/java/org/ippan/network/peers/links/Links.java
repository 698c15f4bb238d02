// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.links;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.NetSet;
import org.ippan.network.api.address.Prefix;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.metrics.DropReason;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.GoodbyeReason;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.transport.Connection;
import org.ippan.network.peers.address.ToldAddress;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.session.Link;
import org.ippan.network.peers.session.Session;
import org.ippan.network.peers.settings.Failures;
import org.ippan.network.peers.wire.Goodbye;

/**
 * All connections, those that became links, and the peers they lead to. Changed by the deciding thread; the peers may
 * be read by any.
 */
public final class Links {

    private final PeerContext context;
    private final AddressBook book;
    private final Map<PeerId, KnownPeer> peers = new ConcurrentHashMap<>();
    private final Set<Session> sessions = new LinkedHashSet<>();

    public Links(PeerContext context, AddressBook book) {
        this.context = context;
        this.book = book;
    }

    public void add(Session session) {
        sessions.add(session);
    }

    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    public Collection<KnownPeer> peers() {
        return peers.values();
    }

    /** Everything known about a peer that was connected, or null. */
    public KnownPeer peer(PeerId id) {
        return peers.get(id);
    }

    public boolean isConnected(PeerId id) {
        KnownPeer peer = peers.get(id);
        return peer != null && peer.connected();
    }

    /** The established links. */
    public List<Session> established() {
        return sessions.stream().filter(session -> session.stage() == Session.Stage.ESTABLISHED).toList();
    }

    /** Whether an operator wants this connection, by the address dialled or by who is there. */
    public boolean isConfigured(Session session) {
        return session.target() != null && session.target().configured()
                || session.theirs() != null && book.isConfigured(session.theirs().peerId());
    }

    /** The links with peers no operator wants: they count against the limits. */
    public Room room() {
        return new Room(context.settings().limits(), sessions.stream().filter(this::counts).toList());
    }

    private boolean counts(Session session) {
        return (session.stage() == Session.Stage.GREETED || session.stage() == Session.Stage.ESTABLISHED)
                && !isConfigured(session);
    }

    /** Where this node is connected to or is dialling. */
    public Set<Object> regions() {
        Set<Object> regions = new LinkedHashSet<>();
        for (Session session : sessions) {
            Connection connection = session.connection();
            if (connection != null) {
                regions.add(Prefix.region(connection.remoteIp()));
            } else if (session.target() != null) {
                regions.add(region(session.target()));
            }
        }
        return regions;
    }

    /** The part of the world an address lies in: a prefix, or its name where there is one. */
    public static Object region(KnownAddress known) {
        String host = known.address().host();
        return NetSet.address(host).<Object>map(Prefix::region).orElse(host);
    }

    /** The addresses of this machine that links use. */
    public Set<InetAddress> localIps() {
        Set<InetAddress> ips = new LinkedHashSet<>();
        established().forEach(session -> session.connection().localIp().ifPresent(ips::add));
        return ips;
    }

    /** Whether a peer is linked by an address that the whole world can dial. */
    public boolean reachesPublicPeers() {
        return established().stream().anyMatch(session -> !ToldAddress.isPrivate(session.connection().remoteIp()));
    }

    /* Up and down */

    /** A connection became a link. */
    public void up(Session session, Link link) {
        PeerId id = link.peer();
        Instant now = context.outside().clock().instant();
        session.establish(link);
        PeerAddress reachedAt = remember(session, id, now.toEpochMilli());
        KnownPeer peer = peers.computeIfAbsent(id, key -> new KnownPeer(key, reachedAt, now));
        boolean first = !peer.connected();
        peer.up(session, reachedAt);
        context.counters().handshakes.increment();
        context.services().metrics().recordConnectionOpened();
        if (first) {
            String text = (session.dialled() ? "connected to " : "accepted from ") + peer.address()
                    + (peer.agent().isEmpty() ? "" : ", " + peer.agent());
            context.services().tell(NetworkEvent.of(EventType.PEER_UP, id, text));
            context.log().tell(id, "Peer " + id.shortForm() + " is up: " + text);
        }
    }

    /** Who is at a dialled address is known, also if another connection to the same peer stays: no second dial. */
    public void identify(Session session) {
        if (session.target() != null) {
            session.target().prove();
            book.learn(session.target().address(), session.theirs().peerId(), context.outside().clock().millis());
        }
    }

    /** Where the peer may be found again. */
    private PeerAddress remember(Session session, PeerId id, long wallMillis) {
        if (session.target() != null) {
            session.target().circuit().connected();
            return session.target().address();
        }
        int port = session.theirs().listenPort();
        PeerAddress remote = session.connection().remoteAddress();
        if (port == 0) {
            return remote;
        }
        PeerAddress told = new PeerAddress(remote.scheme(), remote.host(), port, "");
        boolean free = book.find(told).map(known -> known.id() == null ? !known.configured() : id.equals(known.id()))
                .orElse(!book.isConfigured(id));
        if (free) {
            book.claimed(told, id, wallMillis, context.settings().maxBook(),
                    context.settings().limits().exempt().contains(session.connection().remoteIp()));
        }
        return told;
    }

    /** A link is one no longer; gives how long it was. */
    private void down(Session session, Ending why) {
        PeerId id = session.link().peer();
        KnownPeer peer = peers.get(id);
        if (peer == null || !peer.links().contains(session)) {
            return;
        }
        peer.down(session, context.outside().clock().instant(), why);
        session.link().heartbeat().failAskers("the link ended");
        if (session.target() != null) {
            session.target().roundTripNanos(session.link().roundTripNanos());
        }
        context.services().metrics().recordConnectionClosed();
        if (!peer.connected()) {
            context.services().tell(NetworkEvent.of(EventType.PEER_DOWN, id, why.text()));
            long seconds = TimeUnit.NANOSECONDS.toSeconds(context.now() - session.link().upSince());
            context.log().tell(id, "Peer " + id.shortForm() + " is down after " + seconds + " s: " + why.text());
            if (why.cause() == EndCause.LEFT
                    || why.cause() == EndCause.DISCONNECTED && !book.isConfigured(id)) {
                context.services().forget(id);
            }
            forgetOldest();
        }
    }

    /** Peers that are gone and not in the book are remembered up to the same limit. */
    private void forgetOldest() {
        int limit = context.settings().maxBook() + context.settings().limits().connections();
        if (peers.size() > limit) {
            peers.values().stream().filter(peer -> !peer.connected())
                    .min((one, other) -> one.lastSeen().compareTo(other.lastSeen()))
                    .ifPresent(peer -> peers.remove(peer.id()));
        }
    }

    /** Closes a connection and says why. */
    public void close(Session session, GoodbyeReason reason, long retryAfterSeconds, String text) {
        close(session, reason, retryAfterSeconds, new Ending(EndCause.of(reason), text));
    }

    /** Closes a connection for a cause that the reason told on the wire does not name exactly. */
    public void close(Session session, GoodbyeReason reason, long retryAfterSeconds, Ending why) {
        if (session.close(reason, retryAfterSeconds, why)) {
            context.counters().goodbyeSent(reason);
            // Nothing is refused where this node stops, or an operator removes the peer.
            if (session.link() == null && session.connection() != null && reason != GoodbyeReason.DUPLICATE
                    && why.cause() != EndCause.DISCONNECTED) {
                context.log().tell(Prefix.host(session.connection().remoteIp()), "Handshake with "
                        + session.connection().remoteAddress() + " refused: " + why.text());
            }
        }
        if (session.link() != null) {
            down(session, session.ending(why.cause(), why.detail()));
        }
    }

    /** The peer closes. */
    public void leave(Session session, Goodbye goodbye) {
        context.counters().goodbyeReceived(goodbye.reason());
        session.leave(goodbye);
        if (session.link() != null) {
            down(session, session.ending(EndCause.LOST, ""));
        }
    }

    /** The connection is gone; negative if it never was a link, else how long it was one. */
    public long gone(Session session, String detail) {
        sessions.remove(session);
        session.gone();
        if (session.link() == null) {
            return -1;
        }
        down(session, session.ending(EndCause.LOST, detail));
        return context.now() - session.link().upSince();
    }

    /* Blame */

    /** The peer broke the protocol: the stream is lost. */
    public void violated(Session session, DropReason drop, String detail) {
        context.services().metrics().recordMessageDropped(drop);
        if (session.stage() != Session.Stage.CLOSING && session.stage() != Session.Stage.CLOSED) {
            PeerId proven = session.provenId();
            if (proven == null) {
                blame(session, null);
            } else {
                context.services().invalid(proven, Cause.PROTOCOL_ERROR);
            }
            close(session, GoodbyeReason.PROTOCOL_ERROR, 0, detail);
        }
    }

    /** A peer did wrong before it showed that it belongs here: the address counts, and who it claims to be or null. */
    public void blame(Session session, PeerId claimed) {
        InetAddress ip = session.connection().remoteIp();
        PeerId peer = session.connection().provenId().orElse(claimed);
        Failures limits = context.settings().failures();
        if (!session.dialled() && !context.settings().limits().exempt().contains(ip)
                && context.guard().failed(ip, peer)) {
            context.log().tell(Prefix.host(ip), "Rejecting peers at " + ip.getHostAddress() + " whose handshake failed"
                    + " for " + TimeUnit.NANOSECONDS.toSeconds(limits.blockNanos()) + " s, but for one try a minute:"
                    + " more than " + limits.perMinute() + " handshakes from there failed within 60 s (wrong network"
                    + " key?). Other peers there may connect. See failuresPerMinute, failureBlockSeconds and"
                    + " exemptNets");
        }
    }

    /** How long a peer at a blocked address is not heard; 0 if it is. */
    public long refusedNanos(Session session, PeerId peer) {
        InetAddress ip = session.connection().remoteIp();
        return session.dialled() || context.settings().limits().exempt().contains(ip) ? 0
                : context.guard().refusedNanos(ip, peer);
    }

    /** The peer failed, which costs little. */
    public void failed(Session session, Cause cause) {
        PeerId proven = session.provenId();
        if (proven != null) {
            context.services().failure(proven, cause);
        }
    }
}
