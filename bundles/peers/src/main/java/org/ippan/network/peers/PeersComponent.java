// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.Ranked;
import org.ippan.network.api.callback.Said;
import org.ippan.network.api.chaos.FrameFault;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.EventType;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerAdmin;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.peers.PeerListener;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.peers.context.Handlers;
import org.ippan.network.peers.context.PeerContext;
import org.ippan.network.peers.context.Routing;
import org.ippan.network.peers.context.Services;
import org.ippan.network.peers.context.Transports;
import org.ippan.network.peers.core.PeerCore;
import org.ippan.network.peers.core.PeerOperations;
import org.ippan.network.peers.exchange.Advertisers.Registered;
import org.ippan.network.peers.settings.ConfiguredPeer;
import org.ippan.network.peers.settings.ExposedSettings;
import org.ippan.network.peers.settings.PeersConfig;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the peers, and hands the core the services it works with as they come and go. */
@Component(service = {}, immediate = true, configurationPid = PeersConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.peers.PeerDirectory'")
@Designate(ocd = PeersConfig.class)
public final class PeersComponent implements Configurable, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(PeersComponent.class);

    private final ExposedSettings settings = new ExposedSettings(LOG::error, LOG::warn);
    private final PeersThreads threads = new PeersThreads();
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    /** The core logs what it decides itself. */
    private final EventListeners listeners = new EventListeners(text -> { }, faults, threads.callbacks());
    /** By the id of their service: one object may be registered twice. */
    private final Map<Object, Membership> told = new ConcurrentHashMap<>();
    private final Handlers handlers = new Handlers(faults, this::route);
    private final Ranked<ConfiguredPeer> named = new Ranked<>();
    private final Ranked<Registered> advertisers = new Ranked<>();
    private final Ranked<FrameFault> frameFaults = new Ranked<>();
    private final PeerCore core;
    private final PeerOperations operations;
    /** Registered by hand: as a service of this component it would need the bundles that need it. */
    private final ServiceRegistration<NetworkEventListener> bans;
    private List<ServiceRegistration<?>> registrations = List.of();

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile ReputationManager reputation;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile HealthMonitor health;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile NetworkMetrics metrics;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile PayloadCodecs codecs;

    /** Begins at once; nothing here blocks. */
    @Activate
    public PeersComponent(BundleContext context, @Reference KeptPeersComponent kept, Map<String, Object> raw) {
        Services services = new Services(() -> reputation, () -> health, () -> metrics, () -> codecs, listeners);
        core = new PeerCore(new PeerContext.Outside(threads.timer(), Ticker.system(), Clock.systemUTC(),
                new SecureRandom(), services, LOG::info, LOG::warn, faults, threads.callbacks(),
                StateDirectory.of(context::getProperty, context.getDataFile(""), "peers"), threads::write),
                settings.live().current());
        operations = new PeerOperations(core, kept);
        bans = context.registerService(NetworkEventListener.class, this::onEvent, null);
        settings.update(raw, core::apply);
        core.start();
        serveOrRefuse();
        LOG.info("Peers started: {}", settings.live());
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        Hashtable<String, Object> name = new Hashtable<>(Map.of(SnapshotSource.NAME, "Peers"));
        registrations = List.of(context.registerService(new String[] {
            PeerDirectory.class.getName(), PeerAdmin.class.getName(), SnapshotSource.class.getName()
        }, operations, name), context.registerService(new String[] {
            Configurable.class.getName(), CallbackFaultSource.class.getName()
        }, this, name));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, core::apply);
        serveOrRefuse();
        LOG.info("Peers configured: {}", settings.live());
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        bans.unregister();
        threads.stop(core.stop());
        faults.stop();
    }

    private void serveOrRefuse() {
        core.serve(settings.live().failedClosed() ? settings.live().lastConfigError().orElse("") : "");
    }

    private void onEvent(NetworkEvent event) {
        if (event.type() == EventType.PEER_BANNED) {
            event.peer().ifPresent(core::banned);
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "updateTransport")
    void addTransport(Transport transport, Map<String, Object> properties) {
        updateTransport(transport, properties);
    }

    void updateTransport(Transport transport, Map<String, Object> properties) {
        if (settings.listens(transport, properties, core::apply)) {
            serveOrRefuse();
        }
        core.addTransport(Transports.schemes(properties.get(Transport.SCHEME)), transport);
    }

    void removeTransport(Transport transport, Map<String, Object> properties) {
        settings.gone(transport, core::apply);
        core.removeTransport(transport);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addHandler")
    void addHandler(ProtocolHandler handler, Map<String, Object> properties) {
        handlers.put(handler, properties);
    }

    void removeHandler(ProtocolHandler handler, Map<String, Object> properties) {
        handlers.remove(handler, properties);
    }

    private void route(Routing routing) {
        core.route(routing);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addPeer")
    void addPeer(ConfiguredPeer peer, Map<String, Object> properties) {
        named.put(Ranked.id(peer, properties), peer, properties, core::named);
    }

    void removePeer(ConfiguredPeer peer, Map<String, Object> properties) {
        named.remove(Ranked.id(peer, properties), core::named);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addDiscovery")
    void addDiscovery(PeerDiscovery discovery, Map<String, Object> properties) {
        Object id = Ranked.id(discovery, properties);
        faults.misspelt(new Subject(CallbackKind.DISCOVERY, discovery.getClass().getName(), "", id), properties);
        core.addDiscovery(id, Said.text(properties.getOrDefault(PeerDiscovery.NAME,
                discovery.getClass().getName())), discovery);
    }

    void removeDiscovery(PeerDiscovery discovery, Map<String, Object> properties) {
        core.removeDiscovery(Ranked.id(discovery, properties));
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addAdvertiser")
    void addAdvertiser(AddressAdvertiser advertiser, Map<String, Object> properties) {
        Registered registered = new Registered(Ranked.id(advertiser, properties), advertiser);
        faults.misspelt(registered.subject(), properties);
        advertisers.put(registered.id(), registered, properties, core::advertisers);
    }

    void removeAdvertiser(AddressAdvertiser advertiser, Map<String, Object> properties) {
        advertisers.remove(Ranked.id(advertiser, properties), core::advertisers);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addFault")
    void addFault(FrameFault fault, Map<String, Object> properties) {
        frameFaults.put(Ranked.id(fault, properties), fault, properties, core::faults);
    }

    void removeFault(FrameFault fault, Map<String, Object> properties) {
        frameFaults.remove(Ranked.id(fault, properties), core::faults);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addListener(NetworkEventListener listener) {
        listeners.add(listener);
    }

    void removeListener(NetworkEventListener listener) {
        listeners.remove(listener);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addPeerListener(PeerListener listener, Map<String, Object> properties) {
        Membership membership = new Membership(listener, operations);
        told.put(Ranked.id(listener, properties), membership);
        membership.begin(listeners);
    }

    void removePeerListener(PeerListener listener, Map<String, Object> properties) {
        listeners.remove(told.remove(Ranked.id(listener, properties)));
    }

    @Override
    public List<CallbackFault> callbackFaults() {
        return faults.callbackFaults();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings.live();
    }
}
