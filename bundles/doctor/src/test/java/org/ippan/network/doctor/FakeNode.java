// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.doctor.Doctor;
import org.ippan.network.api.doctor.Finding;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipSnapshot;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.health.HealthPolicy;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.reputation.ReputationSnapshot;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.Setting;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;
import org.ippan.network.doctor.checks.Probes;
import org.ippan.network.doctor.look.Services;
import org.ippan.network.doctor.look.Stored;
import org.ippan.network.doctor.look.Told;
import org.ippan.network.testkit.ManualScheduler;
import org.ippan.network.testkit.Records;

/** A node in good health, of which a test makes something ill. Its doctor asks it over real services' interfaces. */
final class FakeNode {

    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    final ManualScheduler time = new ManualScheduler();
    final Map<String, Object> dedup = new HashMap<>(Map.of("capacity", 1_000_000, "windowSeconds", 300L));
    final Map<String, Object> reputation = new HashMap<>();
    final Map<String, Object> transport = new HashMap<>(Map.of("boundAddress", "0.0.0.0:9700", "tls", true,
            "connections", 3));
    final Map<String, Object> peersTold = new HashMap<>(Map.of("connected", 3, "configured", 1));
    final Map<String, Object> gossip = new HashMap<>();
    final Map<String, Object> health = new HashMap<>(Map.of("unhealthyPeers", List.of(), "stats", Optional.empty(),
            "policy", HealthPolicy.DEFAULT));
    final Map<String, Object> reputationAnswers = new HashMap<>(Map.of("stats", Optional.empty(),
            "peers", List.of()));
    final List<Peer> peers = new ArrayList<>();
    List<InetAddress> observed = List.of();
    final List<SnapshotSource> sources = new ArrayList<>();
    final List<CallbackFault> callbackFaults = new ArrayList<>();
    final List<CallbackFaultSource> callbackSources = new ArrayList<>(
            List.<CallbackFaultSource>of(() -> List.copyOf(callbackFaults)));
    final List<String> log = new ArrayList<>();
    private final CallbackFaults faults = new CallbackFaults(() -> 0, (line, trace) -> log.add(line));
    final List<String> absent = new ArrayList<>();
    /** Services that are there and throw when they are asked for their snapshot. */
    final List<String> mute = new ArrayList<>();
    final Map<String, String> unreachable = new HashMap<>();
    final Map<String, Map<String, Object>> stored = new HashMap<>();
    final Map<String, LiveSettings<?>> settings = new HashMap<>();
    /** What only the node's user should read. */
    List<Path> secretPlaces = List.of();
    Path identity = Path.of("target", "test-classes", "identity.pem");
    MBeanServer jvm = ManagementFactory.getPlatformMBeanServer();
    private final ExecutorService executor = Executors.newCachedThreadPool();

    /** The keys the doctor looks at, with their defaults. */
    @interface ReputationConfig {
        @Setting(text = "Warned at this score.", unit = "points", min = "-999", max = "-1")
        int warnThreshold() default -100;

        @Setting(text = "Points of decay.", unit = "points", min = "0", max = "1000")
        int decayPoints() default 10;

        @Setting(text = "Time between decays.", unit = "seconds", min = "1", max = "86400")
        int decayIntervalSeconds() default 600;
    }

    @interface DedupConfig {
        @Setting(text = "Ids remembered.", unit = "ids", min = "1", max = "100000000")
        int capacity() default 1_000_000;

        @Setting(text = "For how long.", unit = "seconds", min = "1", max = "86400")
        int windowSeconds() default 300;
    }

    @interface GossipConfig {
        @Setting(text = "How long messages travel.", unit = "seconds", min = "1", max = "86400")
        int maxAgeSeconds() default 240;

        @Setting(text = "Peers wanted.", unit = "peers", min = "1", max = "100")
        int minPeers() default 1;
    }

    @interface PeersConfig {
        @Setting(text = "Secret of the network.", secret = true)
        String networkKey() default "";

        @Setting(text = "Who may connect.", failClosed = true, min = "0", max = "9")
        int mode() default 0;
    }

    FakeNode() {
        configurable("reputation", ReputationConfig.class);
        configurable("dedup", DedupConfig.class);
        configurable("gossip", GossipConfig.class);
        configurable("peers", PeersConfig.class);
    }

    private void configurable(String part, Class<? extends Annotation> config) {
        String pid = Services.PREFIX + part;
        settings.put(pid, new LiveSettings<>(SettingsSchema.of(pid, config), values -> values, error -> { },
                warning -> { }));
        settings.get(pid).update(Map.of(), accepted -> { });
    }

