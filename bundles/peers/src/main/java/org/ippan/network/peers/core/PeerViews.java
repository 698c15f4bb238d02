// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.address.AddressSource;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.peers.book.AddressBook;
import org.ippan.network.peers.book.Ending;
import org.ippan.network.peers.book.KnownAddress;
import org.ippan.network.peers.context.Counters;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.exchange.OwnRecord;
import org.ippan.network.peers.handshake.Twins;
import org.ippan.network.peers.links.KnownPeer;
import org.ippan.network.peers.links.Links;
import org.ippan.network.peers.session.Link;
import org.ippan.network.peers.session.Session;

/** What others see of the peers: built on the thread that asks, from what the deciding thread has made visible. */
final class PeerViews {

    /** So many peers are named in one text. */
    private static final int MOST_NAMED = 8;

    private final PeerContext context;
    private final AddressBook book;
    private final Links links;
    private final Twins twins;
    private final OwnRecord own;

    PeerViews(PeerContext context, AddressBook book, Links links, Twins twins, OwnRecord own) {
        this.context = context;
        this.book = book;
        this.links = links;
        this.twins = twins;
        this.own = own;
    }

    /** Everyone, connected ones first, then configured ones. */
    List<Peer> all() {
        Map<Object, Peer> views = new HashMap<>();
        for (KnownAddress known : book.all()) {
            Peer view = view(known, known.id() == null ? null : links.peer(known.id()));
            views.merge(view.id().<Object>map(id -> id).orElse(known.address()), view, PeerViews::better);
        }
        for (KnownPeer peer : links.peers()) {
            views.computeIfAbsent(peer.id(), id -> view(null, peer));
        }
        List<Peer> sorted = new ArrayList<>(views.values());
        sorted.sort(Comparator.comparing((Peer peer) -> !peer.connected()).thenComparing(peer -> !peer.configured())
                .thenComparing(peer -> peer.address().toString()));
        return List.copyOf(sorted);
    }

    /** Of two addresses of one peer, the one an operator wants, else the one that was dialled. */
    private static Peer better(Peer one, Peer other) {
        if (one.configured() != other.configured()) {
            return one.configured() ? one : other;
        }
        return one.endCause() == EndCause.NONE ? one : other;
    }

    private Peer view(KnownAddress known, KnownPeer peer) {
        Session session = peer == null || !peer.connected() ? null : peer.links().get(0);
        Link link = session == null ? null : session.link();
        Instant now = context.outside().clock().instant();
        long nanos = context.now();
        Optional<PeerId> id = peer != null ? Optional.of(peer.id()) : Optional.ofNullable(known.id());
        Ending ending = ending(known, peer);
        ReputationScore score = id.map(context.services()::score).orElse(ReputationScore.NEUTRAL);
        PeerAddress address = link != null || known == null ? peer.address() : known.address();
        return new Peer(id, known == null ? "" : known.alias(), address, known != null && known.configured(),
                link == null ? Direction.NONE : link.dialled() ? Direction.OUTBOUND : Direction.INBOUND, link != null,
                Optional.ofNullable(peer).map(KnownPeer::firstConnected), lastSeen(known, peer, link, now, nanos),
                link == null ? Duration.ZERO : Duration.ofNanos(nanos - link.upSince()),
                link == null ? Duration.ZERO : Duration.ofNanos(link.roundTripNanos()),
                link == null ? Duration.ZERO : Duration.ofNanos(link.timeoutNanos()),
                link == null ? 0 : link.heartbeat().misses(), reason(known, link),
                peer == null ? "" : peer.agent(), circuit(known, link), ending.cause(), ending.text(),
                nextTry(known, link, now, nanos), known == null ? 0 : known.failedDials(),
                link == null ? 0 : link.queuedBytes(),
                score, link == null && hasLeft(peer) ? PeerHealth.LEFT
                        : id.map(context.services()::health).orElse(PeerHealth.UNKNOWN),
                link == null ? away(known, peer, score) : PeerState.CONNECTED);
    }

