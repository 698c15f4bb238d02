// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.doctor.Verdict;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.operator.Orders;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.management.bean.BeanNames;
import org.ippan.network.management.bean.BeanRegistry;
import org.ippan.network.management.bean.GenericBean;
import org.ippan.network.management.bean.SettingsAttributes;
import org.ippan.network.management.bean.SettingsWriter;
import org.ippan.network.management.bean.SnapshotAttributes;

/**
 * The beans of one node: one for each bundle that tells or is configured, built anew when one of its services comes or
 * goes, one for the node, one for each peer. Safe for any thread.
 */
final class Management {

    /** How often peers' beans are refreshed, and changes of configurations are noticed. */
    private static final long REFRESH_MILLIS = 1000;

    private final BeanRegistry registry;
    private final BeanNames names;
    private final NodeServices services = new NodeServices();
    private final Operations operations;
    private final Ticker ticker;
    private final Clock clock;
    private final String version;
    private final long startNanos;
    private final NodeBean node;
    private final Notifier notifier;
    private final DoctorCall doctor;
    private final PeerBeans peerBeans;
    private final Map<ObjectName, Shown> beans = new TreeMap<>();
    /** By PID. */
    private final Map<String, ObjectName> peerSettings = new HashMap<>();
    private final ConfigWatch configWatch;
    private Optional<SettingsWriter> writer = Optional.empty();
    private volatile ManagementSettings settings;

    /** What one bean shows; either may be null. */
    private record Shown(SnapshotSource source, Configurable configurable) implements Supplier<Record> {

        static final Shown NONE = new Shown(null, null);

        @Override
        public Record get() {
            return source == null ? null : NodeServices.read(source);
        }
    }

    /** Where the beans go and what they are called. */
    record Place(BeanRegistry registry, BeanNames names, String version) {

        /**
         * On the JVM's own server.
         *
         * @param node its name, or empty
         * @param framework what tells this framework from others in the JVM
         * @param version of ippan-network
         * @param warn is told of names that others have
         */
        static Place ofJvm(String node, String framework, String version, Consumer<String> warn) {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            return new Place(new BeanRegistry(server, warn), BeanNames.free(server, node, framework), version);
        }
    }

    /** What passes and what runs. */
    record Time(Ticker ticker, Clock clock, ScheduledExecutorService scheduler) {
    }