    /** The keys that decide who may join. */
    @interface MembershipConfig {
        @Setting(text = "Secret of the network.", secret = true)
        String networkKey() default "";

        @Setting(text = "Second secret of the network.", secret = true)
        String secondNetworkKey() default "";

        @Setting(text = "Who may connect.")
        String mode() default "open";

        @Setting(text = "Name of the network.")
        String networkId() default "default";
    }

    @interface AdvertiseConfig {
        @Setting(text = "Addresses told.")
        String[] advertise() default {};
    }

    @interface WebSocketConfig {
        @Setting(text = "Whether it is used.")
        boolean enabled() default false;

        @Setting(text = "Networks of proxies.")
        String[] trustedProxies() default {};
    }

    void webSocket(boolean enabled, String trustedProxies) {
        configurable("transport.websocket", WebSocketConfig.class);
        configure("transport.websocket", Map.of("enabled", enabled, "trustedProxies", trustedProxies));
    }

    @interface SignaturesConfig {
        @Setting(text = "Whether messages are signed.", failClosed = true)
        boolean signatures() default false;
    }

    /** Whether messages are signed, instead of the other keys of gossip. */
    void signatures(String value) {
        configurable("gossip", SignaturesConfig.class);
        configure("gossip", Map.of("signatures", value));
    }

    /** What peers are told, instead of the other keys of peers. */
    void advertises(String addresses) {
        configurable("peers", AdvertiseConfig.class);
        configure("peers", Map.of("advertise", addresses));
    }

    /** Who may join, instead of the other keys of peers. */
    void membership(String mode, String key, String name) {
        configurable("peers", MembershipConfig.class);
        configure("peers", key.isEmpty() ? Map.of("mode", mode, "networkId", name)
                : Map.of("mode", mode, "networkKey", key, "networkId", name));
    }

    /** What Config Admin stores for a bundle, and hands to it. */
    void configure(String part, Map<String, Object> properties) {
        stored.put(Services.PREFIX + part, properties);
        settings.get(Services.PREFIX + part).update(properties, accepted -> { });
    }

    Doctor doctor() {
        Probes probes = new Probes(executor, this::reach);
        return new DoctorCore(this::services, new DoctorCore.Surroundings(probes, probes, () -> identity,
                () -> secretPlaces, jvm), Clock.fixed(NOW, ZoneOffset.UTC), time, time);
    }

    /** Lets so much time pass that the doctor has looked at the counters twice. */
    void wait15s() {
        time.advance(Duration.ofSeconds(15));
    }

    private void reach(PeerAddress address) throws IOException {
        String error = unreachable.get(address.toString());
        if (error != null) {
            throw new IOException(error);
        }
    }

    private Services services() {
        reputationAnswers.put("snapshot", Records.of(ReputationSnapshot.class, reputation));
        return new Services(
                of("dedup", MessageDeduplicator.class, Map.of("snapshot", Records.of(DedupSnapshot.class, dedup))),
                of("reputation", ReputationManager.class, reputationAnswers),
                of("metrics", NetworkMetrics.class, Map.of()), of("health", HealthMonitor.class, health),
                of("transport", Transport.class, Map.of("authenticated", transport.get("tls"),
                        "snapshot", Records.of(TransportSnapshot.class, transport))),
                of("peers", PeerDirectory.class, Map.of("peers", List.copyOf(peers), "observedAddresses", observed,
                        "localId", Optional.empty(),
                        "snapshot", Records.of(PeersSnapshot.class, peersTold))),
                of("gossip", Gossip.class, Map.of("snapshot", Records.of(GossipSnapshot.class, gossip))),
                settings.entrySet().stream()
                        .map(one -> new NodeServices.Configured(one.getKey(), one.getValue())).toList(),
                kept(), Stream.concat(callbackSources.stream(),
                        Stream.of(faults)).toList(), List.copyOf(sources), new Told(faults));
    }

    private Stored kept() {
        return new Stored() {
            @Override
            public Map<String, Object> of(String pid) {
                return stored.getOrDefault(pid, Map.of());
            }

            @Override
            public List<String> pids() {
                return List.copyOf(stored.keySet());
            }
        };
    }

    private <S> S of(String name, Class<S> type, Map<String, ?> answers) {
        Map<String, Object> said = new HashMap<>(answers);
        said.keySet().removeIf(answer -> answer.equals("snapshot") && mute.contains(name));
        return absent.contains(name) ? null : Records.service(type, said);
    }

    /** The findings of one check, as an operator reads them. */
    static List<String> of(String check, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.check().equals(check))
                .map(finding -> finding.severity() + " " + finding.text()
                        + (finding.advice().isEmpty() ? "" : " " + finding.advice())).toList();
    }
}
