// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.dedup;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.dedup.DedupSnapshot;
import org.ippan.network.api.dedup.MessageDeduplicator;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deduplicator as a service. */
@Component(service = {MessageDeduplicator.class, SnapshotSource.class, Configurable.class},
        immediate = true, configurationPid = DedupConfig.PID, property = SnapshotSource.NAME + "=Dedup")
@Designate(ocd = DedupConfig.class)
public final class DedupComponent implements MessageDeduplicator, Configurable {
    private static final Logger LOG = LoggerFactory.getLogger(DedupComponent.class);
    private final LiveSettings<DedupSettings> settings =
            new LiveSettings<>(DedupSettings.SCHEMA, DedupSettings::of, LOG::error, LOG::warn);
    private final ScheduledExecutorService timer = DedupThreads.timer();
    private final Dedup core = new Dedup(settings.current(), Ticker.system(), timer, new SecureRandom(), LOG::warn);

    @Activate
    public DedupComponent(DedupConfig config, Map<String, Object> raw) {
        settings.update(raw, core::apply);
        LOG.info("Deduplication started with {}", settings);
    }

    @Modified
    void modified(DedupConfig config, Map<String, Object> raw) {
        settings.update(raw, core::apply);
        LOG.info("Deduplication runs with {}", settings);
    }

    @Deactivate
    void deactivate() {
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
