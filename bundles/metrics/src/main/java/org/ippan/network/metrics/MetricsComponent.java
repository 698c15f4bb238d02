// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.metrics.NetworkMetrics;
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
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core as a service. Immediate: a delayed component would forget its counts with the last user that leaves. */
@Component(service = {}, immediate = true, configurationPid = MetricsConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.metrics.NetworkMetrics'")
@Designate(ocd = MetricsConfig.class)
public final class MetricsComponent implements Configurable {

    static final SettingsSchema SCHEMA = SettingsSchema.of(MetricsConfig.PID, MetricsConfig.class);

    private static final Logger LOG = LoggerFactory.getLogger(MetricsComponent.class);

    private final LiveSettings<MetricsSettings> settings =
            new LiveSettings<>(SCHEMA, MetricsSettings::of, LOG::error, LOG::warn);
    private final ScheduledExecutorService timer = new TimerThreads("ippan-metrics-timer");
    final Metrics core = new Metrics(settings.current(), Ticker.system(), timer);
    private List<ServiceRegistration<?>> registrations = List.of();

    @Activate
    public MetricsComponent(Map<String, Object> raw) {
        modified(raw);
        LOG.info("Metrics started: {}", settings);
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        Hashtable<String, Object> name = new Hashtable<>(Map.of(SnapshotSource.NAME, "Metrics"));
        registrations = List.of(context.registerService(new String[] {
            NetworkMetrics.class.getName(), SnapshotSource.class.getName()
        }, core, name), context.registerService(Configurable.class, this, name));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, core::apply);
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        timer.shutdownNow();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
