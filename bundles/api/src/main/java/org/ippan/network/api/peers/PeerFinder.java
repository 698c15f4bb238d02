// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ippan.network.api.Credentials;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationScore;
import org.ippan.network.api.reputation.Standing;

/**
 * Finds out who is meant by what an operator wrote: the same rules and the same words wherever a peer is asked for.
 * Keeps nothing; safe for any thread.
 *
 * @param peers knows who is connected, configured or known from before; empty while it is absent
 * @param reputation knows who was judged besides; empty while it is absent
 */
public record PeerFinder(Optional<PeerDirectory> peers, Optional<ReputationManager> reputation) {

    private static final int SHORTEST = 8;
    private static final int MOST_NAMED = 10;
    private static final PeerAddress NOWHERE = PeerAddress.tcp("unknown", 0);

    /**
     * The one peer that is meant.
     *
     * @param who its alias, its address, at least 8 digits of its id, or the whole id of a stranger
     * @return what is known of it; the port of its address is 0 if none is known
     * @throws IllegalArgumentException if no peer, more than one or this node itself is meant, saying which could be
     */
    public Peer find(String who) {
        Objects.requireNonNull(who, "who");
        String wanted = who.strip();
        List<Peer> known = known();
        List<Peer> meant = known.stream().filter(peer -> means(peer, wanted)).toList();
        if (meant.isEmpty() && isItself(wanted)) {
            throw new IllegalArgumentException(wanted + " is this node itself, which is no peer of its own; "
                    + could(known));
        }
        if (meant.isEmpty() && wanted.length() == 2 * PeerId.LENGTH) {
            return stranger(PeerId.parse(wanted));
        }
        if (meant.size() != 1) {
            throw new IllegalArgumentException((meant.isEmpty() ? "no peer is known as '" : "more than one peer is '")
                    + Credentials.hidden(wanted) + "'; " + could(meant.isEmpty() ? known : meant));
        }
        return meant.get(0);
    }

    private static String could(List<Peer> mean) {
        return (mean.isEmpty() ? "no peers are known" : "there are " + named(mean))
                + ". Give an alias, an address, or 8 or more digits of the id";
    }

    private boolean isItself(String wanted) {
        String digits = wanted.toLowerCase(Locale.ROOT);
        return digits.length() >= SHORTEST && peers.flatMap(PeerDirectory::localId)
                .filter(own -> own.toString().startsWith(digits)).isPresent();
    }

    /**
     * The id of the peer that is meant.
     *
     * @param who as for {@link #find}
     * @return its id
     * @throws IllegalArgumentException if no peer or more than one is meant, or its id is not known yet
     */
    public PeerId id(String who) {
        return find(who).id().orElseThrow(() -> new IllegalArgumentException("no peer has answered at " + who.strip()
                + " yet, so it has no id"));
    }

    /**
     * The address that is meant, by itself or by the peer that is there.
     *
     * @param where any {@code host:port}, or a peer as for {@link #find}
     * @return the address
     * @throws IllegalArgumentException if it is neither, or no address of the peer is known
     */
    public PeerAddress address(String where) {
        Objects.requireNonNull(where, "where");
        if (where.indexOf(':') >= 0) {
            return PeerAddress.parse(where.strip());
        }
        PeerAddress known = find(where).address();
        if (known.port() == 0) {
            throw new IllegalArgumentException("no address of " + where.strip() + " is known");
        }
        return known;
    }

    /** All that are connected, configured, known from before, or judged. */
    private List<Peer> known() {
        List<Peer> known = new ArrayList<>(peers.map(PeerDirectory::peers).orElse(List.of()));
        reputation.map(ReputationManager::peers).orElse(List.of()).stream().filter(id -> !isItself(id.toString()))
                .filter(id -> known.stream().noneMatch(peer -> peer.id().filter(id::equals).isPresent())).toList()
                .forEach(id -> known.add(stranger(id)));
        return known;
    }

    private static boolean means(Peer peer, String wanted) {
        String digits = wanted.toLowerCase(Locale.ROOT);
        return !wanted.isEmpty() && (peer.alias().equals(wanted) || isAt(peer.address(), wanted)
                || digits.length() >= SHORTEST && peer.id().filter(id -> id.toString().startsWith(digits)).isPresent());
    }

    /** However the address is written: its host has no case. */
    private static boolean isAt(PeerAddress address, String wanted) {
        try {
            return wanted.indexOf(':') >= 0 && PeerAddress.parse(wanted).equals(address);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String named(List<Peer> peers) {
        String names = peers.stream().limit(MOST_NAMED).map(Peer::name).collect(Collectors.joining(", "));
        return peers.size() > MOST_NAMED ? names + " and " + (peers.size() - MOST_NAMED) + " more" : names;
    }

    private Peer stranger(PeerId id) {
        ReputationScore score = reputation.map(known -> known.score(id)).orElse(ReputationScore.NEUTRAL);
        return new Peer(Optional.of(id), "", NOWHERE, false, Direction.NONE, false, Optional.empty(),
                Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, "its address is not known", "",
                CircuitState.CLOSED, EndCause.NONE, "", Optional.empty(), 0, 0,
                score, PeerHealth.UNKNOWN,
                score.standing() == Standing.BANNED ? PeerState.BANNED : PeerState.WAITING);
    }
}
