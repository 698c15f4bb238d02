// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.metrics;

import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core as a service. Immediate: a delayed component would forget its counts with the last user that leaves. */
@Component(immediate = true, service = {NetworkMetrics.class, SnapshotSource.class, Configurable.class},
        configurationPid = MetricsConfig.PID, property = SnapshotSource.NAME + "=Metrics")
@Designate(ocd = MetricsConfig.class)
public final class MetricsComponent extends Metrics implements Configurable {

    static final SettingsSchema SCHEMA = SettingsSchema.of(MetricsConfig.PID, MetricsConfig.class);

    private static final Logger LOG = LoggerFactory.getLogger(MetricsComponent.class);

    private final LiveSettings<MetricsSettings> settings;
    private final ScheduledExecutorService timer;

    /** The annotation in the signature makes SCR add the defaults to what Config Admin delivered. */
    @Activate
    public MetricsComponent(MetricsConfig config, Map<String, Object> raw) {
        this(new LiveSettings<>(SCHEMA, MetricsSettings::of, LOG::error, LOG::warn),
                Executors.newSingleThreadScheduledExecutor(MetricsComponent::timerThread));
        modified(config, raw);
        LOG.info("counting with {}", settings);
    }

    private MetricsComponent(LiveSettings<MetricsSettings> settings, ScheduledExecutorService timer) {
        super(settings.current(), Ticker.system(), timer);
        this.settings = settings;
        this.timer = timer;
    }

    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "ippan-metrics-timer");
        thread.setDaemon(true);
        return thread;
    }

    @Modified
    void modified(MetricsConfig config, Map<String, Object> raw) {
        settings.update(raw, this::apply);
    }

    @Deactivate
    void deactivate() {
        timer.shutdownNow();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