    private static PeerState away(KnownAddress known, KnownPeer peer, ReputationScore score) {
        if (score.standing() == Standing.BANNED) {
            return PeerState.BANNED;
        }
        if (peer != null && peer.ending().cause() != EndCause.DISCONNECTED) {
            return hasLeft(peer) ? PeerState.LEFT : PeerState.LOST;
        }
        return known != null && known.circuit().isDialling() ? PeerState.DIALLING : PeerState.WAITING;
    }

    /** Whether it said goodbye when its last link ended, whatever came of dials since. */
    private static boolean hasLeft(KnownPeer peer) {
        return peer != null && peer.ending().cause() == EndCause.LEFT;
    }

    private static Optional<Instant> lastSeen(KnownAddress known, KnownPeer peer, Link link, Instant now, long nanos) {
        if (link != null) {
            return Optional.of(now.minusNanos(nanos - link.lastReadNanos()));
        }
        if (peer != null) {
            return Optional.of(peer.lastSeen());
        }
        return known.lastSuccessMillis() == 0 ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(known.lastSuccessMillis()));
    }

    private static String reason(KnownAddress known, Link link) {
        if (link != null && !link.dialled()) {
            return "it dialled this node";
        }
        return known == null ? "its address is not known" : known.reason();
    }

    private static CircuitState circuit(KnownAddress known, Link link) {
        return known == null || link != null ? CircuitState.CLOSED : known.circuit().state();
    }

    private static Ending ending(KnownAddress known, KnownPeer peer) {
        if (known != null && known.ending() != Ending.NONE) {
            return known.ending();
        }
        return peer == null ? Ending.NONE : peer.ending();
    }

    private static Optional<Instant> nextTry(KnownAddress known, Link link, Instant now, long nanos) {
        return known == null || link != null || !known.circuit().isWaiting() ? Optional.empty()
                : Optional.of(now.plusNanos(Math.max(0, known.circuit().nextTry() - nanos)));
    }

    PeersSnapshot snapshot(Optional<PeerId> self, String refusal) {
        Counters counters = context.counters();
        List<Link> up = links.peers().stream().flatMap(peer -> peer.links().stream()).map(Session::link).toList();
        int inbound = (int) up.stream().filter(link -> !link.dialled()).count();
        int connected = (int) links.peers().stream().filter(KnownPeer::connected).count();
        return new PeersSnapshot(self.map(PeerId::toString).orElse(""), refusal, connected, inbound,
                up.size() - inbound, all().size(), count(KnownAddress::configured),
                count(known -> known.circuit().state() == CircuitState.OPEN), counters.dials.sum(),
                counters.dialFailures.sum(), counters.handshakes.sum(), counters.handshakesRefused.sum(),
                counters.roomRefused(), context.guard().blocked(),
                counters.secondKeyHandshakes.sum(), secondKeyPeers(),
                counters.duplicatesClosed.sum(), twins.own(), twins.shared(), own.told(), own.unfindable(),
                book.saveError(), counters.pingsSent.sum(), counters.pingsMissed.sum(),
                counters.localFaults.sum(), counters.framesWithoutHandler.sum(), addresses(),
                counters.addressRequestsSent.sum(), counters.addressAnswers.sum(),
                counters.addressAnswersIgnored.sum(), counters.addressRequestsServed.sum(),
                counters.addressRequestsIgnored.sum(), counters.addressRecordsTaken.sum(),
                counters.addressesDropped(), counters.goodbyesSent(),
                counters.goodbyesReceived());
    }

    /** A link keeps the key that it began with, so each is compared with the second key of now. */
    private String secondKeyPeers() {
        byte[] second = context.settings().network().secondKey();
        List<String> names = second == null ? List.of() : links.peers().stream()
                .filter(peer -> peer.links().stream().anyMatch(each -> Arrays.equals(each.provedKey(), second)))
                .map(peer -> peer.id().shortForm()).sorted().toList();
        String first = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMED)));
        return names.size() <= MOST_NAMED ? first : first + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private Map<AddressSource, Long> addresses() {
        Map<AddressSource, Long> sizes = new EnumMap<>(AddressSource.class);
        for (AddressSource source : AddressSource.values()) {
            sizes.put(source, 0L);
        }
        book.all().forEach(known -> sizes.merge(known.source(), 1L, Long::sum));
        return sizes;
    }

    private int count(Predicate<KnownAddress> which) {
        return (int) book.all().stream().filter(which).count();
    }
}
