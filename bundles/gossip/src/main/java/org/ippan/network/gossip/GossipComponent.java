// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.gossip;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.LogBudget;
import org.ippan.network.api.event.NetworkEvent;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.gossip.Gossip;
import org.ippan.network.api.gossip.GossipListener;
import org.ippan.network.api.gossip.MessageValidator;
import org.ippan.network.api.gossip.ReservedGossip;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.peers.ProtocolHandler;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.trace.MessageTracer;
import org.ippan.network.gossip.settings.GossipConfig;
import org.ippan.network.gossip.settings.GossipSettings;
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

/**
 * Gossip as a service. The deduplicator and the reputation service are needed, and yet optional in the sense of
 * Declarative Services: updating one of them must not cost the cache and the listeners' queues.
 */
@Component(service = {}, immediate = true, configurationPid = GossipConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.gossip.Gossip'")
@Designate(ocd = GossipConfig.class)
public final class GossipComponent implements Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(GossipComponent.class);

    private final LiveSettings<GossipSettings> settings =
            new LiveSettings<>(GossipSettings.SCHEMA, GossipSettings::of, LOG::error, LOG::warn);
    private final GossipThreads threads = new GossipThreads(
            failure -> LOG.error("The relay failed; it goes on", failure));
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final EventListeners observers = new EventListeners(
            new LogBudget(Ticker.system(), LogBudget.GOSSIP, LOG::info), faults, threads.publishers());
    private final GossipCore core;
    private final GossipService service;
    /** The handler is registered by hand: as a service of this component it would need the peers who need it. */
    private final HandlerGate gate;
    private List<ServiceRegistration<?>> registrations = List.of();

    @Activate
    public GossipComponent(BundleContext context, @Reference PeerDirectory peers, Map<String, Object> raw) {
        core = new GossipCore(threads.environment(faults), settings.current(), peers::networkTag,
                (type, text) -> observers.accept(NetworkEvent.of(type, text)));
        core.context.services.identity = peers::identity;
        service = new GossipService(core);
        gate = new HandlerGate(() -> core.context.services.dedup != null,
                () -> context.registerService(ProtocolHandler.class, service, null)::unregister);
        configure(raw);
        LOG.info("Gossip started: {}", settings);
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        Hashtable<String, Object> name = new Hashtable<>(Map.of(SnapshotSource.NAME, "Gossip"));
        registrations = List.of(context.registerService(new String[] {
            Gossip.class.getName(), ReservedGossip.class.getName(), MessageTracer.class.getName(),
            SnapshotSource.class.getName(), CallbackFaultSource.class.getName()
        }, service, name), context.registerService(Configurable.class, this, name));
        gate.bound();
    }

    private void configure(Map<String, Object> raw) {
        settings.update(raw, core::apply);
        boolean serves = !settings.failedClosed();
        core.takers.ends().serve(serves);
        gate.serve(serves);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        configure(raw);
        LOG.info("Gossip configured: {}", settings);
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        core.stop();
        // A listener may be at many messages in turn: from this look on it is seen whether it returns from one.
        faults.callbackFaults();
        // Links pull until all is sent; only then this handler is asked for nothing any more.
        Remainder remainder = core.remainder();
        threads.drain(remainder::isDelivered, remainder::isSent);
        remainder.left().ifPresent(LOG::warn);
        remainder.blame();
        gate.close();
        threads.stop(core::close);
        LOG.info("Gossip stopped");
    }

    @Override
    public LiveSettings<GossipSettings> settings() {
        return settings;
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setDeduplicator(MessageDeduplicator dedup) {
        core.deduplicator(dedup);
        gate.deduplicatorCame();
    }

    void unsetDeduplicator(MessageDeduplicator dedup) {
        if (core.context.services.dedup == dedup) {
            core.deduplicator(null);
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setReputation(ReputationManager reputation) {
        core.reputation(reputation);
    }

    void unsetReputation(ReputationManager reputation) {
        if (core.context.services.reputation == reputation) {
            core.reputation(null);
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setMetrics(NetworkMetrics metrics) {
        core.context.services.metrics = metrics;
    }

    void unsetMetrics(NetworkMetrics metrics) {
        if (core.context.services.metrics == metrics) {
            core.context.services.metrics = NetworkMetrics.NOOP;
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setCodecs(PayloadCodecs codecs) {
        core.context.services.codecs = codecs;
    }

    void unsetCodecs(PayloadCodecs codecs) {
        if (core.context.services.codecs == codecs) {
            core.context.services.codecs = PayloadCodecs.NONE;
        }
    }

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    void setHealth(HealthMonitor health) {
        core.context.services.health = health;
    }

    void unsetHealth(HealthMonitor health) {
        if (core.context.services.health == health) {
            core.context.services.health = null;
        }
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addListener")
    void addListener(GossipListener listener, Map<String, Object> properties) {
        core.subscriptions.listener(listener, properties);
    }

    void removeListener(GossipListener listener, Map<String, Object> properties) {
        core.subscriptions.removeListener(listener, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC, updated = "addValidator")
    void addValidator(MessageValidator validator, Map<String, Object> properties) {
        core.subscriptions.validator(validator, properties);
    }

    void removeValidator(MessageValidator validator, Map<String, Object> properties) {
        core.subscriptions.removeValidator(validator, properties);
    }

    @Reference(cardinality = MULTIPLE, policy = DYNAMIC)
    void addObserver(NetworkEventListener observer) {
        observers.add(observer);
    }

    void removeObserver(NetworkEventListener observer) {
        observers.remove(observer);
    }
}