    Management(Place place, Time time, ManagementSettings settings, Notifier notifier, DoctorCall doctor) {
        this.registry = place.registry();
        this.names = place.names();
        this.version = place.version();
        this.ticker = time.ticker();
        this.clock = time.clock();
        this.settings = settings;
        this.notifier = notifier;
        this.doctor = doctor;
        this.operations = new Operations(services, new Orders(services, ticker), doctor);
        this.startNanos = ticker.nanos();
        this.peerBeans = new PeerBeans(registry, names, this::view);
        this.configWatch = new ConfigWatch(this::tell);
        this.node = new NodeBean(names.of("Node"), this::nodeView, notifier);
        node.with(SnapshotAttributes.of(NodeView.class)).with(operations.of("Node"));
        registry.register(names.of("Node"), node);
        time.scheduler().scheduleWithFixedDelay(this::refresh, REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
    }

    void apply(ManagementSettings changed) {
        settings = changed;
    }

    /**
     * A service that tells came.
     *
     * @param name of its bean
     * @param source tells
     */
    synchronized void bind(String name, SnapshotSource source) {
        services.bind(name, source);
        showSource(name);
    }

    /** A registration that tells came, or has other properties. */
    synchronized void bind(SnapshotSource source, Map<String, ?> properties) {
        unbind(source, properties);
        services.bind(source, properties);
        NodeServices.name(properties).ifPresent(this::showSource);
    }

    /** A registration that tells went. */
    synchronized void unbind(SnapshotSource source, Map<String, ?> properties) {
        services.unbind(source, properties).ifPresent(this::showSource);
    }

    private void showSource(String name) {
        ObjectName bean = names.of(name);
        show(bean, new Shown(services.shown(name).orElse(null), shown(bean).configurable()));
    }

    /**
     * A configured service came.
     *
     * @param name of its bean; null for one of several peers, whose bean is named by its configuration
     * @param configurable is configured
     */
    synchronized void bind(String name, Configurable configurable) {
        // From now on every change is news, also one that comes before the first look of the timer.
        configWatch.look(configurable.settings());
        ObjectName bean = bean(name, configurable);
        show(bean, new Shown(shown(bean).source(), configurable));
    }

    /** A service that tells went. */
    synchronized void unbind(String name, SnapshotSource source) {
        services.unbind(name, source);
        showSource(name);
    }

    /** A configured service went. */
    synchronized void unbind(String name, Configurable configurable) {
        ObjectName bean = bean(name, configurable);
        if (shown(bean).configurable() == configurable) {
            show(bean, new Shown(shown(bean).source(), null));
            peerSettings.values().remove(bean);
        }
    }

    private Shown shown(ObjectName bean) {
        return beans.getOrDefault(bean, Shown.NONE);
    }

    private ObjectName bean(String name, Configurable configurable) {
        String pid = configurable.settings().schema().pid();
        return name != null ? names.of(name) : peerSettings.computeIfAbsent(pid, any -> names.of("PeerSettings",
                pid.substring(pid.indexOf('~') + 1), peerSettings::containsValue));
    }

    synchronized void writer(Optional<SettingsWriter> changed) {
        writer = changed;
        beans.keySet().forEach(this::rebuild);
    }

    /** Sends a decision to everyone who listens. */
    void tell(NetworkEvent event) {
        node.send(event, clock.millis());
        notifier.mirror(event, settings.eventAdmin());
    }

    /** Takes all beans away; services that go afterwards bring none back. */
    synchronized void close() {
        registry.close();
    }

    private void show(ObjectName bean, Shown shown) {
        if (shown.equals(Shown.NONE)) {
            beans.remove(bean);
            registry.unregister(bean);
        } else {
            beans.put(bean, shown);
            rebuild(bean);
        }
    }

    private void rebuild(ObjectName name) {
        Shown shown = beans.get(name);
        String type = name.getKeyProperty("type");
        GenericBean bean = new GenericBean("Counters, settings and operations of " + type + ".", shown);
        if (shown.source() != null) {
            bean.with(SnapshotAttributes.of(shown.source()));
        }
        if (shown.configurable() != null) {
            bean.with(new SettingsAttributes(shown.configurable().settings(), writer));
        }
        registry.register(name, bean.with(operations.of(type)));
    }

    private synchronized void refresh() {
        configured().forEach(configWatch::look);
        peerBeans.refresh(services.find(PeerDirectory.class).map(PeerDirectory::peers).orElseGet(List::of),
                settings.maxPeerMBeans());
    }

    private PeerView view(Peer peer) {
        return PeerView.of(peer, peer.id().flatMap(id -> services.find(ReputationManager.class)
                .flatMap(reputation -> reputation.stats(id))), peer.id().flatMap(id ->
                services.find(HealthMonitor.class).flatMap(health -> health.stats(id))), clock.instant());
    }

    private NodeView nodeView() {
        Optional<PeersSnapshot> peers = services.find(PeerDirectory.class).map(PeerDirectory::snapshot);
        String absent = NodeServices.OF_A_NODE.stream().filter(type -> services.find(type).isEmpty())
                .map(Class::getSimpleName).collect(Collectors.joining(", "));
        String bound = services.find(Transport.class).flatMap(Transport::listenAddress).map(Object::toString)
                .orElse("");
        int connected = peers.map(PeersSnapshot::connected).orElse(0);
        Verdict health = doctor.verdict(type -> services.find(type).isPresent());
        return new NodeView(
                services.find(PeerDirectory.class).flatMap(PeerDirectory::localId).map(PeerId::toString).orElse(""),
                version, health.word(), health.text(), bound, refused(peers), connected,
                (ticker.nanos() - startNanos) / 1e9, absent, configErrors(), notifier.dropped());
    }

    private static String refused(Optional<PeersSnapshot> peers) {
        return peers.map(PeersSnapshot::refusal).orElse("");
    }

    private synchronized String configErrors() {
        return configured().map(LiveSettings::lastConfigError).flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private Stream<LiveSettings<?>> configured() {
        return beans.values().stream().map(Shown::configurable).filter(Objects::nonNull).map(Configurable::settings);
    }
}
