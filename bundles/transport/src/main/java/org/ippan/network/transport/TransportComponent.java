// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.metrics.NetworkMetrics;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.api.transport.ConnectionAcceptor;
import org.ippan.network.api.transport.ConnectionHandler;
import org.ippan.network.api.transport.NodeIdentity;
import org.ippan.network.api.transport.Transport;
import org.ippan.network.api.transport.TransportSnapshot;
import org.osgi.framework.BundleContext;
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

/** Publishes the transport. */
@Component(service = {Transport.class, SnapshotSource.class, Configurable.class}, immediate = true,
        configurationPid = TransportConfig.PID,
        property = {SnapshotSource.NAME + "=Transport", Transport.SCHEME + "=" + PeerAddress.TCP})
@Designate(ocd = TransportConfig.class)
public final class TransportComponent implements Transport, Configurable {

    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);

    private final LiveSettings<TransportSettings> settings =
            new LiveSettings<>(TransportSettings.SCHEMA, TransportSettings::of, LOG::error, LOG::warn);
    private final String identityFailure;
    private final NettyTransport core;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile NetworkMetrics metrics;

    @Activate
    public TransportComponent(BundleContext context, TransportConfig config, Map<String, Object> raw) {
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
        IdentityFile.Loaded loaded = new IdentityFile(
                StateDirectory.of(context::getProperty, context.getDataFile(""), "transport")).load();
        loaded.warning().ifPresent(LOG::warn);
        loaded.failure().ifPresent(LOG::error);
        identityFailure = loaded.failure().orElse("");
        settings.update(raw, first -> { });
        core = new NettyTransport(new IoThreads(settings.current().ioThreads()), loaded.identity(), settings.current(),
                Ticker.system(), new NettyTransport.Outside(this::metrics, LOG::warn));
        refuseOrServe();
        LOG.info("This node is {}", loaded.identity().id());
    }

    @Modified
    void modified(TransportConfig config, Map<String, Object> raw) {
        settings.update(raw, core::apply);
        refuseOrServe();
    }

    @Deactivate
    void deactivate() {
        core.stop();
    }

    private void refuseOrServe() {
        core.refuse(settings.failedClosed() ? settings.lastConfigError().orElse("") : identityFailure);
    }

    private NetworkMetrics metrics() {
        NetworkMetrics service = metrics;
        return service == null ? NetworkMetrics.NOOP : service;
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }

    @Override
    public NodeIdentity identity() {
        return core.identity();
    }

    @Override
    public Optional<PeerAddress> listenAddress() {
        return core.listenAddress();
    }

    @Override
    public boolean authenticated() {
        return core.authenticated();
    }

    @Override
    public Listening listen(ConnectionAcceptor acceptor) {
        return core.listen(acceptor);
    }

    @Override
    public void connect(PeerAddress address, ConnectionHandler handler) {
        core.connect(address, handler);
    }

    @Override
    public TransportSnapshot snapshot() {
        return core.snapshot();
    }
}
