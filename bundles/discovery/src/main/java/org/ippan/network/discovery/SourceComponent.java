// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery;

import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.discovery.DiscoverySnapshot;
import org.ippan.network.api.peers.PeerDiscovery;
import org.ippan.network.api.peers.PeerDiscovery.Found;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingValues;
import org.ippan.network.api.settings.SettingsSchema;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.discovery.search.RefusalCounts;
import org.ippan.network.discovery.search.Searcher;
import org.ippan.network.discovery.search.Source;
import org.ippan.network.discovery.settings.SourceSettings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the components of all sources have in common: settings, search, threads, and the services they publish. */
abstract class SourceComponent<S extends SourceSettings>
        implements PeerDiscovery, SnapshotSource, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceComponent.class);

    final DiscoveryThreads threads;
    final RefusalCounts tally = new RefusalCounts();
    private final String name;
    private final LiveSettings<S> settings;
    private final Searcher searcher;
    private S searched;
    private boolean searches;
    private ServiceRegistration<?> registration;

    SourceComponent(String name, SettingsSchema schema, Function<SettingValues, S> factory) {
        this.name = name;
        threads = new DiscoveryThreads(name);
        settings = new LiveSettings<>(schema, factory, LOG::error, LOG::warn);
        searcher = new Searcher(name, tally, threads.timer, Ticker.system(), LOG::warn, LOG::info);
    }

    /** The source these settings want. */
    abstract Source source(S wanted);

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void activate(BundleContext context, Map<String, Object> raw) {
        modified(raw);
        registration = context.registerService(new String[] {PeerDiscovery.class.getName(),
            SnapshotSource.class.getName(), Configurable.class.getName()}, this,
                new Hashtable<>(Map.of(SnapshotSource.NAME, "Discovery." + name, PeerDiscovery.NAME, name)));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, taken -> { });
        S wanted = settings.current();
        boolean enabled = wanted.enabled() && !settings.failedClosed();
        if (!wanted.equals(searched) || enabled != searches) {
            searched = wanted;
            searches = enabled;
            searcher.search(enabled ? source(wanted) : Source.NONE, wanted.rules());
        }
        LOG.info("Discovery {} configured: {}", name, settings);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        searcher.close();
        threads.stop();
    }

    @Override
    public Search discover(Found found) {
        return searcher.discover(found);
    }

    @Override
    public DiscoverySnapshot snapshot() {
        return searcher.snapshot();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
