// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ippan.network.api.ListenAddress;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.health.PeerHealth;
import org.ippan.network.api.peers.EndCause;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerState;
import org.ippan.network.api.reputation.Standing;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.api.transport.WebSocketSnapshot;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.ScoreWords;

/** Whether the node finds its peers, has enough of them, and whether they answer. */
public final class PeerChecks {

    /** How many absent peers are tried. */
    private static final int MOST_TRIED = 32;
    private static final String PEERS = "peers";
    private static final Set<String> WEB_SOCKET = Set.of("ws", "wss");

    private final Look look;
    private final Optional<Probes> probes;

    public PeerChecks(Look look, Optional<Probes> probes) {
        this.look = look;
        this.probes = probes;
    }

    public Map<String, Consumer<Findings>> all() {
        Map<String, Consumer<Findings>> all = new HashMap<>();
        if (look.services().peers() != null) {
            all.putAll(Map.of("health", this::health, "membership", this::membership, "seeds", this::seeds));
        }
        if (look.now().peers() != null) {
            all.putAll(Map.of("peers", this::quorum, "advertise", this::advertise, "network-key", this::secondKey));
        }
        return all;
    }

    /**
     * A connected peer is proof enough, and so is one that is banned or refuses: these are told at a glance. The others
     * are tried.
     */
    private void seeds(Findings findings) {
        List<Peer> configured = look.services().peers().peers().stream().filter(Peer::configured).toList();
        List<Peer> absent = configured.stream().filter(peer -> !peer.connected()).toList();
        absent.stream().filter(PeerChecks::banned).forEach(peer -> findings.warn("seeds",
                nameAndAddress(peer) + " is not connected, because it is banned.",
                "Ask why by its name; pardon it if that was a mistake."));
        List<Peer> wanted = new ArrayList<>(absent);
        wanted.removeIf(peer -> banned(peer) || peer.health() == PeerHealth.LEFT);
        wanted.stream().filter(peer -> peer.endCause().lasts()).limit(MOST_TRIED)
                .forEach(peer -> tried(findings, peer, ""));
        wanted.removeIf(peer -> peer.endCause().lasts());
        // Where WebSocket is off a check of its own says so.
        List<Peer> strange = wanted.stream().filter(peer -> isNew(peer) && !isDialled(peer)
                && !WEB_SOCKET.contains(peer.address().scheme())).limit(MOST_TRIED).toList();
        strange.forEach(peer -> untried(findings, peer));
        wanted.removeAll(strange);
        probes.ifPresent(known -> {
            if (absent.isEmpty() && !configured.isEmpty()) {
                findings.ok("seeds", ScoreWords.count(configured.size(), "configured peer") + ", all connected.");
            }
            probe(findings, known, wanted);
        });
    }

    private static void probe(Findings findings, Probes known, List<Peer> wanted) {
        List<Peer> first = wanted.stream().limit(MOST_TRIED).toList();
        Map<PeerAddress, String> errors = known.errors(first.stream().map(Peer::address)
                .filter(address -> address.scheme().equals(PeerAddress.TCP)).distinct().toList());
        first.forEach(peer -> {
            if (errors.containsKey(peer.address())) {
                tried(findings, peer, errors.get(peer.address()));
            } else {
                untried(findings, peer);
            }
        });
        if (wanted.size() > first.size()) {
            findings.warn("seeds", ScoreWords.count(wanted.size() - first.size(), "more configured peer")
                    + " not connected, and not tried now.", "Ask about one of them by its name.");
        }
    }

    private static boolean banned(Peer peer) {
        return peer.score().standing() == Standing.BANNED;
    }

    /** For example {@code paris (2f1c9a3e) at 10.0.0.12:9700}; the address alone if there is no name. */
    private static String nameAndAddress(Peer peer) {
        String name = peer.name();
        return name.equals(peer.address().toString()) ? name : name + " at " + peer.address();
    }

    private static void tried(Findings findings, Peer peer, String error) {
        String where = nameAndAddress(peer);
        if (error.isEmpty()) {
            findings.warn("seeds", where + " is not connected, although something listens there"
                    + (peer.lastError().isEmpty() ? "." : ": " + peer.lastError() + "."), peer.endCause().advice(),
                    settings(peer.endCause()));
        } else {
            findings.warn("seeds", where + " is not connected and cannot be reached: " + error + ".",
                    "Check the address, whether the node runs, and the firewalls between.");
        }
    }

    /** A socket alone tells nothing of what is reached through a proxy. */
    private static void untried(Findings findings, Peer peer) {
        findings.warn("seeds", nameAndAddress(peer) + " is not connected: " + peer.absence() + ".",
                peer.endCause() == EndCause.NONE ? "Ask why by its name." : peer.endCause().advice(),
                settings(peer.endCause()));
    }

