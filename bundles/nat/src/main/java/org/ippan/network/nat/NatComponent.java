// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat;

import java.net.InetAddress;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.address.AddressAdvertiser;
import org.ippan.network.api.nat.Nat;
import org.ippan.network.api.nat.NatSnapshot;
import org.ippan.network.api.peers.PeerDirectory;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.nat.gateway.Routes;
import org.ippan.network.nat.keeper.Keeper;
import org.ippan.network.nat.keeper.Listeners;
import org.ippan.network.nat.keeper.Protocols;
import org.ippan.network.nat.settings.NatConfig;
import org.ippan.network.nat.settings.NatSettings;
import org.ippan.network.nat.udp.Pcp;
import org.ippan.network.nat.upnp.Upnp;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Declarative Services shell of {@link Keeper}. */
@Component(service = {}, immediate = true, configurationPid = NatConfig.PID)
@Designate(ocd = NatConfig.class)
public final class NatComponent implements Nat, AddressAdvertiser, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(NatComponent.class);

    private final LiveSettings<NatSettings> settings =
            new LiveSettings<>(NatSettings.SCHEMA, NatSettings::of, LOG::error, LOG::warn);
    private final NatThreads threads = new NatThreads();
    private final Keeper keeper;
    private ServiceRegistration<?> registration;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY, target = "(ippan.scheme=tcp)")
    private volatile Transport transport;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile PeerDirectory peers;

    @Activate
    public NatComponent(BundleContext context) {
        byte[] nonce = Nonce.of(StateDirectory.of(context::getProperty, context.getDataFile(""), "nat"),
                () -> NatThreads.random(Pcp.NONCE_LENGTH), LOG::warn);
        keeper = new Keeper(new Protocols(new Routes(Routes.LINUX), Protocols.PORT, Upnp.group(), nonce, threads.watch,
                Ticker.system()), new Listeners(this::listening), this::observed, threads.timer, Ticker.system(),
                LOG::info);
    }

    /** After the references are there. By hand: a key of a configuration could keep a service from registration. */
    @Activate
    void activate(BundleContext context, Map<String, Object> raw) {
        modified(raw);
        registration = context.registerService(new String[] {Nat.class.getName(), AddressAdvertiser.class.getName(),
            SnapshotSource.class.getName(), Configurable.class.getName()}, this,
                new Hashtable<>(Map.of(SnapshotSource.NAME, "Nat")));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, changed -> { });
        keeper.apply(settings.failedClosed() ? settings.current().off() : settings.current());
        LOG.info("Mapping at the router configured: {}", settings);
    }

    @Deactivate
    void deactivate() {
        registration.unregister();
        threads.stop(keeper.stop());
    }

    private List<PeerAddress> listening() {
        return Optional.ofNullable(transport).map(Transport::listenAddresses).orElse(List.of());
    }

    private List<InetAddress> observed() {
        return Optional.ofNullable(peers).map(PeerDirectory::observedAddresses).orElse(List.of());
    }

    @Override
    public void renew() {
        keeper.renew();
    }

    @Override
    public List<PeerAddress> addresses() {
        return keeper.addresses();
    }

    @Override
    public NatSnapshot snapshot() {
        return keeper.snapshot();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
