// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingValues;
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

/** The deduplicator as a service. */
@Component(service = {}, immediate = true, configurationPid = DedupConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.dedup.MessageDeduplicator'")
@Designate(ocd = DedupConfig.class)
public final class DedupComponent implements Configurable {
    private static final Logger LOG = LoggerFactory.getLogger(DedupComponent.class);
    private final LiveSettings<DedupSettings> settings =
            new LiveSettings<>(DedupSettings.SCHEMA, DedupComponent::settings, LOG::error, LOG::warn);
    private final ScheduledExecutorService timer = new TimerThreads("ippan-dedup-timer");
    final Dedup core = new Dedup(settings.current(), Ticker.system(), timer, new SecureRandom(), LOG::warn);
    private List<ServiceRegistration<?>> registrations = List.of();

    private static DedupSettings settings(SettingValues values) {
        return DedupSettings.of(values, Runtime.getRuntime().maxMemory());
    }

    @Activate
    public DedupComponent(Map<String, Object> raw) {
        settings.update(raw, core::apply);
        LOG.info("Deduplication started: {}", settings);
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        Hashtable<String, Object> name = new Hashtable<>(Map.of(SnapshotSource.NAME, "Dedup"));
        registrations = List.of(context.registerService(new String[] {
            MessageDeduplicator.class.getName(), SnapshotSource.class.getName()
        }, core, name), context.registerService(Configurable.class, this, name));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, core::apply);
        LOG.info("Deduplication configured: {}", settings);
    }

    @Deactivate
    void deactivate() {
        registrations.forEach(ServiceRegistration::unregister);
        core.close();
        timer.shutdownNow();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
