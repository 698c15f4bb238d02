// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.health;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackThreads;
import org.ippan.network.api.event.EventListeners;
import org.ippan.network.api.event.LogBudget;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.health.HealthMonitor;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.SnapshotSource;
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

/** The core as a service. Immediate: a delayed component would forget its peers with the last user that leaves. */
@Component(service = {}, immediate = true, configurationPid = HealthConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.health.HealthMonitor'")
@Designate(ocd = HealthConfig.class)
public final class HealthComponent implements Configurable, CallbackFaultSource {

    static final SettingsSchema SCHEMA = SettingsSchema.of(HealthConfig.PID, HealthConfig.class);

    private static final Logger LOG = LoggerFactory.getLogger(HealthComponent.class);
    private static final int MAX_CALLBACKS = 16;

    private final LiveSettings<HealthSettings> settings =
            new LiveSettings<>(SCHEMA, HealthSettings::of, LOG::error, LOG::warn);
    private final ScheduledExecutorService timer = new TimerThreads("ippan-health-timer");
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final CallbackThreads threads = new CallbackThreads("ippan-health-events", MAX_CALLBACKS);
    private final EventListeners events = new EventListeners(
            new LogBudget(Ticker.system(), LogBudget.HEALTH, LOG::info), faults, threads);
    final Health core = new Health(settings.current(), Ticker.system(), timer, events);
    private List<ServiceRegistration<?>> registrations = List.of();

    @Activate
    public HealthComponent(Map<String, Object> raw) {
        modified(raw);
        LOG.info("Health monitoring started: {}", settings);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(NetworkEventListener listener) {
        events.add(listener);
    }

    void unbindListener(NetworkEventListener listener) {
        events.remove(listener);
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        Hashtable<String, Object> name = new Hashtable<>(Map.of(SnapshotSource.NAME, "Health"));
        registrations = List.of(context.registerService(new String[] {
            HealthMonitor.class.getName(), SnapshotSource.class.getName()
        }, core, name), context.registerService(new String[] {
            Configurable.class.getName(), CallbackFaultSource.class.getName()
        }, this, name));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, core::apply);
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        timer.shutdownNow();
        threads.stop();
        faults.stop();
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
