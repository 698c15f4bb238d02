// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.management.bean.SettingsWriter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
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

/** The Declarative Services shell of {@link Management}. */
@Component(service = {Configurable.class, CallbackFaultSource.class}, immediate = true,
        configurationPid = ManagementConfig.PID)
@Designate(ocd = ManagementConfig.class)
public final class ManagementComponent implements Configurable, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementComponent.class);

    private final LiveSettings<ManagementSettings> settings =
            new LiveSettings<>(ManagementSettings.SCHEMA, ManagementSettings::of, LOG::error, LOG::warn);
    private final ManagementThreads threads = new ManagementThreads();
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final Management management;
    /** Registered by hand: as a service of this component it would need the bundles that need it. */
    private final ServiceRegistration<NetworkEventListener> events;

    @Activate
    public ManagementComponent(BundleContext context, ManagementConfig config, Map<String, Object> raw) {
        settings.update(raw, first -> { });
        management = new Management(Management.Place.ofJvm(settings.current().domainNode(),
                context.getProperty("org.osgi.framework.uuid"), context.getBundle().getVersion().toString(), LOG::warn),
                new Management.Time(Ticker.system(), Clock.systemUTC(), threads.timer), settings.current(),
                new Notifier(threads.events, new EventPoster(context)::post, faults), DoctorCall.in(context));
        management.bind("Management", null, this);
        events = context.registerService(NetworkEventListener.class, management::tell, null);
    }

    @Modified
    void modified(ManagementConfig config, Map<String, Object> raw) {
        settings.update(raw, management::apply);
    }

    @Deactivate
    void deactivate() {
        events.unregister();
        management.close();
        threads.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        management.bind((String) properties.get(SnapshotSource.NAME), source,
                source instanceof Configurable both ? both : null);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        management.unbind((String) properties.get(SnapshotSource.NAME), source);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindConfigAdmin(ConfigurationAdmin admin) {
        management.writer(Optional.of(new SettingsWriter(admin)));
    }

    void unbindConfigAdmin(ConfigurationAdmin admin) {
        management.writer(Optional.empty());
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
