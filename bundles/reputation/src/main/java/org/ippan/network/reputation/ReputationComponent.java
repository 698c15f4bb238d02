// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackThreads;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.LogBudget;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.reputation.ReputationAdmin;
import org.ippan.network.api.reputation.ReputationManager;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reputation as services. Scores are read before anyone can ask: the file is bounded, so that this takes no time. */
@Component(service = {}, immediate = true, configurationPid = ReputationConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.reputation.ReputationManager'")
@Designate(ocd = ReputationConfig.class)
public final class ReputationComponent implements Configurable, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(ReputationComponent.class);
    private static final int MAX_CALLBACKS = 16;

    private final LiveSettings<ReputationSettings> settings =
            new LiveSettings<>(ReputationSettings.SCHEMA, ReputationSettings::of, LOG::error, LOG::warn);
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final CallbackThreads threads = new CallbackThreads("ippan-reputation-events", MAX_CALLBACKS);
    private final EventListeners events = new EventListeners(
            new LogBudget(Ticker.system(), LogBudget.REPUTATION, LOG::info), faults, threads);
    final Reputation core;
    private List<ServiceRegistration<?>> registrations = List.of();

    @Activate
    public ReputationComponent(Map<String, Object> raw, BundleContext context) {
        core = new Reputation(new World(Ticker.system(), Clock.systemUTC(), new TimerThreads("ippan-reputation-timer"),
                new SecureRandom(), StateDirectory.of(context::getProperty, context.getDataFile(""), "reputation"),
                new World.Outlets(events, LOG::warn, new OwnIdComponent(context)::is)), settings.current());
        settings.update(raw, core::apply);
        core.start();
        LOG.info("Reputation started: {}; {} peers known", settings, core.peerCount());
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        Hashtable<String, Object> name = new Hashtable<>(Map.of(SnapshotSource.NAME, "Reputation"));
        registrations = List.of(context.registerService(new String[] {
            ReputationManager.class.getName(), ReputationAdmin.class.getName(), SnapshotSource.class.getName()
        }, core, name), context.registerService(new String[] {
            Configurable.class.getName(), CallbackFaultSource.class.getName()
        }, this, name));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        if (settings.update(raw, core::apply)) {
            LOG.info("Reputation configured: {}", settings);
        }
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        core.stop();
        threads.stop();
        faults.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(NetworkEventListener listener) {
        events.add(listener);
    }

    void removeListener(NetworkEventListener listener) {
        events.remove(listener);
    }

    @Override
    public List<CallbackFault> callbackFaults() {
        return faults.callbackFaults();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
