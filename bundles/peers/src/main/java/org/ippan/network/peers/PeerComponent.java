// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.settings.ConfiguredPeer;
import org.ippan.network.peers.settings.PeerConfig;
import org.ippan.network.peers.settings.PeerSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer with a configuration of its own. Its properties change with it: so the main component hears of it. */
@Component(service = {ConfiguredPeer.class, Configurable.class}, configurationPid = PeerConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PeerConfig.class, factory = true)
public final class PeerComponent implements ConfiguredPeer, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerComponent.class);

    private final LiveSettings<PeerSettings> settings =
            new LiveSettings<>(PeerSettings.SCHEMA, PeerSettings::of, LOG::error, LOG::warn);
    private final String alias;

    /** Reads the configuration. */
    @Activate
    public PeerComponent(PeerConfig config, Map<String, Object> raw) {
        String pid = String.valueOf(raw.get("service.pid"));
        this.alias = pid.substring(pid.indexOf('~') + 1);
        settings.update(raw, parsed -> { });
    }

    @Modified
    void modified(PeerConfig config, Map<String, Object> raw) {
        settings.update(raw, parsed -> { });
    }

    @Override
    public Optional<Seed> seed() {
        return settings.current().seed(alias);
    }

    @Override
    public LiveSettings<PeerSettings> settings() {
        return settings;
    }
}
