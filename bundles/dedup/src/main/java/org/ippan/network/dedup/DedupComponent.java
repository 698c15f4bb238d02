// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
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
public final class DedupComponent implements MessageDeduplicator, Configurable {
    private static final Logger LOG = LoggerFactory.getLogger(DedupComponent.class);
    private final LiveSettings<DedupSettings> settings =
            new LiveSettings<>(DedupSettings.SCHEMA, DedupSettings::of, LOG::error, LOG::warn);
    private final ScheduledExecutorService timer = DedupThreads.timer();
    private final Dedup core = new Dedup(settings.current(), Ticker.system(), timer, new SecureRandom(), LOG::warn);
    private ServiceRegistration<?> registration;

    @Activate
    public DedupComponent(Map<String, Object> raw) {
        settings.update(raw, core::apply);
        LOG.info("Deduplication started with {}", settings);
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        registration = context.registerService(new String[] {
            MessageDeduplicator.class.getName(), SnapshotSource.class.getName(), Configurable.class.getName()
        }, this, new Hashtable<>(Map.of(SnapshotSource.NAME, "Dedup")));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, core::apply);
        LOG.info("Deduplication runs with {}", settings);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        core.close();
        timer.shutdownNow();
    }

    @Override
    public boolean checkAndMark(long word0, long word1, long word2, long word3) {
        return core.checkAndMark(word0, word1, word2, word3);
    }

    @Override
    public int checkAndMarkAll(long[] ids, int count, boolean[] fresh) {
        return core.checkAndMarkAll(ids, count, fresh);
    }

    @Override
    public boolean hasSeen(long word0, long word1, long word2, long word3) {
        return core.hasSeen(word0, word1, word2, word3);
    }

    @Override
    public int size() {
        return core.size();
    }

    @Override
    public void clear() {
        core.clear();
    }

    @Override
    public DedupSnapshot snapshot() {
        return core.snapshot();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
