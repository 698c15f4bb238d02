// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.codec.PayloadCodec;
import org.ippan.network.api.codec.PayloadCodecs;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.api.state.StateDirectory;
import org.ippan.network.transport.endpoint.Names;
import org.ippan.network.transport.identity.IdentityFile;
import org.ippan.network.transport.io.IoThreads;
import org.ippan.network.transport.io.OperatorLog;
import org.ippan.network.transport.settings.TransportConfig;
import org.ippan.network.transport.settings.TransportSettings;
import org.ippan.network.transport.websocket.WebSocketSettings;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the transport and the codecs. */
@Component(service = {}, immediate = true, configurationPid = TransportConfig.PID)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>="
        + "'org.ippan.network.api.transport.Transport,org.ippan.network.transport.TransportComponent'")
@Designate(ocd = TransportConfig.class)
public final class TransportComponent implements Configurable, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);

    private final LiveSettings<TransportSettings> settings =
            new LiveSettings<>(TransportSettings.SCHEMA, TransportSettings::of, LOG::error, LOG::warn);
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final String identityFailure;
    final NettyTransport core;
    private final Reach reach;
    private List<ServiceRegistration<?>> registrations = List.of();

    @Activate
    public TransportComponent(BundleContext context, Map<String, Object> raw) {
        StateDirectory state = StateDirectory.of(context::getProperty, context.getDataFile(""), "transport");
        IdentityFile.Loaded loaded = new IdentityFile(state).load();
        state.tellExposed(LOG::warn);
        loaded.warning().ifPresent(LOG::warn);
        loaded.failure().ifPresent(LOG::error);
        identityFailure = loaded.failure().orElse("");
        settings.update(raw, first -> { });
        reach = new Reach(settings.current());
        IoThreads io = new IoThreads(settings.current().ioThreads());
        core = new NettyTransport(io, Names.ofSystem(io.blocking()), loaded.identity(), settings.current(),
                Ticker.system(), new OperatorLog(Ticker.system(), LOG::warn, LOG::info), faults);
        refuseOrServe();
        LOG.info("This node is {}", loaded.identity().id());
        LOG.info("Transport started: {}", settings);
    }

    /** By hand, as keys of a configuration would be properties; last for the bundle itself, as that changes them. */
    @Activate
    void publish(BundleContext context) {
        ServiceRegistration<?> codecs = context.registerService(PayloadCodecs.class, core.codecs(), null);
        ServiceRegistration<?> transport = context.registerService(Reach.NAMES, core, reach.properties());
        reach.tell(transport::setProperties);
        registrations = List.of(transport, codecs, context.registerService(new String[] {
            Configurable.class.getName(), CallbackFaultSource.class.getName()
        }, this, new Hashtable<>(Map.of(SnapshotSource.NAME, "Transport"))),
                context.registerService(TransportComponent.class, this, null));
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, changed -> reach.change(changed, () -> core.apply(changed)));
        refuseOrServe();
        LOG.info("Transport configured: {}", settings);
    }

    void apply(WebSocketSettings changed) {
        reach.change(changed, () -> core.apply(changed));
    }

    @Deactivate
    void deactivate() {
        reach.tell(properties -> { });
        registrations.forEach(ServiceRegistration::unregister);
        core.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "addCodec")
    void addCodec(PayloadCodec codec, Map<String, Object> properties) {
        core.codecs().put(codec, properties);
    }

    void removeCodec(PayloadCodec codec, Map<String, Object> properties) {
        core.codecs().remove(codec, properties);
    }

    private void refuseOrServe() {
        core.refuse(settings.failedClosed() ? settings.lastConfigError().orElse("") : identityFailure);
    }

    @Override
    public List<CallbackFault> callbackFaults() {
        return faults.callbackFaults();
    }

    @Override
    public LiveSettings<?> settings() {
        return settings;
    }
}
