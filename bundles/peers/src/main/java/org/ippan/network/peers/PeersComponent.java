// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.PeerId;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.Peer;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeersSnapshot;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the peers, and hands the core the services it works with as they come and go. */
@Component(service = {PeerDirectory.class, PeerAdmin.class, SnapshotSource.class, Configurable.class}, immediate = true,
        configurationPid = PeersConfig.PID, property = SnapshotSource.NAME + "=Peers")
@Designate(ocd = PeersConfig.class)
public final class PeersComponent extends PeerOperations implements Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(PeersComponent.class);

    private final LiveSettings<PeersSettings> settings =
            new LiveSettings<>(PeersSettings.SCHEMA, PeersSettings::of, LOG::error, LOG::warn);
    private final PeersThreads threads = new PeersThreads();
    private final Ranked<ProtocolHandler> handlers = new Ranked<>();
    private final Ranked<ConfiguredPeer> named = new Ranked<>();
    private final PeerCore core;
    private final PeerOperations operations;
    private final ServiceRegistration<NetworkEventListener> bans;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ReputationManager reputation;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile HealthMonitor health;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NetworkMetrics metrics;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<NetworkEventListener> listeners = List.of();

    /** Begins at once; nothing here blocks. */
    @Activate
    public PeersComponent(BundleContext context, PeersConfig config, Map<String, Object> raw) {
        Services services = new Services(() -> reputation, () -> health, () -> metrics, this::tell);
        core = new PeerCore(new PeerContext.Outside(threads.timer(), Ticker.system(), Clock.systemUTC(),
                new SecureRandom(), services, LOG::info,
                StateDirectory.of(context::getProperty, context.getDataFile(""), "peers"), threads::write),
                settings.current());
        operations = new PeerOperations(core);
        bans = context.registerService(NetworkEventListener.class, this::onEvent, null);
        settings.update(raw, core::apply);
        core.start();
        serveOrRefuse();
    }

    @Modified
    void modified(PeersConfig config, Map<String, Object> raw) {
        settings.update(raw, core::apply);
        serveOrRefuse();
    }

    @Deactivate
    void deactivate() {
        bans.unregister();
        threads.stop(core.stop());
    }

    private void serveOrRefuse() {
        core.serve(settings.failedClosed() ? settings.lastConfigError().orElse("") : "");
    }

    private void tell(NetworkEvent event) {
        for (NetworkEventListener listener : listeners) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException e) {
                LOG.warn("{} threw on {}", listener.getClass().getName(), event.type(), e);
            }
        }
    }

    private void onEvent(NetworkEvent event) {
        if (event.type() == EventType.PEER_BANNED) {
            event.peer().ifPresent(core::banned);
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addTransport(Transport transport, Map<String, Object> properties) {
        core.addTransport(String.valueOf(properties.get(Transport.SCHEME)), transport);
    }

    void removeTransport(Transport transport, Map<String, Object> properties) {
        core.removeTransport(String.valueOf(properties.get(Transport.SCHEME)), transport);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addHandler(ProtocolHandler handler, Map<String, Object> properties) {
        core.route(Routing.of(handlers.add(handler, properties)));
    }

    void removeHandler(ProtocolHandler handler) {
        core.route(Routing.of(handlers.remove(handler)));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "addPeer")
    void addPeer(ConfiguredPeer peer, Map<String, Object> properties) {
        name(this.named.add(peer, properties));
    }

    void removePeer(ConfiguredPeer peer) {
        name(this.named.remove(peer));
    }

    private void name(List<ConfiguredPeer> peers) {
        core.named(peers.stream().map(ConfiguredPeer::seed).flatMap(Optional::stream).toList());
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
