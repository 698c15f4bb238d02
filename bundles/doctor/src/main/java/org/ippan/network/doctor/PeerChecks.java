// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.peers.Peer;

/** Whether the node finds its peers, has enough of them, and whether they answer. */
final class PeerChecks {

    /** How many absent peers are tried. */
    private static final int MOST_TRIED = 32;

    private final Look look;
    private final Probes probes;

    PeerChecks(Look look, Probes probes) {
        this.look = look;
        this.probes = probes;
    }

    Map<String, Consumer<Findings>> all() {
        return look.services().peers() == null ? Map.of()
                : Map.of("seeds", this::seeds, "peers", this::quorum, "health", this::health);
    }

    /** A connected peer is proof enough; the others are tried. */
    private void seeds(Findings findings) {
        List<Peer> configured = look.services().peers().peers().stream().filter(Peer::configured).toList();
        List<Peer> absent = configured.stream().filter(peer -> !peer.connected()).toList();
        List<Peer> tried = absent.stream().filter(peer -> peer.address().scheme().equals(PeerAddress.TCP))
                .limit(MOST_TRIED).toList();
        Map<PeerAddress, String> errors = probes.errors(tried.stream().map(Peer::address).distinct().toList());
        for (Peer peer : tried) {
            String where = PeerFinder.nameAndAddress(peer);
            String error = errors.get(peer.address());
            if (error.isEmpty()) {
                findings.warn("seeds", where + " is not connected, although something listens there"
                        + (peer.lastError().isEmpty() ? "." : ": " + peer.lastError() + "."),
                        "See that it is a node of the same networkId and networkKey, with TLS as here.");
            } else {
                findings.warn("seeds", where + " is not connected and cannot be reached: " + error + ".",
                        "Check the address, whether the node runs, and the firewalls between.");
            }
        }
        if (absent.size() > tried.size()) {
            findings.warn("seeds", ScoreWords.count(absent.size() - tried.size(), "more configured peer")
                    + " not connected, and not tried now.", "Ask about one of them by its name.");
        }
        if (absent.isEmpty() && !configured.isEmpty()) {
            findings.ok("seeds", ScoreWords.count(configured.size(), "configured peer") + ", all connected.");
        }
    }

    private void quorum(Findings findings) {
        int connected = look.now().peers().connected();
        long wanted = look.services().number("gossip", "minPeers").orElse(1L);
        String text = ScoreWords.count(connected, "peer") + " connected";
        if (connected == 0 && look.now().peers().configured() == 0) {
            findings.warn("peers", text + ", and none is configured.",
                    "Add one, or wait for others to connect to this node.");
        } else if (connected == 0) {
            findings.fail("peers", text + ": messages go nowhere.", "See what is found about seeds.");
        } else if (connected < wanted) {
            findings.warn("peers", text + ", fewer than minPeers = " + wanted + ".",
                    "Add peers, or set a lower minPeers in org.ippan.network.gossip.");
        } else {
            findings.ok("peers", text + ".");
        }
    }

    private void health(Findings findings) {
        List<PeerId> unhealthy = look.services().health() == null ? List.of()
                : look.services().health().unhealthyPeers();
        if (unhealthy.isEmpty()) {
            findings.ok("health", "No peer is unhealthy.");
        } else {
            findings.warn("health", ScoreWords.count(unhealthy.size(), "peer") + " unhealthy: " + unhealthy.stream()
                    .limit(MOST_TRIED).map(PeerId::shortForm).collect(Collectors.joining(", ")) + ".",
                    "Ask why, by the id; connections that do not answer are closed and opened again.");
        }
    }
}