    /** Of this node, where one of them can be the cause. */
    private static String[] settings(EndCause cause) {
        return switch (cause) {
            case OTHER_NETWORK -> new String[] {setting(PEERS, "networkId")};
            case OTHER_KEY, RATE_LIMITED_THERE -> new String[] {setting(PEERS, "networkKey")};
            case NOT_ALLOWED -> new String[] {setting(PEERS, "allow")};
            default -> new String[0];
        };
    }

    private void quorum(Findings findings) {
        int connected = look.now().peers().connected();
        long wanted = look.services().number("gossip", "minPeers").orElse(1L);
        String text = ScoreWords.count(connected, "peer") + " connected";
        if (connected == 0 && look.now().peers().configured() == 0) {
            findings.warn("peers", text + ", and none is configured.",
                    "Add one, or wait for others to connect to this node.");
        } else if (connected == 0 && firstDials()) {
            findings.warn("peers", text + " yet: the configured ones are dialled for the first time.",
                    "Wait a few seconds.");
        } else if (connected == 0) {
            findings.fail("peers", text + ": messages go nowhere.", "See what is found about seeds.");
        } else if (connected < wanted) {
            findings.warn("peers", text + ", fewer than minPeers = " + wanted + ".",
                    "Add peers, or set a lower minPeers in org.ippan.network.gossip.", setting("gossip", "minPeers"));
        } else {
            findings.ok("peers", text + ".");
        }
    }

    /** Whether the node has only begun to look for the peers it is told to keep. */
    private boolean firstDials() {
        List<Peer> wanted = look.services().peers().peers().stream().filter(Peer::configured).toList();
        return wanted.stream().anyMatch(this::isDialled) && wanted.stream().allMatch(PeerChecks::isNew);
    }

    private static boolean isNew(Peer peer) {
        return peer.failedDials() == 0 && peer.endCause() == EndCause.NONE && peer.firstConnected().isEmpty();
    }

    /** Whether anything here dials addresses like that of a peer. */
    private boolean isDialled(Peer peer) {
        String scheme = peer.address().scheme();
        return scheme.equals(PeerAddress.TCP) || peer.state() == PeerState.DIALLING || WEB_SOCKET.contains(scheme)
                && look.services().text("transport.websocket", "enabled").equals(Optional.of("true"));
    }

    private void advertise(Findings findings) {
        String why = look.now().peers().unfindable();
        if (!why.isEmpty()) {
            findings.warn("advertise", "Peers that are told of this node cannot reach it: " + why + ".",
                    "Set advertise of org.ippan.network.peers to an address that they can dial.",
                    setting(PEERS, "advertise"));
        }
    }

    /** Who can join, where more than this machine reaches the node. */
    private void membership(Findings findings) {
        Optional<String> reached = bound().filter(each -> !each.isEmpty() && !ListenAddress.parse(each).loopback())
                .findFirst();
        if (reached.isEmpty()) {
            return;
        }
        String bound = reached.get();
        boolean open = look.services().text("peers", "mode").equals(Optional.of("open"));
        if (open && look.services().text("peers", "networkKey").equals(Optional.of(""))) {
            findings.warn("membership", "Any node that reaches " + bound + " can join the network: it has no key and no"
                    + " list of allowed peers.", "Set the same networkKey of org.ippan.network.peers on all nodes, or"
                            + " mode = allowlist; ippan:key and --new-key FILE make a key.",
                    setting(PEERS, "networkKey"), setting(PEERS, "mode"));
        }
        if (look.services().text("peers", "networkId").equals(Optional.of("default"))) {
            findings.warn("membership", "The network is still called default, like others that were never named.",
                    "Set the same networkId of org.ippan.network.peers on all nodes.", setting(PEERS, "networkId"));
        }
    }

    /** Two keys are for the time in which a network gets another one. */
    private void secondKey(Findings findings) {
        if (look.services().text("peers", "secondNetworkKey").filter(text -> !text.isEmpty()).isPresent()) {
            String peers = look.now().peers().secondKeyPeers();
            findings.warn("network-key", "Two network keys are accepted; "
                    + (peers.isEmpty() ? "no link began with the second one."
                            : "links that began with the second one: " + peers + "."),
                    "When every node has the new key as networkKey of org.ippan.network.peers, leave secondNetworkKey"
                            + " out everywhere.", setting(PEERS, "secondNetworkKey"));
        }
    }

    /** Where connections are accepted. */
    private Stream<String> bound() {
        return Stream.concat(Stream.ofNullable(look.now().transport()).map(TransportSnapshot::boundAddress),
                look.services().told(WebSocketSnapshot.class).map(WebSocketSnapshot::boundAddress));
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
