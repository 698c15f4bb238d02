// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.Verdict;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Applies;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.node.IppanNode;
import org.ippan.network.testkit.Eventually;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every key of a node is toggled under traffic: no connection is lost, no message lost or doubled.
 * {@code -Dtoggle.rounds=50} for longer.
 */
@Tag(Nodes.WAITING)
class ToggleIT {

    private static final int ROUNDS = Integer.getInteger("toggle.rounds", 2);
    private static final boolean LONG = ROUNDS > 2;
    private static final int WARM_UP_MESSAGES = 500;
    private static final int MOST_PROBLEMS_SHOWN = 100;
    private static final String PREFIX = "org.ippan.network.";
    private static final String PEERS = PREFIX + "peers";
    private static final String WEB = PREFIX + "web";
    private static final String WEB_SOCKET = PREFIX + "transport.websocket";
    /** They have listeners of their own. */
    private static final Set<String> LISTENING_APART = Set.of(WEB, WEB_SOCKET);
    private static final String NAMED_FIRST = PEERS + ".peer~first";
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "configuration.md");

    /** Mode direct passes nothing on: in a chain, that is its purpose. */
    private static final Set<String> NOT_IN_A_CHAIN = Set.of("gossip:relayMode");

    /** A stranger's id, for lists that have to differ without excluding anybody. */
    private static final String STRANGER = "ab".repeat(32);

    private static final String OPTIONAL = "discovery\\..*|nat|eventadmin|chaos";

    /** Is refused without networkKey, which these nodes do not have; {@link RollOverIT} changes both. */
    private static final String SECOND_KEY = "secondNetworkKey";

    @RegisterExtension
    final Nodes nodes = new Nodes();

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private volatile String stage = "warm-up";

    /**
     * Nodes that are all connected: the toggled one changes how it relays, and none misses anything. Every build
     * toggles here what cannot be toggled in a chain; more rounds toggle every key in both.
     */
    @Test
    void shouldLoseNothingInAMeshWhileEveryKeyIsToggled() {
        IppanNode first = nodes.embed("first");
        IppanNode toggled = nodes.embed("toggled", Nodes.address(first));
        IppanNode third = nodes.embed("third", Nodes.address(first), Nodes.address(toggled));

        List<String> covered = toggleAll(first, toggled, third, key -> LONG || NOT_IN_A_CHAIN.contains(key));

        assertEquals(LONG ? documented() : NOT_IN_A_CHAIN, new TreeSet<>(covered));
    }

    /** What the outer nodes say to each other goes through the toggled one, with no other way round it. */
    @Test
    void shouldLoseNothingInAChainWhileEveryKeyIsToggled() {
        IppanNode first = nodes.embed("first");
        IppanNode toggled = nodes.embed("toggled", Nodes.address(first));
        IppanNode third = nodes.embed("third", Nodes.address(toggled));

        List<String> covered = toggleAll(first, toggled, third, key -> !NOT_IN_A_CHAIN.contains(key));

        Set<String> expected = documented();
        expected.removeAll(NOT_IN_A_CHAIN);
        assertEquals(expected, new TreeSet<>(covered));
    }

    /** The keys that were toggled. */
    private List<String> toggleAll(IppanNode first, IppanNode toggled, IppanNode third, Predicate<String> which) {
        List<IppanNode> all = List.of(first, toggled, third);
        Nodes.awaitPeers(toggled, 2);
        toggled.set(PEERS, "allow", first.id() + "," + third.id());
        toggled.set(NAMED_FIRST, "address", Nodes.address(first));
        toggled.set(WEB, "listenAddress", Nodes.ANY_PORT);
        // Without one there is no door.
        toggled.set(WEB, "token", "the-token-while-others-are-toggled");
        toggled.validate("*", message -> Verdict.ACCEPT);
        Eventually.until("the named peer is there", Nodes.SOON, () -> toggled.findAll(Configurable.class).stream()
                .anyMatch(configurable -> configurable.settings().schema().pid().equals(NAMED_FIRST)));
        String identity = identity("toggled");
        toggled.set(WEB_SOCKET, Map.of("enabled", "true", "listenAddress", Nodes.ANY_PORT, "certificate", identity,
                "privateKey", identity, "proxy", "http://127.0.0.1:9"));
        Map<String, List<String>> named = harmless(first, third);
        assertTrue(documented().containsAll(named.keySet()), "a value is named for a key that is no more");
        List<Toggle> toggles = toggles(toggled, named).stream()
                .filter(toggle -> which.test(toggle.name())).toList();
        all.forEach(this::watch);

        try (Traffic traffic = new Traffic(all, () -> stage)) {
            Eventually.until("there is traffic", Nodes.SOON, () -> traffic.accepted() > WARM_UP_MESSAGES);
            long begin = System.nanoTime();
            toggles.forEach(toggle -> toggle(toggle, toggled, all));
            long took = System.nanoTime() - begin;
            stage = "the end";
            problems.addAll(traffic.settle());
            System.out.println(toggles.size() + " keys toggled " + ROUNDS + " times each in "
                    + TimeUnit.NANOSECONDS.toMillis(took) + " ms, "
                    + TimeUnit.NANOSECONDS.toMicros(took) / (2 * ROUNDS * toggles.size())
                    + " µs for each change, under " + traffic.accepted() + " messages");
        }
        all.forEach(this::checkScores);
        assertTrue(problems.isEmpty(), () -> problems.size() + " problems:\n" + problems.stream()
                .limit(MOST_PROBLEMS_SHOWN).collect(Collectors.joining("\n")));
        return toggles.stream().map(Toggle::name).toList();
    }

    /** The file of a key and its certificate. */
    private String identity(String name) {
        return nodes.path(name).resolve(Path.of("state", "transport", "identity.pem")).toString();
    }

    /** Second values where none can be derived. */
    private Map<String, List<String>> harmless(IppanNode first, IppanNode third) {
        String others = first.id() + "," + third.id();
        return Map.ofEntries(
                Map.entry("transport:listenAddress", List.of("localhost:0")),
                Map.entry("peers:advertise", List.of("127.0.0.1:9")),
                Map.entry("transport.websocket:listenAddress", List.of("", "localhost:0")),
                Map.entry("transport.websocket:path", List.of("/another/path")),
                // The same by another name, so that certificate and key fit at any time.
                Map.entry("transport.websocket:certificate", List.of(identity("third/../toggled"))),
                Map.entry("transport.websocket:privateKey", List.of(identity("third/../toggled"))),
                Map.entry("transport.websocket:trustedProxies", List.of("127.0.0.1/32", "10.0.0.0/8,fc00::/7")),
                Map.entry("transport.websocket:outerTrust", List.of("system", identity("first"))),
                Map.entry("transport.websocket:proxy", List.of("", "http://proxy.example.org:3128")),
                Map.entry("transport.websocket:proxyUser", List.of("toggled")),
                Map.entry("transport.websocket:proxyPassword", List.of("the-password-of-the-proxy")),
                Map.entry("transport.websocket:noProxy", List.of("", "10.0.0.0/8,example.org")),
                Map.entry("transport:ioThreads", List.of("1", "3")),
                Map.entry("transport:socketBufferBytes", List.of("65536", "0")),
                Map.entry("transport:inboundMessagesPerSecond", List.of("2000", "5000")),
                Map.entry("transport:inboundBytesPerSecond", List.of("2097152", "33554432")),
                Map.entry("transport:outboundBytesPerSecond", List.of("2097152", "33554432")),
                Map.entry("transport:outboundBurstBytes", List.of("16384")),
                Map.entry("transport:peerOutboundBytesPerSecond", List.of("2097152", "33554432")),
                Map.entry("health:degradedThreshold", List.of("1", "2")),
                Map.entry("dedup:capacity", List.of("500000", "2000000")),
                Map.entry("gossip:cacheBytes", List.of("16777216")),
                // The others do not sign: require would refuse what they publish, which is what it is for.
                Map.entry("gossip:signatures", List.of("sign")),
                Map.entry("gossip:publishDelayMillis", List.of("50", "1000")),
                Map.entry("gossip:validationQueueBytes", List.of("1048576")),
                Map.entry("gossip:validatorThreads", List.of("1", "3")),
                Map.entry("peers:agent", List.of("", "toggled/2.0")),
                Map.entry("peers:allow", List.of("", others + "," + STRANGER)),
                // Both others are on the list: who is not would be sent away, which is what the key is for.
                Map.entry("peers:mode", List.of("allowlist")),
                Map.entry("peers:exemptNets", List.of("", "127.0.0.0/8")),
                Map.entry("peers:networkId", List.of("another")),
                Map.entry("peers:networkKey", List.of("a key of 32 characters, no fewer.")),
                Map.entry("peers:seeds", List.of("", Nodes.address(first) + "," + Nodes.address(third))),
                Map.entry("peers.peer:address", List.of("", Nodes.address(third))),
                Map.entry("peers.peer:peerId", List.of(first.id().toString())),
                Map.entry("management:domainNode", List.of("toggled")),
                Map.entry("survey:name", List.of("toggled")),
                Map.entry("web:listenAddress", List.of("localhost:0")),
                Map.entry("web:token", List.of("a-token-of-16-characters-or-more")));
    }

    /** Every key of every service: their own descriptions say which there are. */
    private static List<Toggle> toggles(IppanNode node, Map<String, List<String>> named) {
        List<Toggle> toggles = new ArrayList<>();
        node.findAll(Configurable.class).stream().map(Configurable::settings)
                .forEach(settings -> settings.schema().settings().stream()
                        .filter(key -> !key.key().equals(SECOND_KEY))
                        .forEach(key -> toggles.add(Toggle.of(settings, key, named))));
        return toggles;
    }

    /** {@code bundle:key} of all that operators are told of, but for bundles that the node's jar does not have. */
    private static Set<String> documented() {
        Set<String> names = new TreeSet<>();
        String bundle = "";
        for (String line : Nodes.lines(DOCUMENT)) {
            if (line.startsWith("## " + PREFIX)) {
                bundle = line.substring(("## " + PREFIX).length());
            } else if (line.startsWith("| `") && !line.startsWith("| `" + SECOND_KEY)
                    && !bundle.matches(OPTIONAL)) {
                names.add(bundle + ":" + line.substring("| `".length(), line.indexOf('`', "| `".length())));
            }
        }
        return names;
    }

    private void watch(IppanNode node) {
        String name = node.id().shortForm();
        node.register(NetworkEventListener.class, event -> {
            if (event.type() == EventType.PEER_DOWN || event.type() == EventType.OVERLOAD_STARTED) {
                problems.add(name + " tells of " + event + " during " + stage);
            }
        }, Map.of());
    }

    /** Changes one key to and fro, and checks at once what can be told at once. */
    private void toggle(Toggle toggle, IppanNode node, List<IppanNode> all) {
        stage = toggle.name();
        String listening = Nodes.address(node);
        long handshakes = handshakes(all);
        Set<String> bound = new HashSet<>();
        boolean rebinds = toggle.key().applies() == Applies.REBIND && !LISTENING_APART.contains(toggle.pid());
        for (int round = 0; round < ROUNDS; round++) {
            for (String value : Arrays.asList(toggle.other(round), toggle.back())) {
                node.set(toggle.pid(), toggle.key().key(), value);
                assertTrue(toggle.isInForce(value), () -> stage + " = " + value + " is not in force");
                if (rebinds) {
                    Eventually.until(() -> "it listens again: " + stage, Nodes.SOON,
                            () -> node.listenAddress().isPresent());
                    bound.add(Nodes.address(node));
                }
            }
        }
        if (rebinds && bound.size() < Math.max(2, ROUNDS / 2)) {
            problems.add(stage + " did not rebind the listener each time: " + bound);
        }
        if (!rebinds && !node.listenAddress().map(PeerAddress::toString).equals(Optional.of(listening))) {
            problems.add(stage + " rebound the listener, from " + listening + " to " + node.listenAddress());
        }
        if (handshakes(all) != handshakes) {
            problems.add(handshakes(all) - handshakes + " new links during " + stage);
        }
        Nodes.awaitPeers(node, 2);
    }

    private static long handshakes(List<IppanNode> all) {
        return all.stream().mapToLong(node -> node.peers().snapshot().handshakes()).sum();
    }

    private void checkScores(IppanNode node) {
        ReputationManager reputation = node.service(ReputationManager.class);
        reputation.peers().stream().filter(peer -> reputation.score(peer).value() < 0)
                .forEach(peer -> problems.add(node.id().shortForm() + " gives " + peer.shortForm() + " "
                        + reputation.score(peer)));
    }
}
