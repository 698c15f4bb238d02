// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.peers;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsReading;
import org.ippan.network.peers.address.Seed;
import org.ippan.network.peers.settings.ConfiguredPeer;
import org.ippan.network.peers.settings.PeerConfig;
import org.ippan.network.peers.settings.PeerSettings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer with a configuration of its own. A property of the service counts its changes, for the main component. */
@Component(service = {}, immediate = true, configurationPid = PeerConfig.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PeerConfig.class, factory = true)
public final class PeerComponent implements ConfiguredPeer, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerComponent.class);
    private static final String GENERATION = "ippan.generation";

    private final LiveSettings<PeerSettings> settings;
    private final String alias;
    private ServiceRegistration<?> registration;

    /** Reads the configuration. */
    @Activate
    public PeerComponent(Map<String, Object> raw) {
        String pid = String.valueOf(raw.get(Constants.SERVICE_PID));
        this.alias = pid.substring(pid.indexOf('~') + 1);
        this.settings = new LiveSettings<>(PeerSettings.SCHEMA.of(pid), PeerSettings::of, LOG::error, LOG::warn);
        settings.update(raw, parsed -> { });
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        registration = context.registerService(new String[] {
            ConfiguredPeer.class.getName(), Configurable.class.getName()
        }, this, properties());
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, parsed -> { });
        registration.setProperties(properties());
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
    }

    private Dictionary<String, Object> properties() {
        return new Hashtable<>(Map.of(Constants.SERVICE_PID, settings.schema().pid(), GENERATION,
                settings.generation()));
    }

    /** None while its id is refused and no other one is known: any peer at its address would be taken for it. */
    @Override
    public Optional<Seed> seed() {
        SettingsReading reading = settings.reading();
        boolean unknown = !reading.everGood() && reading.errors().stream().anyMatch(error ->
                error.concerns(PeerSettings.PEER_ID));
        return unknown ? Optional.empty() : settings.current().seed(alias);
    }

    @Override
    public LiveSettings<PeerSettings> settings() {
        return settings;
    }
}
