// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.CircuitState;
import org.ippan.network.api.peers.Direction;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.reputation.ReputationScore;

/** Finds out who is meant by what an operator wrote. */
final class PeerFinder {

    /** Where a peer is that is only known by how it behaved. */
    static final PeerAddress NOWHERE = PeerAddress.tcp("unknown", 0);

    private static final int SHORTEST = 8;
    private static final int MOST_NAMED = 10;

    private PeerFinder() {
    }

    /**
     * The one peer that is meant.
     *
     * @param who its id, at least 8 digits of it, its alias or its address
     * @throws IllegalArgumentException if nobody or more than one is meant, saying who could be
     */
    static Peer find(Services services, String who) {
        String wanted = who.strip();
        List<Peer> known = known(services);
        List<Peer> meant = known.stream().filter(peer -> means(peer, wanted)).toList();
        if (meant.isEmpty() && wanted.length() == 2 * PeerId.LENGTH) {
            return stranger(services, PeerId.parse(wanted));
        }
        if (meant.size() != 1) {
            List<Peer> could = meant.isEmpty() ? known : meant;
            throw new IllegalArgumentException((meant.isEmpty() ? "nobody is known as '" : "more than one peer is '")
                    + wanted + "'; " + (could.isEmpty() ? "no peers are known" : "there are " + named(could))
                    + ". Give an alias, an address, or 8 or more digits of the id");
        }
        return meant.get(0);
    }

    /** Everybody connected, configured, known from before, or judged. */
    private static List<Peer> known(Services services) {
        List<Peer> known = new ArrayList<>(services.peers() == null ? List.of() : services.peers().peers());
        if (services.reputation() != null) {
            services.reputation().peers().stream()
                    .filter(id -> known.stream().noneMatch(peer -> peer.id().filter(id::equals).isPresent())).toList()
                    .forEach(id -> known.add(stranger(services, id)));
        }
        return known;
    }

    private static boolean means(Peer peer, String wanted) {
        String digits = wanted.toLowerCase(Locale.ROOT);
        return !wanted.isEmpty() && (peer.alias().equals(wanted) || peer.address().toString().equals(wanted)
                || digits.length() >= SHORTEST && peer.id().filter(id -> id.toString().startsWith(digits)).isPresent());
    }

    private static String named(List<Peer> peers) {
        String names = peers.stream().limit(MOST_NAMED).map(PeerFinder::name).collect(Collectors.joining(", "));
        return peers.size() > MOST_NAMED ? names + " and " + (peers.size() - MOST_NAMED) + " more" : names;
    }

    /** How sentences call a peer: by alias, short id or address, for example {@code paris (2f1c9a3e)}. */
    static String name(Peer peer) {
        Optional<String> id = peer.id().map(PeerId::shortForm);
        return Stream.of(Optional.of(peer.alias()).filter(alias -> !alias.isEmpty())
                        .map(alias -> alias + id.map(known -> " (" + known + ")").orElse("")), id)
                .flatMap(Optional::stream).findFirst().orElse(peer.address().toString());
    }

    /** For example {@code paris (2f1c9a3e) at 10.0.0.12:9700}; the address alone if there is no name. */
    static String nameAndAddress(Peer peer) {
        String name = name(peer);
        return name.equals(peer.address().toString()) ? name : name + " at " + peer.address();
    }

    private static Peer stranger(Services services, PeerId id) {
        return new Peer(Optional.of(id), "", NOWHERE, false, Direction.NONE, false, Optional.empty(),
                Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, "its address is not known", "",
                CircuitState.CLOSED, "", Optional.empty(), 0, 0,
                services.reputation() == null ? ReputationScore.NEUTRAL : services.reputation().score(id),
                services.health() == null ? PeerHealth.UNKNOWN : services.health().health(id));
    }
}
