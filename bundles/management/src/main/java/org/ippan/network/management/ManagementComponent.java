// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.management;

import java.time.Clock;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Ticker;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.event.NetworkEventListener;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.settings.Configurable;
import org.ippan.network.api.settings.LiveSettings;
import org.ippan.network.api.settings.SettingsAdmin;
import org.ippan.network.api.snapshot.SnapshotSource;
import org.ippan.network.management.bean.SettingsWriter;
import org.ippan.network.management.change.SettingsChanges;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Declarative Services shell of {@link Management}. */
@Component(service = {}, immediate = true, configurationPid = ManagementConfig.PID)
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='org.ippan.network.api.settings.Configurable,"
                + "org.ippan.network.api.settings.SettingsAdmin'")
@Designate(ocd = ManagementConfig.class)
public final class ManagementComponent implements Configurable, CallbackFaultSource {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementComponent.class);

    private static final long LOOK_SECONDS = 2;

    private final LiveSettings<ManagementSettings> settings =
            new LiveSettings<>(ManagementSettings.SCHEMA, ManagementSettings::of, LOG::error, LOG::warn);
    private final ManagementThreads threads = new ManagementThreads();
    private final CallbackFaults faults = new CallbackFaults(Ticker.system(), LOG::warn);
    private final Management management;
    private final SettingsChanges changes = new SettingsChanges(Clock.systemUTC(), threads.timer);
    private final ComponentWatch components = new ComponentWatch(Ticker.system(), LOG::error);
    /** Registered by hand: as a service of this component it would need the bundles that need it. */
    private final ServiceRegistration<NetworkEventListener> events;
    private ServiceRegistration<?> registration;
    private ServiceRegistration<?> changing;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Map.Entry<Map<String, Object>, ServiceComponentRuntime> runtime;

    @Activate
    public ManagementComponent(BundleContext context, Map<String, Object> raw) {
        settings.update(raw, first -> { });
        management = new Management(Management.Place.ofJvm(settings.current().domainNode(),
                context.getProperty("org.osgi.framework.uuid"), context.getBundle().getVersion().toString(), LOG::warn),
                new Management.Time(Ticker.system(), Clock.systemUTC(), threads.timer), settings.current(),
                new Notifier(threads.events, new EventPoster(context)::post, faults), DoctorCall.in(context));
        events = context.registerService(NetworkEventListener.class, management::tell, null);
    }

    /** By hand: as properties of the service, keys of a configuration could keep the container from registering it. */
    @Activate
    void publish(BundleContext context) {
        registration = context.registerService(new String[] {
            Configurable.class.getName(), CallbackFaultSource.class.getName()
        }, this, new Hashtable<>(Map.of(SnapshotSource.NAME, "Management")));
        changing = context.registerService(SettingsAdmin.class, changes, null);
        threads.timer.scheduleWithFixedDelay(this::lookAtComponents, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private void lookAtComponents() {
        Map.Entry<Map<String, Object>, ServiceComponentRuntime> present = runtime;
        if (present != null) {
            components.look(present.getValue(), present.getKey().get(Constants.SERVICE_CHANGECOUNT));
        }
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw, management::apply);
    }

    @Deactivate
    void deactivate() {
        changing.unregister();
        changes.close();
        registration.unregister();
        events.unregister();
        management.close();
        threads.stop();
        faults.stop();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
            updated = "bindSource")
    void bindSource(SnapshotSource source, Map<String, Object> properties) {
        management.bind(source, properties);
    }

    void unbindSource(SnapshotSource source, Map<String, Object> properties) {
        management.unbind(source, properties);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindConfigurable(Configurable configurable, Map<String, Object> properties) {
        management.bind(NodeServices.name(properties).orElse(null), configurable);
        changes.bind(configurable.settings());
    }

    void unbindConfigurable(Configurable configurable, Map<String, Object> properties) {
        management.unbind(NodeServices.name(properties).orElse(null), configurable);
        changes.unbind(configurable.settings());
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindConfigAdmin(ConfigurationAdmin admin) {
        SettingsWriter writer = new SettingsWriter(admin);
        management.writer(Optional.of(writer));
        changes.writer(Optional.of(writer));
    }

    void unbindConfigAdmin(ConfigurationAdmin admin) {
        management.writer(Optional.empty());
        changes.writer(Optional.empty());
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
